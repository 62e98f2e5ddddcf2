package org.vidvec.media;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * What the pictures of one decode take, counted by what was really decoded: the frames that are
 * kept, and the picture at hand in FFmpeg's memory with its copy in RGB. What a decoder keeps for
 * reference comes on top; {@link MediaLimits#maxPixels} bounds it.
 */
final class PictureMemory {

    private final String name;
    private final long maxBytes;
    private final int framesAtOnce;
    private long reserved;
    private int frames;

    /**
     * @param framesAtOnce how many frames are kept at most
     */
    PictureMemory(String name, MediaLimits limits, int framesAtOnce) {
        this.name = name;
        this.maxBytes = limits.maxMemory();
        this.framesAtOnce = Math.max(1, framesAtOnce);
    }

    /** Pixels of each frame so that all that are kept fit into {@link FfmpegBackend#CLIP_BYTES}. */
    long maxPixels() {
        return FfmpegBackend.CLIP_BYTES / 3 / framesAtOnce;
    }

    /**
     * Something else that is kept.
     *
     * @throws MediaException if that is more than allowed
     */
    void reserve(long bytes) throws MediaException {
        reserved += bytes;
        check(reserved);
    }

    /**
     * Before a frame is made.
     *
     * @param decoded what it is made of
     * @param copy bytes of the copy in between
     * @param bytes of the frame
     * @throws MediaException if that is more than allowed
     */
    void spend(AVFrame decoded, long copy, long bytes) throws MediaException {
        frames = Math.min(frames + 1, framesAtOnce);
        check(reserved + bytes(decoded) + copy + frames * bytes);
    }

    /** What a decoded picture takes. */
    static long bytes(AVFrame decoded) {
        long bytes = 0;
        for (int i = 0; i < AVFrame.AV_NUM_DATA_POINTERS; i++) {
            bytes += decoded.buf(i) == null ? 0 : decoded.buf(i).size();
        }
        return bytes;
    }

    private void check(long bytes) throws MediaException {
        if (bytes > maxBytes) {
            throw Refusals.overLimit(
                    "decoding [" + name + "] takes [" + bytes + "] bytes of memory, which is more",
                    maxBytes + "",
                    "vidvec.media.max_memory",
                    "scale it down, sample fewer frames");
        }
    }
}
