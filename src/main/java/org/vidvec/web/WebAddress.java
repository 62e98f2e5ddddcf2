package org.vidvec.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An absolute URL with nothing in it that servers read in different ways: neither a user's name nor
 * a fragment, and no way up in its path.
 *
 * @param uri {@code http} or {@code https}, with a host
 */
public record WebAddress(URI uri) {

    private static final int LONGEST_NAME = 200;

    private static final Pattern LOGIN = Pattern.compile("//[^/]*@");

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException if it is none of that kind
     */
    public static WebAddress parse(String text) {
        try {
            return new WebAddress(new URI(text));
        } catch (URISyntaxException e) {
            throw refuse(name(text), "is no URL; write blanks and the like as %20");
        }
    }

    /**
     * @throws IllegalArgumentException see above
     */
    public WebAddress {
        String name = name(uri.toString());
        if (isWeb(uri.getScheme()) == false || uri.getHost() == null) {
            throw refuse(name, "names no file on the web; it must be [https://<host>/<path>]");
        }
        if (uri.getRawUserInfo() != null) {
            throw refuse(
                    name,
                    "must not hold a user's name; give a URL that needs no login, such as a signed"
                            + " one");
        }
        if (uri.getRawFragment() != null) {
            throw refuse(name, "must not hold a [#]; leave out what follows it");
        }
        if (leadsUp(uri.getRawPath())) {
            throw refuse(
                    name,
                    "must not hold [.] or [..] or a backslash; name the file by its plain path");
        }
    }

    private static boolean isWeb(String scheme) {
        return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    }

    /** Also where servers would decode the path, or cut off parameters of its parts. */
    private static boolean leadsUp(String rawPath) {
        String path;
        try {
            path = URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return true;
        }
        if (path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0) {
            return true;
        }
        for (String part : path.split("/")) {
            String plain = part.split(";", 2)[0];
            if (plain.equals(".") || plain.equals("..")) {
                return true;
            }
        }
        return false;
    }

    String scheme() {
        return uri.getScheme().toLowerCase(Locale.ROOT);
    }

    /** An address of IPv6 in its brackets. */
    String host() {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    int port() {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return scheme().equals("https") ? 443 : 80;
    }

    /** As it is written, at least a slash. */
    String path() {
        return uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    }

    /** Where a redirect of this one leads. */
    WebAddress redirected(String location) {
        try {
            return new WebAddress(uri.resolve(new URI(location)));
        } catch (URISyntaxException e) {
            throw refuse(name(), "leads to what is no URL");
        }
    }

    /** What errors and logs call it: without what may be a signature or a password. */
    public String name() {
        return name(uri.toString());
    }

    private static String name(String text) {
        int query = text.indexOf('?');
        String path = query < 0 ? text : text.substring(0, query) + "?...";
        return shorten(LOGIN.matcher(path).replaceFirst("//...@"));
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "...";
    }

    private static IllegalArgumentException refuse(String name, String reason) {
        return new IllegalArgumentException("[" + name + "] " + reason);
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
