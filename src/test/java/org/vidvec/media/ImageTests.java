package org.vidvec.media;

import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.MediaFiles.Image;

/** Still pictures against Pillow: upright size and mean colour. */
public class ImageTests extends ESTestCase {

    // JPEG decoders round differently; CMYK depends on the converter
    private static final double LEVELS = 1.5;
    private static final double CMYK_LEVELS = 3;

    public void testImages() throws Exception {
        MediaBackend backend = new FfmpegBackend(MediaFiles.natives());
        for (Image image : MediaFiles.all().images()) {
            String name = image.file();
            Clip clip =
                    backend.read(
                            MediaFiles.source(name), new Sampling.Uniform(8), MediaLimits.DEFAULT);
            assertEquals(name, "image", clip.info().kind());
            assertEquals(name, 0, clip.info().durationSeconds(), 0);
            assertEquals(name, image.width(), clip.info().width());
            assertEquals(name, image.height(), clip.info().height());
            assertEquals(name, 1, clip.frames().size());
            assertArrayEquals(
                    name,
                    image.reference().meanRgb(),
                    clip.frames().get(0).meanRgb(),
                    image.mode().equals("CMYK") ? CMYK_LEVELS : LEVELS);
        }
    }
}
