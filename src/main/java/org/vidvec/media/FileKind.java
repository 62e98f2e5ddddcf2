package org.vidvec.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.vidvec.media.MediaException.Reason;

/**
 * What the first bytes of a file say it is, in words for a message. FFmpeg decides whether a file
 * is media; this only names what else it may be, and keeps text (playlists above all) from FFmpeg.
 *
 * @param family how to go on
 * @param words what it looks like, for example {@code a PDF}
 */
record FileKind(Family family, String words) {

    enum Family {
        /** Known media. */
        MEDIA,
        /** Known, and no media that is decoded here: refused before FFmpeg sees it. */
        OTHER,
        /** Documents, whose pages are drawn. */
        DOCUMENT,
        /** FFmpeg may tell. */
        UNKNOWN
    }

    /** A still picture in MP4 boxes. */
    static final String AVIF = "an AVIF";

    /** Pictures in MP4 boxes, of any codec. */
    static final String HEIF = "a HEIF";

    /** Pictures in a WebP, one over the other. */
    static final String ANIMATED_WEBP = "an animated WebP";

    private static final int HEAD_BYTES = 1024;

    private static final int ENCRYPTION_BYTES = 1 << 20;

    private record Magic(int offset, String bytes, Family family, String words) {}

    // offsets and bytes from the formats' specifications; ISO 8859-1 stands for raw bytes
    private static final Magic[] MAGIC = {
        new Magic(0, "%PDF", Family.DOCUMENT, "a PDF"),
        new Magic(0, "PK\u0003\u0004", Family.OTHER, "a ZIP archive or an office document"),
        new Magic(0, "\u001f\u008b", Family.OTHER, "a GZIP archive"),
        new Magic(0, "7z\u00bc\u00af", Family.OTHER, "a 7-Zip archive"),
        new Magic(0, "\u007fELF", Family.OTHER, "a program"),
        new Magic(0, "ID3", Family.OTHER, "audio, MP3"),
        new Magic(0, "fLaC", Family.OTHER, "audio, FLAC"),
        new Magic(8, "WAVE", Family.OTHER, "audio, WAV"),
        new Magic(4, "ftypavi", Family.MEDIA, AVIF),
        new Magic(4, "ftyphei", Family.MEDIA, HEIF),
        new Magic(4, "ftypmif1", Family.MEDIA, HEIF),
        new Magic(4, "ftypmiaf", Family.MEDIA, HEIF),
        new Magic(4, "ftyp", Family.MEDIA, "an MP4"),
        new Magic(0, "\u001aE\u00df\u00a3", Family.MEDIA, "a WebM or Matroska file"),
        new Magic(8, "AVI ", Family.MEDIA, "an AVI"),
        new Magic(8, "WEBP", Family.MEDIA, "a WebP"),
        new Magic(0, "FLV", Family.MEDIA, "an FLV"),
        new Magic(0, "OggS", Family.MEDIA, "an Ogg file"),
        new Magic(0, "GIF8", Family.MEDIA, "a GIF"),
        new Magic(0, "\u0089PNG", Family.MEDIA, "a PNG"),
        new Magic(0, "\u00ff\u00d8\u00ff", Family.MEDIA, "a JPEG"),
        new Magic(0, "\u0000\u0000\u0001\u00ba", Family.MEDIA, "an MPEG program stream"),
    };

    // compared in lower case after white space and a byte order mark
    private static final String[][] TEXTS = {
        {"#extm3u", "an HLS playlist, which names other files"},
        {"ffconcat", "an ffconcat list, which names other files"},
        {"v=0", "an SDP description, which names network addresses"},
        {"<!doctype html", "an HTML page"},
        {"<html", "an HTML page"},
        {"<svg", "an SVG drawing"},
        {"<?xml", "XML"},
        {"<mpd", "a DASH manifest, which names other files"},
        {"{", "JSON"},
    };

