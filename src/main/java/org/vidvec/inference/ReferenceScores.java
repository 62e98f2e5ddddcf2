package org.vidvec.inference;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vidvec.media.BytesSource;
import org.vidvec.model.MatchScore;

/**
 * What candidates get for texts that are asked about again and again: an empty query, a bank's. The
 * least recently used are dropped. Thread-safe.
 */
final class ReferenceScores {

    // about 30 MB: keys are hashes, however long the texts are
    private static final int KEPT = 100_000;

    private record Key(String fingerprint, String candidate, String text) {

        static Key of(String fingerprint, String candidate, String text) {
            return new Key(fingerprint, candidate, sha256(text));
        }
    }

    private final Map<Key, MatchScore> scores =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, MatchScore> eldest) {
                    return size() > KEPT;
                }
            };

    /** The score, or null. */
    synchronized MatchScore get(String fingerprint, String candidate, String text) {
        return candidate == null ? null : scores.get(Key.of(fingerprint, candidate, text));
    }

    synchronized void put(String fingerprint, String candidate, String text, MatchScore score) {
        if (candidate != null) {
            scores.put(Key.of(fingerprint, candidate, text), score);
        }
    }

    /** What tells a candidate from others: its bytes; null where these are not at hand. */
    static String id(InputItem candidate) {
        return switch (candidate) {
            case InputItem.Frames frames -> "frames " + sha256(frames.strip());
            case InputItem.Text text -> "text " + sha256(text.value());
            case InputItem.Media media ->
                    media.source() instanceof BytesSource inline
                            ? media.kind() + " " + sha256(inline.bytes())
                            : null;
        };
    }

    private static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
