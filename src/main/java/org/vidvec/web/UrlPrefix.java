package org.vidvec.web;

/**
 * What URLs may begin with, as an administrator writes it: {@code https://cdn.example.org/clips/}.
 * One of a host that is not at a public address says so: {@code private+http://10.0.0.5/clips/}.
 *
 * @param start scheme, host and port are to be the same; its path is the file's, or a folder's
 * @param isPrivate whether the host may be at any address
 */
public record UrlPrefix(WebAddress start, boolean isPrivate) {

    private static final String PRIVATE = "private+";

    /**
     * Reads a value of the setting.
     *
     * @throws IllegalArgumentException if it is no URL, has a query, or is an address that is not
     *     public and does not say so
     */
    public static UrlPrefix of(String text) {
        boolean isPrivate = text.startsWith(PRIVATE);
        WebAddress start = parse(isPrivate ? text.substring(PRIVATE.length()) : text);
        if (start.uri().getRawQuery() != null) {
            throw refuse(text, "must not hold a [?]; a prefix ends with its path");
        }
        if (isPrivate == false && PublicAddress.isOtherLiteral(start.host())) {
            throw refuse(
                    text,
                    "is not at a public address; if that is meant, write [" + PRIVATE + text + "]");
        }
        return new UrlPrefix(start, isPrivate);
    }

    private static WebAddress parse(String text) {
        try {
            return WebAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "in [" + WebReader.ALLOWED + "]: " + e.getMessage(), e);
        }
    }

    /**
     * Whether a URL lies below it. A path ends at a slash: {@code /clips} says nothing of {@code
     * /clips2}.
     */
    boolean allows(WebAddress url) {
        String folder = start.path().endsWith("/") ? start.path() : start.path() + "/";
        return url.scheme().equals(start.scheme())
                && url.host().equals(start.host())
                && url.port() == start.port()
                && (url.path().equals(start.path()) || url.path().startsWith(folder));
    }

    private static IllegalArgumentException refuse(String text, String reason) {
        return new IllegalArgumentException(
                "[" + text + "] in [" + WebReader.ALLOWED + "] " + reason);
    }
}
