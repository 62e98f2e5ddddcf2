package org.vidvec.media;

import org.elasticsearch.test.ESTestCase;

/**
 * HDR against FFmpeg 5.1: {@code ffmpeg -i rooftop-hdr10.mp4 -vf
 * "select='eq(n,0)+eq(n,126)',zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,format=yuv444p"
 * -pix_fmt rgb24 %d.png}, mean of each colour.
 */
public class ToneMapTests extends ESTestCase {

    private static final double LEVELS = 1;

    private static final double[] FIRST = {139.44, 134.96, 141.85};
    private static final double[] LAST = {133.04, 134.29, 144.34};

    public void testPqAsFfmpegDoesIt() throws Exception {
        Clip clip =
                new FfmpegBackend(MediaFiles.natives())
                        .read(
                                MediaFiles.source("video/rooftop-hdr10.mp4"),
                                new Sampling.Uniform(2),
                                MediaLimits.DEFAULT);
        assertArrayEquals(FIRST, clip.frames().get(0).meanRgb(), LEVELS);
        assertArrayEquals(LAST, clip.frames().get(1).meanRgb(), LEVELS);
    }
}
