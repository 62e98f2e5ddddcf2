package org.vidvec.web;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server answered, without what it says beside.
 *
 * @param status of HTTP
 * @param body as far as it was read
 * @param from position of the body's first byte; 0 of a whole file
 * @param total size of the file; -1 if the server does not tell
 * @param version what changes with the file; null if the server tells nothing of the kind
 * @param location where the file is said to be; null for here
 */
record WebReply(int status, byte[] body, long from, long total, String version, String location) {

    private static final Pattern CONTENT_RANGE =
            Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");

    static WebReply of(HttpResponse<byte[]> response) {
        HttpHeaders headers = response.headers();
        long from = 0;
        long total = headers.firstValueAsLong("Content-Length").orElse(-1);
        if (response.statusCode() == 206) {
            Matcher range = CONTENT_RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
            boolean told = range.matches();
            from = told ? Long.parseLong(range.group(1)) : -1;
            total = told ? Long.parseLong(range.group(2)) : -1;
        }
        return new WebReply(
                response.statusCode(),
                response.body(),
                from,
                total,
                headers.firstValue("ETag")
                        .or(() -> headers.firstValue("Last-Modified"))
                        .orElse(null),
                headers.firstValue("Location").orElse(null));
    }

    /** A part of the file, as it was asked for. */
    boolean isPart() {
        return status == 206;
    }

    /** All of the file: the server knows no parts. */
    boolean isAll() {
        return status == 200;
    }

    boolean isRedirect() {
        return location != null
                && (status == 301
                        || status == 302
                        || status == 303
                        || status == 307
                        || status == 308);
    }
}
