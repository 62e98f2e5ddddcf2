package org.vidvec.samples;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import java.awt.image.BufferedImage;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.datasets.DatasetException;
import org.vidvec.model.Content;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.world.FrameSize;
import org.vidvec.world.Source;
import org.vidvec.world.Style;

/**
 * Batches of files, read ahead or not: the same samples, and the same bad ones at the same time.
 */
public class BatchesTests extends ESTestCase {

    private Path folder;

    @Override
    public void setUp() throws Exception {
        super.setUp();
        folder = createTempDir();
    }

    private Path picture(int number) {
        return folder.resolve(number + ".png");
    }

    /** Pictures with a text each; those of some numbers, from 1, are none. */
    private LinePairs pictures(int count, boolean skips, Integer... broken) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            lines.add("{\"text\": \"picture " + i + "\", \"image\": \"" + i + ".png\"}");
            if (Arrays.asList(broken).contains(i)) {
                Files.writeString(picture(i), "no picture");
                continue;
            }
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i % 8, i / 8, 0xffffff);
            try (OutputStream out = Files.newOutputStream(picture(i))) {
                ImageIO.write(image, "png", out);
            }
        }
        Path file = Files.write(folder.resolve("pairs.jsonl"), lines);
        PairSource.Side text = PairSource.Side.text("text");
        PairSource.Side image = new PairSource.Side("image", PairSource.Kind.IMAGE, "", null);
        PairSource source = new PairSource(file, text, image, "", 1, null, 0, 1, false, skips);
        return new LinePairs(source, (any, query) -> "", NativeLibraries.fromSystemProperty());
    }

    private static GeneratedPairs generated(int samples, double weight) {
        FrameSize size = new FrameSize(32, 32);
        return new GeneratedPairs(
                new GeneratedSource(
                        Source.IMAGE,
                        GeneratedSource.Take.CAPTIONS,
                        Style.SHORT,
                        1,
                        samples,
                        1,
                        size,
                        0,
                        true,
                        null,
                        null,
                        weight));
    }

    private static Batches<EmbedPair> batches(
            List<Supply<EmbedPair>> sources, int size, ReadAhead ahead) {
        return new Batches<>(sources, size, 2, 7, ahead);
    }

    /** All that is in a batch: texts, pixels, where they are from and what was replaced. */
    private static String described(Batches.Batch<EmbedPair> batch) {
        StringBuilder all = new StringBuilder();
        for (EmbedPair pair : batch.samples()) {
            for (Content part :
                    List.of(pair.query().parts().get(0), pair.target().parts().get(0))) {
                all.append(
                        part instanceof Content.Image image
                                ? " " + Arrays.hashCode(image.frame().rgb())
                                : " " + part);
            }
        }
        return all.append(batch.ids()).append(batch.replaced()).toString();
    }

    private static List<String> next(Batches<EmbedPair> batches, int count) throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(described(batches.next()));
        }
        return all;
    }

    public void testTheSameBatchesReadAheadOrNot() throws Exception {
        List<Supply<EmbedPair>> sources =
                List.of(pictures(9, true, 3, 4), generated(Supply.ENDLESS, 1));
        List<String> wanted = next(batches(sources, 4, ReadAhead.NONE), 8);
        assertThat(wanted, hasItem(containsString("sample [3] of [" + folder)));
        assertThat(wanted, hasItem(containsString("sample [4] of [" + folder)));
        assertThat("another one each time", wanted.subList(1, 8), not(hasItem(wanted.get(0))));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            for (int samples : new int[] {1, 3, 4, 21}) {
                ReadAhead ahead = new ReadAhead(samples, threads);
                assertEquals(wanted, next(batches(sources, 4, ahead), 8));
                // and where a run goes on
                Batches<EmbedPair> later = batches(sources, 4, ahead);
                later.skip(3);
                assertEquals(wanted.subList(3, 8), next(later, 5));
            }
        } finally {
            terminate(threads);
        }
    }

    /** So many samples and no more: the files may go when they were read. */
    public void testSoManyAreReadBeforeTheyAreAskedFor() throws Exception {
        List<Supply<EmbedPair>> sources = List.of(pictures(8, false));
        List<String> wanted = next(batches(sources, 2, ReadAhead.NONE), 4);
        Batches<EmbedPair> batches = batches(sources, 2, new ReadAhead(4, Runnable::run));
        assertEquals(wanted.subList(0, 1), next(batches, 1));
        for (int i = 1; i <= 8; i++) {
            Files.delete(picture(i));
        }
        assertEquals(wanted.subList(1, 3), next(batches, 2));
        DatasetException e = expectThrows(DatasetException.class, batches::next);
        assertThat(e.getMessage(), containsString(".png]: "));
    }

    public void testABadOneEndsTheRunWhereItIsNeeded() throws Exception {
        List<Supply<EmbedPair>> sources = List.of(pictures(12, false, 5));
        Batches<EmbedPair> plain = batches(sources, 2, ReadAhead.NONE);
        Batches<EmbedPair> ahead = batches(sources, 2, new ReadAhead(12, Runnable::run));
        String fault = null;
        for (int good = 0; fault == null; good++) {
            assertTrue("an epoch has it", good < 6);
            try {
                assertEquals(described(plain.next()), described(ahead.next()));
            } catch (DatasetException e) {
                fault = e.getMessage();
            }
        }
        assertThat(fault, containsString("sample [5] of [" + folder));
        assertThat(fault, containsString("5.png]: "));
        DatasetException e = expectThrows(DatasetException.class, ahead::next);
        assertEquals(fault, e.getMessage());
    }

    /** A source of two samples, which now and then is to fill a batch of four. */
    public void testABatchThatCanNotBeDrawn() throws Exception {
        List<Supply<EmbedPair>> sources = List.of(generated(2, 1), generated(1000, 3));
        Batches<EmbedPair> plain = batches(sources, 4, ReadAhead.NONE);
        int good = 0;
        String fault = null;
        while (fault == null) {
            try {
                plain.next();
                good++;
            } catch (IllegalArgumentException e) {
                fault = e.getMessage();
            }
        }
        assertThat(fault, containsString("[batch.size] is more than ["));
        assertTrue("not the first", good > 0);
        Batches<EmbedPair> ahead = batches(sources, 4, new ReadAhead(100, Runnable::run));
        for (int i = 0; i < good; i++) {
            assertEquals(4, ahead.next().samples().size());
        }
        IllegalArgumentException e = expectThrows(IllegalArgumentException.class, ahead::next);
        assertEquals(fault, e.getMessage());
    }
}
