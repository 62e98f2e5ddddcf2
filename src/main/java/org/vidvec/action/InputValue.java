package org.vidvec.action;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;

/**
 * Reads the string that stands for an item: a text, bare base64, a data URL, or a URI of a {@code
 * repository://} or of the web.
 */
public final class InputValue {

    private static final String DATA = "data:";
    // longer than any MIME type with parameters
    private static final int MAX_DATA_URL_HEAD = 256;

    private InputValue() {}

    /**
     * Reads a value.
     *
     * @param name what errors call it: a field, {@code input[0]}
     * @param type null to take it from a data URL's MIME type; then {@link #typeOf} must have found
     *     one
     * @param format null to see it from the value
     * @throws IllegalArgumentException if the value is none of the allowed forms, or does not fit
     *     {@code type}
     */
    public static InputSpec read(
            String name, InputSpec.Type type, InputSpec.Format format, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(
                    "[" + name + "] is empty; give a text, or a file as base64, data URL or URI");
        }
        if (type == InputSpec.Type.TEXT) {
            return text(name, format, value);
        }
        // a data URL holds its bytes, whichever of the two it is called
        boolean link =
                format == InputSpec.Format.URL && value.startsWith(DATA) == false
                        || format == null && MediaUri.looksLikeOne(value);
        if (link) {
            return new InputSpec.Link(type, MediaUri.parse(value));
        }
        if (format == InputSpec.Format.TEXT) {
            throw new IllegalArgumentException(
                    "["
                            + name
                            + "] of [type] ["
                            + type
                            + "] can't have [format] [text]; it must be one of [base64, url]");
        }
        return new InputSpec.Inline(name, type, decode(name, type, value));
    }

    /**
     * The type that a data URL's MIME type tells, or null if the value is no data URL.
     *
     * @throws IllegalArgumentException if the MIME type is neither text, image, video nor PDF
     */
    public static InputSpec.Type typeOf(String name, String value) {
        if (value.startsWith(DATA) == false) {
            return null;
        }
        String mime = mime(name, value);
        for (InputSpec.Type type : InputSpec.Type.values()) {
            if (fits(mime, type)) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                "["
                        + name
                        + "] is a data URL of ["
                        + mime
                        + "]; it must be of [text/*], [image/*], [video/*] or [application/pdf]");
    }

    private static boolean fits(String mime, InputSpec.Type type) {
        return type == InputSpec.Type.PDF
                ? mime.equals("application/pdf")
                : mime.startsWith(type + "/");
    }

    private static InputSpec text(String name, InputSpec.Format format, String value) {
        if (format == InputSpec.Format.BASE64 || format == InputSpec.Format.URL) {
            throw new IllegalArgumentException(
                    "["
                            + name
                            + "] of [type] [text] can't have [format] ["
                            + format
                            + "]; it must be [text]");
        }
        if (format == null && value.startsWith("data:text/")) {
            return new InputSpec.Text(decode(name, InputSpec.Type.TEXT, value).utf8ToString());
        }
        return new InputSpec.Text(value);
    }

    /** Decodes base64, bare or in a data URL, without a second copy of the string. */
    private static BytesReference decode(String name, InputSpec.Type type, String value) {
        int start = 0;
        if (value.startsWith(DATA)) {
            checkMime(name, type, mime(name, value));
            start = value.indexOf(',') + 1;
        }
        ByteBuffer encoded = ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1));
        try {
            ByteBuffer decoded = Base64.getDecoder().decode(encoded.position(start));
            return new BytesArray(decoded.array(), decoded.arrayOffset(), decoded.remaining());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "["
                            + name
                            + "] is not base64 ("
                            + e.getMessage()
                            + "); it must be base64, a data URL [data:video/mp4;base64,...],"
                            + " [repository://<repository>/<path>] or an allowed"
                            + " [https://<host>/<path>]",
                    e);
        }
    }

    private static void checkMime(String name, InputSpec.Type type, String mime) {
        boolean fits =
                fits(mime, type)
                        || mime.equals("application/octet-stream")
                        // an animation: frames with times as a video has them
                        || (mime.equals("image/gif") && type == InputSpec.Type.VIDEO);
        if (fits == false) {
            throw new IllegalArgumentException(
                    "["
                            + name
                            + "] has [type] ["
                            + type
                            + "] but is a data URL of ["
                            + mime
                            + "]; make them agree");
        }
    }

    private static String mime(String name, String value) {
        int comma = value.indexOf(',');
        String head =
                comma < 0 || comma > MAX_DATA_URL_HEAD ? "" : value.substring(DATA.length(), comma);
        if (head.endsWith(";base64") == false) {
            throw new IllegalArgumentException(
                    "["
                            + name
                            + "] is a data URL without base64; it must have the form"
                            + " [data:<mime>;base64,<data>]");
        }
        int end = head.indexOf(';');
        return head.substring(0, end);
    }
}
