package org.vidvec.action;

import java.io.IOException;
import java.util.regex.Pattern;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.vidvec.web.WebAddress;

/**
 * Where a media file lies: in a registered snapshot repository, or on the web. There is no other
 * scheme, and no way to name a file of the machine.
 */
public sealed interface MediaUri extends Writeable permits RepositoryUri, WebUri {

    /** Schemes of the web. */
    Pattern WEB = Pattern.compile("https?://.*", Pattern.CASE_INSENSITIVE);

    /** A URI of any scheme. */
    Pattern ANY_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");

    /** What errors call it. */
    String name();

    /** Whether a bare value is meant as a URI, of whatever scheme. */
    static boolean looksLikeOne(String value) {
        return value.length() < 4096 && ANY_SCHEME.matcher(value).matches();
    }

    /**
     * Reads a URI.
     *
     * @throws IllegalArgumentException if the scheme is another one or the path is not plain
     */
    static MediaUri parse(String uri) {
        if (uri.startsWith(RepositoryUri.SCHEME)) {
            return RepositoryUri.parse(uri);
        }
        if (WEB.matcher(uri).matches()) {
            return new WebUri(WebAddress.parse(uri));
        }
        throw new IllegalArgumentException(
                "can't read media from ["
                        + shorten(uri)
                        + "]; it must be base64, a data URL [data:video/mp4;base64,...],"
                        + " [repository://<repository>/<path>] or an allowed"
                        + " [https://<host>/<path>]");
    }

    /** Reads what {@link #write} wrote. */
    static MediaUri readFrom(StreamInput in) throws IOException {
        return in.readBoolean() ? new WebUri(in) : new RepositoryUri(in);
    }

    /** Writes one of either kind. */
    static void write(StreamOutput out, MediaUri uri) throws IOException {
        out.writeBoolean(uri instanceof WebUri);
        uri.writeTo(out);
    }

    /** As much of it as an error should hold. */
    static String shorten(String uri) {
        return uri.length() <= 200 ? uri : uri.substring(0, 200) + "...";
    }
}
