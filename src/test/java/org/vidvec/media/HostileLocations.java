package org.vidvec.media;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Locations that must not be read, from {@code media/bad/uris.json}, with listeners on both
 * loopback addresses: their ports stand in for the one that the file names.
 */
public final class HostileLocations implements AutoCloseable {

    private static final int NUMBER = 12;

    private final ServerSocketChannel four;
    private final ServerSocketChannel six;
    private final List<String> all = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();

    /** Listens from now on. */
    public HostileLocations() throws IOException {
        four = listener("127.0.0.1");
        six = listener("::1");
        JsonObject file =
                JsonParser.parseString(
                                new String(
                                        MediaFiles.bytes("bad/uris.json"), StandardCharsets.UTF_8))
                        .getAsJsonObject();
        String port = ":" + file.get("loopback_port").getAsString();
        for (JsonElement each : file.getAsJsonArray("uris")) {
            String uri = each.getAsJsonObject().get("uri").getAsString();
            all.add(
                    uri.replace("127.0.0.1" + port, "127.0.0.1:" + port(four))
                            .replace("[::1]" + port, "[::1]:" + port(six)));
        }
        if (all.size() != NUMBER) {
            throw new IOException("[" + all.size() + "] locations");
        }
        secrets.add(file.get("canary").getAsString());
        secrets.add(Files.readAllLines(Path.of("/etc/passwd")).get(0));
    }

    private static ServerSocketChannel listener(String address) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            channel.close();
            // a machine without IPv6 has nothing that could be reached there
            return null;
        }
    }

    private static int port(ServerSocketChannel channel) throws IOException {
        return channel == null ? 9 : ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /** All of them. */
    public List<String> all() {
        return all;
    }

    /** What of the texts that must never be shown is in an answer or a log; null if nothing is. */
    public String leakIn(String text) {
        return secrets.stream().filter(text::contains).findFirst().orElse(null);
    }

    /** Whether anybody connected so far. */
    public boolean reached() throws IOException {
        return four != null && four.accept() != null || six != null && six.accept() != null;
    }

    @Override
    public void close() throws IOException {
        try (four) {
            if (six != null) {
                six.close();
            }
        }
    }
}
