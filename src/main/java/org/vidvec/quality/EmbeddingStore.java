package org.vidvec.quality;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Vectors that were computed before, one file for each model's fingerprint. A record is the SHA-256
 * of what was embedded, the length of the vector and its floats, big endian; one that a killed run
 * left half written is cut off.
 */
final class EmbeddingStore implements AutoCloseable {

    private static final int KEY_BYTES = 32;
    private static final int HEAD_BYTES = KEY_BYTES + Integer.BYTES;

    private final Map<String, float[]> vectors = new HashMap<>();
    private final FileChannel file;

    /** Keeps them in memory alone. */
    EmbeddingStore() {
        file = null;
    }

    /**
     * Opens or makes the file of a model.
     *
     * @param folder is made if it is not there
     * @param fingerprint {@code sha256:} and 64 digits
     */
    EmbeddingStore(Path folder, String fingerprint) throws IOException {
        Files.createDirectories(folder);
        String name = fingerprint.replaceFirst("^sha256:", "");
        file =
                FileChannel.open(
                        folder.resolve("embeddings-" + name.substring(0, 16) + ".bin"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        long whole = load();
        file.truncate(whole);
        file.position(whole);
    }

    private long load() throws IOException {
        long whole = 0;
        DataInputStream in =
                new DataInputStream(new BufferedInputStream(Channels.newInputStream(file)));
        byte[] key = new byte[KEY_BYTES];
        try {
            while (true) {
                in.readFully(key);
                int dims = in.readInt();
                if (dims <= 0 || whole + HEAD_BYTES + 4L * dims > file.size()) {
                    return whole;
                }
                byte[] bytes = new byte[Math.multiplyExact(Float.BYTES, dims)];
                in.readFully(bytes);
                float[] vector = new float[dims];
                ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
                vectors.put(HexFormat.of().formatHex(key), vector);
                whole += HEAD_BYTES + bytes.length;
            }
        } catch (EOFException e) {
            return whole;
        }
    }

    /** The vector of what was described so; null if it is not known. */
    float[] get(String described) {
        return vectors.get(HexFormat.of().formatHex(sha256(described)));
    }

    /**
     * Keeps a vector.
     *
     * @throws UncheckedIOException if it can't be written; those before it are whole
     */
    void put(String described, float[] vector) {
        byte[] key = sha256(described);
        vectors.put(HexFormat.of().formatHex(key), vector);
        if (file == null) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + Float.BYTES * vector.length);
        bytes.put(key).putInt(vector.length);
        for (float value : vector) {
            bytes.putFloat(value);
        }
        bytes.flip();
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to the store of vectors: " + e, e);
        }
    }

    int size() {
        return vectors.size();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has it", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
