package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.media.MediaException.Reason;
import org.vidvec.natives.NativeLibraries;

/**
 * The sampled frames of a clip as one JPEG that is stored with a document, so that reranking needs
 * no original. Any viewer shows it; times and media facts are JSON in a comment ({@code FF FE}).
 *
 * <p>Frames are scaled down to {@link #LONG_SIDE} pixels on the longer side, and further if all of
 * them together have more than {@link #PIXELS}.
 */
public final class FrameStrip {

    /** Longer side of a stored frame in pixels; above what 8-frame prompts give a model to see. */
    public static final int LONG_SIDE = 448;

    /** Most pixels of one strip: 32 frames of 448 x 252. */
    public static final int PIXELS = 32 * 448 * 252;

    private static final Logger LOG = System.getLogger(FrameStrip.class.getName());

    private static final int MOST_COMMENT = 65_533;

    private final NativeLibraries natives;
    private final JpegReader reader;

    /** Decodes a JPEG of at most so many pixels; null if it is damaged. */
    private interface JpegReader {
        Frame read(byte[] jpeg, long maxPixels) throws MediaException;
    }

    /** Loads nothing yet. */
    public FrameStrip(NativeLibraries natives) {
        this.natives = natives;
        this.reader =
                (jpeg, maxPixels) -> {
                    FfmpegLibraries.load(natives);
                    return JpegCodec.decode(jpeg, maxPixels);
                };
    }

    /**
     * Has what documents hold decoded elsewhere; loads nothing yet.
     *
     * @param backend decodes pictures
     */
    public FrameStrip(NativeLibraries natives, MediaBackend backend) {
        this.natives = natives;
        this.reader =
                (jpeg, maxPixels) -> {
                    MediaLimits usual = MediaLimits.DEFAULT;
                    MediaLimits limits =
                            new MediaLimits(
                                    usual.maxBytes(),
                                    usual.maxDuration(),
                                    maxPixels,
                                    1,
                                    usual.timeout());
                    BytesSource source = new BytesSource("stored frames", jpeg);
                    return backend.read(source, new Sampling.Uniform(1), limits).frames().get(0);
                };
    }

    /**
     * @return the JPEG, about 30 kB for a frame of 448 x 252
     * @throws MediaException if FFmpeg is missing or fails
     */
    public byte[] encode(Clip clip) throws MediaException {
        FfmpegLibraries.load(natives);
        try {
            StripHeader header = header(clip);
            byte[] jpeg =
                    JpegCodec.encode(grid(clip, header), header.totalWidth(), header.totalHeight());
            return withComment(jpeg, header.toJson());
        } catch (Throwable t) {
            throw failure("the frames could not be stored", t);
        }
    }

