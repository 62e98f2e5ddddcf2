package org.vidvec.natives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A list as {@code sha256sum} writes it, made by the build.
 *
 * @param file where it was read from, for messages
 * @param sums hex digest by file name
 */
record ChecksumList(Path file, Map<String, String> sums) {

    static final String FILE_NAME = "SHA256SUMS";

    /**
     * @throws NativeLibraryException if the list is missing, empty or not a list
     */
    static ChecksumList read(Path file) throws NativeLibraryException {
        Map<String, String> sums = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                // "<64 hex digits> *name" or "<64 hex digits>  name"
                if (line.matches("[0-9a-fA-F]{64} [ *].+") == false) {
                    throw new NativeLibraryException(
                            "["
                                    + file
                                    + "] is not a list of SHA-256 checksums: line ["
                                    + line
                                    + "]; install the plugin again");
                }
                sums.put(line.substring(66), line.substring(0, 64));
            }
        } catch (IOException e) {
            throw new NativeLibraryException(
                    "can't read the checksums [" + file + "]: " + e + "; install the plugin again");
        }
        if (sums.isEmpty()) {
            throw new NativeLibraryException(
                    "[" + file + "] lists no file; install the plugin again");
        }
        return new ChecksumList(file, sums);
    }

    /**
     * @throws NativeLibraryException naming the first file that is missing or different
     */
    void check(Path folder) throws NativeLibraryException {
        for (Map.Entry<String, String> sum : sums.entrySet()) {
            Path library = folder.resolve(sum.getKey());
            String actual = sha256(library);
            if (actual.equalsIgnoreCase(sum.getValue()) == false) {
                throw new NativeLibraryException(
                        "native library ["
                                + library
                                + "] has the SHA-256 ["
                                + actual
                                + "], not ["
                                + sum.getValue()
                                + "] as ["
                                + file
                                + "] says: it is damaged or was replaced; install the plugin"
                                + " again");
            }
        }
    }

    private static String sha256(Path library) throws NativeLibraryException {
        try (InputStream in = Files.newInputStream(library)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 20];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new NativeLibraryException(
                    "can't read native library ["
                            + library
                            + "]: "
                            + e
                            + "; install the plugin again");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
