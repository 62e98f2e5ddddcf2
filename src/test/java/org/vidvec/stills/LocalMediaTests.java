package org.vidvec.stills;

import static org.hamcrest.Matchers.containsString;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.Clip;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaFiles;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.MediaReader;
import org.vidvec.media.Sampling;
import org.vidvec.media.Window;
import org.vidvec.media.WindowRequest;
import org.vidvec.media.Windows;

/** A folder of pictures is a video of one frame a second. */
public class LocalMediaTests extends ESTestCase {

    private static final int PICTURES = 12;

    private final LocalMedia media = new LocalMedia(new MediaReader(MediaFiles.natives()));

    /** Picture {@code n} is of red 20 n. */
    private static Path video() throws Exception {
        Path folder = createTempDir();
        for (int n = 0; n < PICTURES; n++) {
            picture(folder.resolve("c01_" + n + ".png"), 16, 20 * n);
        }
        Files.writeString(folder.resolve("readme1.txt"), "no picture");
        picture(folder.resolve("cover.png"), 8, 255);
        return folder;
    }

    private static void picture(Path file, int width, int red) throws Exception {
        BufferedImage image = new BufferedImage(width, 10, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * 10; i++) {
            image.setRGB(i % width, i / width, red << 16);
        }
        try (var out = Files.newOutputStream(file)) {
            ImageIO.write(image, "png", out);
        }
    }

    private static List<Integer> reds(Clip clip) {
        return clip.frames().stream().map(f -> f.rgb()[0] & 255).toList();
    }

    public void testFramesComeByTheirNumbers() throws Exception {
        Path folder = video();
        Clip all = media.read(folder, new Sampling.Uniform(PICTURES));
        List<Integer> expected = new ArrayList<>();
        for (int n = 0; n < PICTURES; n++) {
            expected.add(20 * n);
            assertEquals(n, all.frames().get(n).timeSeconds(), 0);
        }
        assertEquals("2 before 10", expected, reds(all));
        MediaInfo info = all.info();
        assertEquals("video", info.kind());
        assertEquals(12, info.durationSeconds(), 0);
        assertEquals(16, info.width());
        assertEquals(10, info.height());
        // numpy.linspace(0, 11, 4) is 0, 3.67, 7.33, 11
        assertEquals(List.of(0, 60, 140, 220), reds(media.read(folder, new Sampling.Uniform(4))));
        assertEquals(
                List.of(0, 40, 80, 120, 160, 200),
                reds(media.read(folder, new Sampling.Fps(0.5, 9))));
        assertEquals(List.of(100), reds(media.read(folder, new Sampling.Timestamps(List.of(5.9)))));
    }

    public void testWindows() throws Exception {
        List<Window> windows = new ArrayList<>();
        WindowRequest request =
                new WindowRequest(new Windows.Sliding(5, 4), new Sampling.Uniform(2), 3);
        assertEquals(12, media.windows(video(), request, windows::add).durationSeconds(), 0);
        assertEquals(3, windows.size());
        assertEquals(List.of(0, 80), reds(windows.get(0)));
        assertEquals(List.of(80, 160), reds(windows.get(1)));
        assertEquals(8, windows.get(2).startSeconds(), 0);
        assertEquals(12, windows.get(2).endSeconds(), 0);
        assertEquals(List.of(160, 220), reds(windows.get(2)));
        WindowRequest fewer =
                new WindowRequest(new Windows.Sliding(5, 4), new Sampling.Uniform(2), 2);
        MediaException e =
                expectThrows(MediaException.class, () -> media.windows(video(), fewer, w -> {}));
        assertThat(e.getMessage(), containsString("gives [3 windows], over the limit of [2]"));
    }

    private static List<Integer> reds(Window window) {
        return window.frames().stream().map(f -> f.rgb()[0] & 255).toList();
    }

    public void testWhatIsRefused() throws Exception {
        Path folder = video();
        picture(folder.resolve("c01_12.png"), 18, 0);
        MediaException sizes =
                expectThrows(
                        MediaException.class, () -> media.read(folder, new Sampling.Uniform(2)));
        assertThat(
                sizes.getMessage(), containsString("[18x10] pixels, others of its folder [16x10]"));
        Path empty = createTempDir();
        MediaException none =
                expectThrows(
                        MediaException.class, () -> media.read(empty, new Sampling.Uniform(2)));
        assertThat(none.getMessage(), containsString("has no pictures whose names end with a"));
    }

    public void testAnotherVersion() throws Exception {
        Path folder = video();
        String before = LocalMedia.version(folder);
        assertEquals(before, LocalMedia.version(folder));
        picture(folder.resolve("c01_99.png"), 16, 0);
        assertNotEquals(before, LocalMedia.version(folder));
    }
}
