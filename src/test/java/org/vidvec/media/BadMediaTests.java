package org.vidvec.media;

import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.MediaFiles.Bad;

public class BadMediaTests extends ESTestCase {
    private final MediaBackend backend = new FfmpegBackend(MediaFiles.natives());

    public void testAll() throws Exception {
        for (Bad bad : MediaFiles.all().bad()) {
            String r;
            long t0 = System.nanoTime();
            try {
                Clip c =
                        backend.read(
                                MediaFiles.source("bad/" + bad.file()),
                                new Sampling.Uniform(8),
                                MediaLimits.DEFAULT);
                r =
                        c.frames().size()
                                + " frames "
                                + c.frames().stream().map(f -> f.timeSeconds()).toList()
                                + c.info();
            } catch (MediaException e) {
                r = e.reason() + " " + e.getMessage() + " cause " + e.getCause();
            }
            logger.info(
                    "BAD {} {} {} ms -> {}",
                    bad.file(),
                    bad.expect(),
                    (System.nanoTime() - t0) / 1000000,
                    r);
        }
        for (MediaFiles.Image im : MediaFiles.all().images()) {
            String r;
            try {
                Clip c =
                        backend.read(
                                MediaFiles.source(im.file()),
                                new Sampling.Uniform(8),
                                MediaLimits.DEFAULT);
                double[] m = MediaFiles.meanRgb(c.frames().get(0));
                double w = 0;
                for (int i = 0; i < 3; i++)
                    w = Math.max(w, Math.abs(m[i] - im.reference().meanRgb()[i]));
                r = w + " " + c.info() + " want " + im.width() + "x" + im.height();
            } catch (MediaException e) {
                r = e.reason() + " " + e.getMessage();
            }
            logger.info("IMG {} {} {}", im.file(), im.mode(), r);
        }
    }
}
