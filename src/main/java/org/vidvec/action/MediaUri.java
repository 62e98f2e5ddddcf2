package org.vidvec.action;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;

/**
 * Where a media file lies: {@code repository://<repository>/<path>}, a file in a registered
 * snapshot repository. There is no other scheme, and no way to name a file of the machine.
 *
 * @param repository name of a registered snapshot repository
 * @param path the file's path below the repository's base path, parts separated by {@code /},
 *     without {@code .} and {@code ..}
 */
public record MediaUri(String repository, String path) implements Writeable {

    /** What a value has to begin with to be one. */
    static final String SCHEME = "repository://";

    private static final Pattern ANY_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");

    /** Reads what {@link #writeTo} wrote. */
    public MediaUri(StreamInput in) throws IOException {
        this(in.readString(), in.readString());
    }

    /** Whether a bare value is meant as a URI, of whatever scheme. */
    static boolean looksLikeOne(String value) {
        return value.length() < 4096 && ANY_SCHEME.matcher(value).matches();
    }

    /**
     * Reads a URI.
     *
     * @throws IllegalArgumentException if the scheme is another one or the path is not plain
     */
    public static MediaUri parse(String uri) {
        if (uri.startsWith(SCHEME) == false) {
            throw new IllegalArgumentException(
                    "can't read media from ["
                            + shorten(uri)
                            + "]; it must be base64, a data URL [data:video/mp4;base64,...] or"
                            + " [repository://<repository>/<path>]");
        }
        String rest = uri.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        String path = slash < 0 ? "" : normalise(uri, rest.substring(slash + 1));
        if (slash < 1 || path.isEmpty()) {
            throw new IllegalArgumentException(
                    "["
                            + shorten(uri)
                            + "] names no file; it must be [repository://<repository>/<path>]");
        }
        return new MediaUri(rest.substring(0, slash), path);
    }

    private static String normalise(String uri, String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..") || part.indexOf('\\') >= 0 || part.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "the path of ["
                                + shorten(uri)
                                + "] must not hold [..] or a backslash; name the file by its plain"
                                + " path below the repository's base path");
            }
            if (part.isEmpty() == false && part.equals(".") == false) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    private static String shorten(String uri) {
        return uri.length() <= 200 ? uri : uri.substring(0, 200) + "...";
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(repository);
        out.writeString(path);
    }

    @Override
    public String toString() {
        return SCHEME + repository + "/" + path;
    }
}
