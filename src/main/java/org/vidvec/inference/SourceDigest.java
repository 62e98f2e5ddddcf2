package org.vidvec.inference;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaSource;

/** SHA-256 of a media file, piece by piece. */
final class SourceDigest {

    // 1 MiB: one range read of a snapshot repository
    private static final int PIECE = 1 << 20;

    // 64 MiB: frames of larger files are read in parts
    private static final long LARGEST = 64L << 20;

    private SourceDigest() {}

    /**
     * In hex.
     *
     * @return null for a file so large that reading all of it costs more than its frames
     * @throws MediaException UNREADABLE if the bytes can't be had
     */
    static String sha256(MediaSource source) throws MediaException {
        if (source.size() > LARGEST) {
            return null;
        }
        MessageDigest digest = digest();
        byte[] piece = new byte[(int) Math.max(1, Math.min(PIECE, source.size()))];
        try {
            long position = 0;
            for (int n; (n = source.read(position, piece, 0, piece.length)) > 0; position += n) {
                digest.update(piece, 0, n);
            }
        } catch (IOException e) {
            throw new MediaException(
                    MediaException.Reason.UNREADABLE,
                    "could not read [" + source.name() + "]: " + e.getMessage(),
                    e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
