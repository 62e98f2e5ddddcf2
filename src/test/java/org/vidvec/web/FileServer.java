package org.vidvec.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real server of one file on the loopback address: parts at {@code /clips/}, the whole at {@code
 * /whole/}, redirects at {@code /to/}, statuses at {@code /status/}.
 */
public final class FileServer implements AutoCloseable {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    private final HttpServer server;
    private final byte[] file;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile String version = "\"1\"";
    private volatile String target = "";

    /**
     * Serves from now on.
     *
     * @param file whatever the name is
     */
    public FileServer(byte[] file) throws IOException {
        this.file = file;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/clips/", this::part);
        server.createContext("/whole/", exchange -> send(exchange, 200, file));
        server.createContext("/endless/", this::endless);
        server.createContext(
                "/to/",
                exchange -> {
                    exchange.getResponseHeaders().set("Location", target);
                    send(exchange, 302, new byte[0]);
                });
        server.createContext(
                "/status/",
                exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    int status = Integer.parseInt(path.substring("/status/".length()));
                    send(exchange, status, new byte[1000]);
                });
        server.start();
    }

    /** {@code http://127.0.0.1:<port>}. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Paths and ranges, in order. */
    public List<String> requests() {
        return requests;
    }

    /** Another file of the same length from now on. */
    void replace() {
        version = "\"2\"";
    }

    /** Where {@code /to/} leads. */
    void redirectTo(String location) {
        target = location;
    }

    private void part(HttpExchange exchange) throws IOException {
        Matcher range = RANGE.matcher(exchange.getRequestHeaders().getFirst("Range"));
        if (range.matches() == false) {
            throw new IOException("not a range");
        }
        int from = Integer.parseInt(range.group(1));
        int to = Math.min(Integer.parseInt(range.group(2)), file.length - 1);
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes " + from + "-" + to + "/" + file.length);
        byte[] part = java.util.Arrays.copyOfRange(file, from, to + 1);
        send(exchange, 206, part);
    }

    private void endless(HttpExchange exchange) throws IOException {
        note(exchange);
        // of no announced length
        exchange.sendResponseHeaders(200, 0);
        try (exchange) {
            while (true) {
                exchange.getResponseBody().write(new byte[8192]);
            }
        } catch (IOException e) {
            requests.add("gone");
        }
    }

    private void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        note(exchange);
        exchange.getResponseHeaders().set("ETag", version);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    private void note(HttpExchange exchange) {
        requests.add(
                exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Range"));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