    /**
     * @param strip what {@link #encode} made
     * @return the frames as stored, with the facts of the file that they are from
     * @throws MediaException if the strip is damaged
     */
    public Clip decode(byte[] strip) throws MediaException {
        StripHeader header = readHeader(strip);
        Frame grid;
        try {
            grid = reader.read(strip, (long) header.totalWidth() * header.totalHeight());
        } catch (MediaException e) {
            throw e.reason() == Reason.DECODER ? e : damaged("the JPEG is truncated or damaged");
        } catch (Throwable t) {
            throw failure("the stored frames could not be decoded", t);
        }
        if (grid == null
                || grid.width() != header.totalWidth()
                || grid.height() != header.totalHeight()) {
            throw damaged("the JPEG is truncated or damaged");
        }
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < header.times().length; i++) {
            frames.add(cut(grid, header, i));
        }
        return new Clip(header.info(), frames);
    }

    private static StripHeader header(Clip clip) {
        int n = clip.frames().size();
        Frame first = clip.frames().get(0);
        double bySide = (double) LONG_SIDE / Math.max(first.width(), first.height());
        double byPixels = Math.sqrt((double) PIXELS / n / first.width() / first.height());
        double factor = Math.min(1, Math.min(bySide, byPixels));
        return StripHeader.of(
                Math.max(1, (int) Math.round(first.width() * factor)),
                Math.max(1, (int) Math.round(first.height() * factor)),
                clip.frames().stream().mapToDouble(Frame::timeSeconds).toArray(),
                clip.info());
    }

    /** All frames side by side; the edge of each is repeated to the end of its cell. */
    private static byte[] grid(Clip clip, StripHeader header) {
        byte[] grid = new byte[3 * header.totalWidth() * header.totalHeight()];
        try (Scaler scaler = new Scaler(SWS_AREA | SWS_ACCURATE_RND)) {
            for (int i = 0; i < header.times().length; i++) {
                byte[] rgb = scaled(clip.frames().get(i), header, scaler);
                for (int y = 0; y < header.cellHeight(); y++) {
                    int row = Math.min(y, header.height() - 1) * header.width() * 3;
                    int to = at(header, i, y);
                    System.arraycopy(rgb, row, grid, to, 3 * header.width());
                    for (int x = 3 * header.width(); x < 3 * header.cellWidth(); x++) {
                        grid[to + x] = grid[to + x - 3];
                    }
                }
            }
        }
        return grid;
    }

    private static byte[] scaled(Frame frame, StripHeader header, Scaler scaler) {
        if (frame.width() == header.width() && frame.height() == header.height()) {
            return frame.rgb();
        }
        try (RgbPicture from = RgbPicture.of(frame.rgb(), frame.width(), frame.height());
                RgbPicture to = new RgbPicture(header.width(), header.height())) {
            if (!scaler.scale(from.frame(), to.frame())) {
                throw new IllegalStateException("FFmpeg can't scale RGB");
            }
            return to.bytes();
        }
    }

    private static Frame cut(Frame grid, StripHeader header, int frame) {
        byte[] rgb = new byte[3 * header.width() * header.height()];
        for (int y = 0; y < header.height(); y++) {
            int row = 3 * header.width();
            System.arraycopy(grid.rgb(), at(header, frame, y), rgb, y * row, row);
        }
        return new Frame(header.times()[frame], header.width(), header.height(), rgb);
    }

    /** Index in the grid of the first byte of a row of a frame. */
    private static int at(StripHeader header, int frame, int row) {
        int y = frame / header.columns() * header.cellHeight() + row;
        int x = frame % header.columns() * header.cellWidth();
        return 3 * (y * header.totalWidth() + x);
    }

    private static byte[] withComment(byte[] jpeg, byte[] comment) {
        if (comment.length > MOST_COMMENT) {
            throw new IllegalStateException("[" + comment.length + "] bytes of header");
        }
        return ByteBuffer.allocate(jpeg.length + comment.length + 4)
                .put(jpeg, 0, 2)
                .putShort((short) 0xfffe)
                .putShort((short) (comment.length + 2))
                .put(comment)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    private static StripHeader readHeader(byte[] strip) throws MediaException {
        StripHeader header;
        try {
            ByteBuffer buffer = ByteBuffer.wrap(strip);
            if (buffer.getInt() != 0xffd8fffe) {
                throw new IllegalArgumentException("no JPEG with a comment");
            }
            byte[] comment = new byte[Short.toUnsignedInt(buffer.getShort()) - 2];
            buffer.get(comment);
            header = StripHeader.parse(comment);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "frames without a header", e);
            throw damaged("their header can't be read");
        }
        if (!header.plausible()) {
            throw damaged("their header states impossible sizes");
        }
        return header;
    }

    private static MediaException damaged(String why) {
        return new MediaException(
                Reason.CORRUPT,
                "the stored frames are damaged: " + why + "; index the document again");
    }

    /** An Error must not travel on: the node would die of it. */
    private static MediaException failure(String what, Throwable cause) {
        LOG.log(Level.ERROR, what, cause);
        return new MediaException(Reason.DECODER, what + "; see the node's log");
    }
}
