package org.vidvec.web;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/**
 * Reads files of the web that an administrator allows, and follows redirects to others of them. It
 * asks servers themselves, through no proxy, so that the address that was looked at is the one that
 * is asked. Its callers wait. Thread-safe. See docs/decisions/0040-files-of-the-web.md.
 */
public final class WebReader implements Closeable {

    /** The setting with the prefixes. */
    public static final String ALLOWED = "vidvec.media.allowed_urls";

    /** The setting with the time for one request. */
    public static final String TIMEOUT = "vidvec.media.url_timeout";

    private static final Logger LOG = System.getLogger(WebReader.class.getName());

    /** Bytes that are asked for first: an image, or what tells of a video. */
    private static final int FIRST = 64 << 10;

    // as many as the host's url repositories follow
    private static final int MOST_REDIRECTS = 5;

    private final List<UrlPrefix> allowed;
    private final Duration timeout;
    private HttpClient client;

    /**
     * @param allowed what URLs may begin with; empty for none at all
     * @param timeout for one request, which asks for 4 MB at most where the server sends parts
     */
    public WebReader(List<UrlPrefix> allowed, Duration timeout) {
        this.allowed = List.copyOf(allowed);
        this.timeout = timeout;
    }

    /**
     * Asks for a file.
     *
     * @param mostWhole bytes that are read of a file whose server sends no parts
     * @param heap told of bytes before they are kept; what it throws ends the reading
     * @throws IllegalArgumentException if it may not be read, or there is none
     * @throws IOException if its server does not answer as it should; its message is for users and
     *     says neither which file nor at which address
     */
    public WebFile open(WebAddress url, int mostWhole, LongConsumer heap) throws IOException {
        WebAddress at = url;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            WebReply reply = get(at, 0, FIRST, mostWhole, heap);
            if (reply.isRedirect() == false) {
                return file(url, at, reply, mostWhole);
            }
            at = next(url, at, reply.location());
        }
        throw new IOException("it leads on more than [" + MOST_REDIRECTS + "] times");
    }

    private WebAddress next(WebAddress url, WebAddress at, String location) {
        WebAddress next;
        try {
            next = at.redirected(location);
        } catch (IllegalArgumentException e) {
            throw refuse(url, "leads to what is no URL of a file; give the file's own");
        }
        if (isAllowed(next) == false) {
            throw refuse(url, "leads to a URL that may not be read: " + nowhereAllowed());
        }
        return next;
    }

    private WebFile file(WebAddress url, WebAddress at, WebReply reply, int mostWhole)
            throws IOException {
        int length = reply.body().length;
        if (reply.isPart() && reply.from() == 0 && length == Math.min(FIRST, reply.total())) {
            return new WebFile(this, at, reply, reply.total(), length == reply.total());
        }
        if (reply.isAll()) {
            long size = Math.max(length, reply.total());
            return new WebFile(this, at, reply, size, size <= mostWhole);
        }
        switch (reply.status()) {
            case 401, 403 ->
                    throw refuse(
                            url,
                            "may not be read: its server answers with status ["
                                    + reply.status()
                                    + "]; give a URL that needs no login, such as a signed one");
            case 404, 410 ->
                    throw refuse(
                            url,
                            "is not there: its server answers with status ["
                                    + reply.status()
                                    + "]; give the URL of a file");
            case 416 -> throw refuse(url, "is empty; give the URL of a file");
            case 206 -> throw new IOException("its server sends other parts than it is asked for");
            default ->
                    throw new IOException(
                            "its server answers with status [" + reply.status() + "]");
        }
    }

    /**
     * Asks for a part of a file.
     *
     * @throws IllegalArgumentException if it may not be read
     */
    WebReply get(WebAddress at, long position, int length) throws IOException {
        // a part is as long as the buffer of its reader
        return get(at, position, length, 0, bytes -> {});
    }

    private WebReply get(WebAddress at, long position, int length, int mostWhole, LongConsumer heap)
            throws IOException {
        check(at);
        HttpRequest request =
                HttpRequest.newBuilder(at.uri())
                        .header("Range", "bytes=" + position + "-" + (position + length - 1))
                        .header("Accept-Encoding", "identity")
                        .header("User-Agent", "vidvec")
                        .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                send(request, info -> new LimitedBody(limit(info, length, mostWhole), heap));
        try {
            return WebReply.of(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException(
                    "no answer within the limit of ["
                            + timeout.toMillis() / 1000.0
                            + "s] set by ["
                            + TIMEOUT
                            + "]");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("reading it was interrupted");
        } catch (ExecutionException e) {
            throw broken(at, e.getCause());
        }
    }

    private CompletableFuture<HttpResponse<byte[]>> send(
            HttpRequest request, HttpResponse.BodyHandler<byte[]> body) throws IOException {
        try {
            return client().sendAsync(request, body);
        } catch (RuntimeException e) {
            throw broken(new WebAddress(request.uri()), e);
        }
    }

    private static int limit(HttpResponse.ResponseInfo answer, int length, int mostWhole) {
        return switch (answer.statusCode()) {
            case 206 -> length;
            case 200 -> {
                long told = answer.headers().firstValueAsLong("Content-Length").orElse(0);
                yield told > mostWhole ? 0 : mostWhole;
            }
            default -> 0;
        };
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .proxy(HttpClient.Builder.NO_PROXY)
                            .connectTimeout(timeout)
                            .build();
        }
        return client;
    }

    /** A failure without its cause, which may tell addresses. */
    private static IOException broken(WebAddress at, Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof LimitedBody.NoRoom full) {
                throw full.getCause();
            }
        }
        LOG.log(Level.DEBUG, "could not read [" + at.name() + "]", cause);
        // the host's NotEntitledException
        if (String.valueOf(cause.getMessage()).contains("[outbound_network]")) {
            return new IOException(
                    "Elasticsearch does not let the plugin use the network, for want of the"
                            + " entitlement [outbound_network]; [vidvec-decoder --jvm-option"
                            + " VERSION] prints a line for the node's config/jvm.options.d that"
                            + " does");
        }
        return new IOException("the connection to its server failed or broke off");
    }

    private boolean isAllowed(WebAddress url) {
        return allowed.stream().anyMatch(prefix -> prefix.allows(url));
    }

    /** Whenever it is asked: what a host's name stands for may change. */
    private void check(WebAddress url) throws IOException {
        if (isAllowed(url) == false) {
            throw refuse(url, "may not be read: " + nowhereAllowed());
        }
        if (allowed.stream().anyMatch(prefix -> prefix.isPrivate() && prefix.allows(url))) {
            return;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(url.host())) {
                if (PublicAddress.is(address) == false) {
                    throw refuse(
                            url,
                            "may not be read: its host is not at a public address; if that is"
                                    + " meant, its prefix in ["
                                    + ALLOWED
                                    + "] must begin with [private+]");
                }
            }
        } catch (UnknownHostException e) {
            throw new IOException("its host is not known here");
        }
    }

    private static String nowhereAllowed() {
        return "it begins with none of the prefixes in ["
                + ALLOWED
                + "] of the inference nodes; have one added there, or send the file as base64";
    }

    private static IllegalArgumentException refuse(WebAddress url, String reason) {
        return new IllegalArgumentException("[" + url.name() + "] " + reason);
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