    /**
     * Looks at the first bytes.
     *
     * @throws MediaException if the file is empty or its bytes can't be had
     */
    static FileKind of(MediaSource source) throws MediaException {
        byte[] head = new byte[HEAD_BYTES];
        int n = 0;
        try {
            for (int r = 0; n < HEAD_BYTES && r >= 0; n += Math.max(r, 0)) {
                r = source.read(n, head, n, HEAD_BYTES - n);
            }
        } catch (IOException e) {
            throw Refusals.unreadable(source.name(), e);
        }
        if (n == 0) {
            throw new MediaException(
                    Reason.NOT_MEDIA,
                    "could not decode [" + source.name() + "]: the file is empty");
        }
        return of(Arrays.copyOf(head, n));
    }

    private static FileKind of(byte[] head) {
        String raw = new String(head, StandardCharsets.ISO_8859_1);
        if (raw.startsWith("WEBPVP8X", 8) && raw.length() > 20 && (raw.charAt(20) & 2) != 0) {
            return new FileKind(Family.MEDIA, ANIMATED_WEBP);
        }
        for (Magic magic : MAGIC) {
            if (raw.startsWith(magic.bytes, magic.offset)) {
                return new FileKind(magic.family, magic.words);
            }
        }
        return isText(head) ? text(head) : new FileKind(Family.UNKNOWN, "");
    }

    private static FileKind text(byte[] head) {
        String start =
                new String(head, StandardCharsets.UTF_8)
                        .replace("\ufeff", "")
                        .stripLeading()
                        .toLowerCase(Locale.ROOT);
        for (String[] text : TEXTS) {
            if (start.startsWith(text[0])) {
                boolean svg = text[1].equals("XML") && start.contains("<svg");
                boolean dash = text[1].equals("XML") && start.contains("<mpd");
                String words = svg ? TEXTS[5][1] : dash ? TEXTS[7][1] : text[1];
                return new FileKind(Family.OTHER, words);
            }
        }
        return new FileKind(Family.OTHER, "text");
    }

    /** UTF-8 without control characters; the cut at the end may split a character. */
    private static boolean isText(byte[] head) {
        int end = head.length < HEAD_BYTES ? head.length : head.length - 4;
        for (int i = 0; i < end; i++) {
            if (head[i] >= 0 && head[i] < 32 && "\t\n\r\f".indexOf(head[i]) < 0) {
                return false;
            }
        }
        for (int cut = 0; cut < 4 && cut < head.length; cut++) {
            try {
                StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(head, 0, head.length - cut));
                return true;
            } catch (CharacterCodingException e) {
                // perhaps a character that the cut splits
            }
        }
        return false;
    }

    /**
     * @throws MediaException if FFmpeg must not or can't see this file
     */
    void require(String name) throws MediaException {
        if (family == Family.OTHER || family == Family.DOCUMENT) {
            throw refusal(name);
        }
    }

    /**
     * Whether an MP4 says in its first megabyte that its video is encrypted (ISO 14496-12, encv).
     */
    boolean encrypted(MediaSource source) throws MediaException {
        byte[] start = new byte[(int) Math.min(source.size(), ENCRYPTION_BYTES)];
        try {
            int n = source.read(0, start, 0, start.length);
            return family == Family.MEDIA
                    && new String(start, 0, Math.max(0, n), StandardCharsets.ISO_8859_1)
                            .contains("encv");
        } catch (IOException e) {
            throw Refusals.unreadable(source.name(), e);
        }
    }

    /** Whether it says of itself that it holds still pictures in MP4 boxes. */
    boolean boxedPicture() {
        return words.equals(AVIF) || words.equals(HEIF);
    }

    /** Why a file can't be opened. */
    MediaException refusal(String name) {
        String start = "could not decode [" + name + "]: ";
        return switch (family) {
            case MEDIA ->
                    Refusals.corrupt(
                            name, "it starts as " + words + " and is truncated or damaged");
            case OTHER, DOCUMENT ->
                    new MediaException(
                            Reason.NOT_MEDIA,
                            start + "not a video or image (it looks like " + words + ")");
            case UNKNOWN ->
                    new MediaException(
                            Reason.NOT_MEDIA,
                            start + "not a video or image (no known container begins like it)");
        };
    }
}
