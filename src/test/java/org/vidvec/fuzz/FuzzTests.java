package org.vidvec.fuzz;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.MediaFiles;

/**
 * Inputs come again from seed and number; the worker counts them; its watcher notices its death.
 */
public class FuzzTests extends ESTestCase {

    private static final long SEED = 7;

    public void testSameSeedAndNumberGiveTheSameInput() throws Exception {
        Path folder = folder();
        Mutator one = new Mutator(SEED, Corpus.of(folder, MediaFiles.natives()));
        Mutator other = new Mutator(SEED, Corpus.of(folder, MediaFiles.natives()));
        TreeSet<Integer> different = new TreeSet<>();
        for (int number = 0; number < 200; number++) {
            byte[] bytes = one.input(number).bytes();
            assertArrayEquals("input " + number, bytes, other.input(number).bytes());
            different.add(Arrays.hashCode(bytes));
        }
        assertTrue(different.size() + "", different.size() > 190);
    }

    public void testAnExcerptIsAVideoOfItsOwn() throws Exception {
        Corpus corpus = Corpus.of(folder(), MediaFiles.natives());
        List<String> names = corpus.excerpts().stream().map(Corpus.Item::name).toList();
        assertEquals(List.of("counting.mp4", "cut.mp4", "tractor.webm"), names);
        for (Corpus.Item item : corpus.excerpts()) {
            // what is no video is taken whole up to 256 kB
            int most = item.name().equals("cut.mp4") ? 256 << 10 : 100_000;
            assertTrue(item.name(), item.bytes().length <= most);
        }
    }

    public void testEveryInputIsCounted() throws Exception {
        StringWriter lines = new StringWriter();
        Path marker = createTempFile();
        new FuzzWorker(folder(), MediaFiles.natives(), SEED, new PrintWriter(lines, true))
                .run(10, 60, marker);
        FuzzTally tally = FuzzTally.parse(lines.toString().strip());
        assertEquals(50, tally.inputs());
        assertTrue(tally.outcomes() + "", tally.outcomes().size() > 1);
        assertNull("a Java exception", tally.outcomes().get("decoder"));
        assertEquals(59, ByteBuffer.wrap(Files.readAllBytes(marker)).getLong());
    }

    /** Signal 6 is what a failed assertion or a damaged heap sends, after two inputs each. */
    public void testDeadWorkerIsNoticedAndItsInputSaved() throws Exception {
        Path save = createTempDir();
        // $1 from, $2 to, $3 the file with the number
        String dies =
                "n=$(($1 + 2)); [ $n -lt $2 ] || exit 0;"
                        + " printf \"\\\\0\\\\0\\\\0\\\\0\\\\0\\\\0\\\\0\\\\$(printf %o $n)\" > $3; kill -6 $$";
        FuzzRun.Job job =
                new FuzzRun.Job(
                        folder(), MediaFiles.natives(), SEED, 8, Duration.ofMinutes(5), save);
        FuzzReport report =
                new FuzzRun(job, List.of("/bin/bash", "-c", dies, "worker"), r -> {}).run();
        assertFalse(report.clean());
        assertEquals(List.of(), report.hangs());
        assertEquals(
                List.of("2", "5"),
                report.crashes().stream()
                        .map(f -> f.getFileName().toString().split("-")[2])
                        .toList());
        byte[] saved = Files.readAllBytes(report.crashes().get(1));
        Mutator mutator = new Mutator(SEED, Corpus.of(job.folder(), job.natives()));
        assertArrayEquals(mutator.input(5).bytes(), saved);
    }

    private static Path folder() throws Exception {
        Path folder = createTempDir();
        Files.write(folder.resolve("counting.mp4"), MediaFiles.bytes("video/counting.mp4"));
        Files.write(folder.resolve("tractor.webm"), MediaFiles.bytes("video/tractor.webm"));
        Files.write(folder.resolve("cut.mp4"), MediaFiles.bytes("bad/no-moov.mp4"));
        return folder;
    }
}
