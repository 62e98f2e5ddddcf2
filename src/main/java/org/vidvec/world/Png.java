package org.vidvec.world;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** RGB to a PNG file: 8 bits a channel, no filter (PNG specification, third edition). */
final class Png {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
    private static final byte BITS = 8;
    private static final byte TRUE_COLOUR = 2;
    private static final int CHUNK_BYTES = 12;

    private Png() {}

    /**
     * @param picture one frame
     */
    static byte[] encode(Frames picture) {
        FrameSize size = picture.size();
        byte[] header =
                ByteBuffer.allocate(13)
                        .putInt(size.width())
                        .putInt(size.height())
                        .put(BITS)
                        .put(TRUE_COLOUR)
                        .array();
        byte[] data = deflate(rows(picture));
        ByteBuffer file =
                ByteBuffer.allocate(
                        SIGNATURE.length + 3 * CHUNK_BYTES + header.length + data.length);
        file.put(SIGNATURE);
        chunk(file, "IHDR", header);
        chunk(file, "IDAT", data);
        chunk(file, "IEND", new byte[0]);
        return file.array();
    }

    /** Each row after a byte that names its filter: none. */
    private static byte[] rows(Frames picture) {
        int row = 3 * picture.size().width();
        byte[] rows = new byte[(row + 1) * picture.size().height()];
        for (int y = 0; y < picture.size().height(); y++) {
            System.arraycopy(picture.rgb(), y * row, rows, y * (row + 1) + 1, row);
        }
        return rows;
    }

    private static byte[] deflate(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater)) {
            deflated.write(bytes);
        } catch (java.io.IOException e) {
            throw new AssertionError("memory", e);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    private static void chunk(ByteBuffer file, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        file.putInt(data.length).put(name).put(data).putInt((int) crc.getValue());
    }
}
