package org.vidvec.train;

import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;

import java.awt.image.BufferedImage;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.lucene.tests.util.RamUsageTester;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.model.TrainableModel;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;
import org.vidvec.samples.Batches;
import org.vidvec.samples.PairSource;

/** What a batch keeps of its media: what the network reads of them, however large the files are. */
public class HeldSamplesTests extends ESTestCase {

    private static final int SIZE = 8;

    /** Of the checkpoint's processor, at most. */
    private static final int PIXELS = 12544;

    private Path pairs(int width, int height) throws Exception {
        Path folder = createTempDir();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i, 0, 0xffffff);
            try (OutputStream out = Files.newOutputStream(folder.resolve(i + ".png"))) {
                ImageIO.write(image, "png", out);
            }
            lines.add("{\"text\": \"picture " + i + "\", \"image\": \"" + i + ".png\"}");
        }
        return Files.write(folder.resolve("pairs.jsonl"), lines);
    }

    private static long held(TrainableModel model, Path pairs) throws Exception {
        PairSource source =
                new PairSource(
                        pairs,
                        new PairSource.Side("text", PairSource.Kind.TEXT, "", null),
                        new PairSource.Side("image", PairSource.Kind.IMAGE, "", null),
                        "",
                        1,
                        null,
                        0,
                        1,
                        false,
                        false);
        TaskSpec.Batch size = new TaskSpec.Batch(SIZE, SIZE, 2, 0, 0);
        Supplies supplies =
                new Supplies(model, NativeLibraries.fromSystemProperty(), size, 1, Runnable::run);
        Batches.Batch<?> batch = supplies.pairs(List.of(source)).next();
        return RamUsageTester.ramUsed(batch.samples());
    }

    public void testAFileOfAnySizeTakesWhatIsReadOfIt() throws Exception {
        try (TrainableModel model =
                TrainableModel.open(
                        NativeLibraries.fromSystemProperty(),
                        Parity.path("qwen2_vl_a/checkpoint"),
                        1)) {
            long small = held(model, pairs(112, 112));
            long large = held(model, pairs(1120, 1120));
            assertThat(small, greaterThan(SIZE * 3L * PIXELS));
            // a byte a colour, and some tokens with their places
            assertThat(small, lessThan(SIZE * 4L * PIXELS));
            assertEquals(small, large, 0.01 * small);
        }
    }
}
