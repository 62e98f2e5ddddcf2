package org.vidvec.action;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;

/**
 * {@code repository://<repository>/<path>}: a file in a registered snapshot repository.
 *
 * @param repository name of a registered snapshot repository
 * @param path the file's path below the repository's base path, parts separated by {@code /},
 *     without {@code .} and {@code ..}
 */
public record RepositoryUri(String repository, String path) implements MediaUri {

    /** What a value has to begin with to be one. */
    static final String SCHEME = "repository://";

    RepositoryUri(StreamInput in) throws IOException {
        this(in.readString(), in.readString());
    }

    /**
     * Reads a URI that begins with {@link #SCHEME}.
     *
     * @throws IllegalArgumentException if the path is not plain
     */
    static RepositoryUri parse(String uri) {
        String rest = uri.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        String path = slash < 0 ? "" : normalise(uri, rest.substring(slash + 1));
        if (slash < 1 || path.isEmpty()) {
            throw new IllegalArgumentException(
                    "["
                            + MediaUri.shorten(uri)
                            + "] names no file; it must be [repository://<repository>/<path>]");
        }
        return new RepositoryUri(rest.substring(0, slash), path);
    }

    private static String normalise(String uri, String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..") || part.indexOf('\\') >= 0 || part.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "the path of ["
                                + MediaUri.shorten(uri)
                                + "] must not hold [..] or a backslash; name the file by its plain"
                                + " path below the repository's base path");
            }
            if (part.isEmpty() == false && part.equals(".") == false) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(repository);
        out.writeString(path);
    }

    @Override
    public String name() {
        return toString();
    }

    @Override
    public String toString() {
        return SCHEME + repository + "/" + path;
    }
}
