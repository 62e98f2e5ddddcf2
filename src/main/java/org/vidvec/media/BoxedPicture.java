package org.vidvec.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.vidvec.media.MediaException.Reason;

/**
 * The picture that an AVIF is about, taken out of its boxes. FFmpeg 8 follows null pointers and
 * turns in circles in such boxes (decisions/0030), so it is handed the coded picture alone.
 *
 * @param coded the picture as the only frame of an IVF
 * @param orientation how it lies
 */
record BoxedPicture(MediaSource coded, Orientation orientation) {

    private static final int META = 0x6d657461;
    private static final int AV1 = 0x61763031;

    // a picture has a handful, an animation a few more
    private static final int MOST_BOXES = 1000;
    private static final int LARGEST_META = 4 << 20;

    private static final int IVF_BYTES = 32 + 12;

    /**
     * @return null if the file says nothing of pictures in boxes
     * @throws MediaException if it is damaged, too large, or not coded as AV1
     */
    static BoxedPicture of(MediaSource source, FileKind kind, MediaLimits limits)
            throws MediaException {
        ByteBuffer meta = meta(source, kind);
        if (meta == null) {
            return null;
        }
        try {
            HeifItems items = new HeifItems(meta);
            return items.present() ? of(source, items, limits) : null;
        } catch (RuntimeException e) {
            throw kind.refusal(source.name());
        }
    }

    private static ByteBuffer meta(MediaSource source, FileKind kind) throws MediaException {
        for (FileBox box : FileBox.of(source, MOST_BOXES)) {
            if (box.type() == META) {
                long length = box.end() - box.content();
                if (length > LARGEST_META) {
                    throw kind.refusal(source.name());
                }
                return FileBox.bytes(source, box.content(), (int) length);
            }
        }
        return null;
    }

    private static BoxedPicture of(MediaSource source, HeifItems items, MediaLimits limits)
            throws MediaException {
        long item = items.primary();
        if (items.type(item) != AV1) {
            throw unsupported(source.name(), items.type(item));
        }
        items.size(item).check(source.name(), limits);
        List<HeifItems.Extent> extents = items.extents(item);
        long length = 0;
        for (HeifItems.Extent extent : extents) {
            length = Math.addExact(length, extent.length());
            if (extent.length() <= 0 || length > source.size()) {
                throw new IllegalArgumentException("extents of [" + length + "] bytes");
            }
        }
        new PictureMemory(source.name(), limits, 1).reserve(length);
        ByteBuffer ivf = ivf(Math.toIntExact(length));
        for (HeifItems.Extent extent : extents) {
            ivf.put(bytes(source, items, extent));
        }
        return new BoxedPicture(
                new BytesSource(source.name(), ivf.array()), items.orientation(item));
    }

    private static ByteBuffer bytes(MediaSource source, HeifItems items, HeifItems.Extent extent)
            throws MediaException {
        if (extent.inItemData()) {
            return items.data()
                    .slice(Math.toIntExact(extent.offset()), Math.toIntExact(extent.length()));
        }
        if (extent.offset() < 0 || extent.offset() > source.size() - extent.length()) {
            throw new IllegalArgumentException("an extent behind the end");
        }
        return FileBox.bytes(source, extent.offset(), (int) extent.length());
    }

    /** Heads of a file of one frame and of that frame; little endian. */
    private static ByteBuffer ivf(int length) {
        return ByteBuffer.allocate(IVF_BYTES + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("DKIF\0\0\40\0AV01".getBytes(StandardCharsets.US_ASCII))
                // the size stands in the frame; one tick per second, one frame
                .putInt(0)
                .putInt(1)
                .putInt(1)
                .putInt(1)
                .putInt(0)
                .putInt(length)
                .putLong(0);
    }

    private static MediaException unsupported(String name, int type) {
        String letters =
                new String(
                        ByteBuffer.allocate(4).putInt(type).array(), StandardCharsets.ISO_8859_1);
        return new MediaException(
                Reason.UNSUPPORTED,
                "could not decode ["
                        + name
                        + "]: unsupported kind of picture ["
                        + letters
                        + "] in a HEIF file; convert it, for example to JPEG");
    }
}
