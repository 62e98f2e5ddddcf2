package org.vidvec.inference;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vidvec.media.Frame;
import org.vidvec.model.Content;
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
        return scores.get(Key.of(fingerprint, candidate, text));
    }

    synchronized void put(String fingerprint, String candidate, String text, MatchScore score) {
        scores.put(Key.of(fingerprint, candidate, text), score);
    }

    /**
     * What tells a candidate from others: all that the model sees of it, wherever its file lies and
     * whatever it is called. Takes a millisecond for about a megabyte of frames.
     */
    static String id(Content candidate) {
        MessageDigest digest = sha256();
        switch (candidate) {
            case Content.Text text -> add(digest, text.value());
            case Content.Image image -> add(digest, image.frame());
            case Content.Video video -> {
                add(digest, video.clip().info().toString());
                video.clip().frames().forEach(frame -> add(digest, frame));
            }
        }
        return candidate.type() + " " + HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, Frame frame) {
        add(digest, frame.width() + "x" + frame.height() + " at " + frame.timeSeconds() + ":");
        digest.update(frame.rgb());
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String text) {
        MessageDigest digest = sha256();
        add(digest, text);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
