package org.vidvec.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.vidvec.engine.CheckpointException;

/**
 * SHA-256 over all that decides about a model's vectors. A file is read once as long as its size
 * and time stay: weights take seconds. Thread-safe.
 */
final class Fingerprint {

    private static final int BUFFER = 1 << 20;

    private record Version(Path file, long size, FileTime modified) {}

    private final Map<Version, String> hashes = new ConcurrentHashMap<>();

    /**
     * The fingerprint of files and a card.
     *
     * @param files in a fixed order; their names count, their folder does not
     * @param recipe of the card
     * @return {@code sha256:} and 64 hex digits
     * @throws CheckpointException if a file can't be read
     */
    String of(List<Path> files, String recipe) throws CheckpointException {
        StringBuilder all = new StringBuilder();
        for (Path file : files) {
            all.append(file.getFileName()).append(' ').append(hash(file)).append('\n');
        }
        all.append(recipe);
        MessageDigest digest = sha256();
        digest.update(all.toString().getBytes(StandardCharsets.UTF_8));
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    private String hash(Path file) throws CheckpointException {
        try {
            Version version = new Version(file, Files.size(file), Files.getLastModifiedTime(file));
            String known = hashes.get(version);
            if (known == null) {
                known = read(file);
                hashes.keySet().removeIf(v -> v.file().equals(file));
                hashes.put(version, known);
            }
            return known;
        } catch (IOException e) {
            throw new CheckpointException("can't read [" + file + "]: " + e, e);
        }
    }

    private static String read(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            int n;
            while ((n = in.read(buffer)) >= 0) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
