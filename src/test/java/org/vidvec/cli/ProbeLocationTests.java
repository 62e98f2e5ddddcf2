package org.vidvec.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.HostileLocations;

/** Each hostile location is refused by {@code probe}, with no connection and nothing shown. */
public class ProbeLocationTests extends ESTestCase {

    public void testEachIsRefused() throws Exception {
        StringBuilder log = new StringBuilder();
        Handler handler = collecting(log);
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        PrintStream standardError = System.err;
        Logger.getLogger("").addHandler(handler);
        System.setErr(new PrintStream(console, true, StandardCharsets.UTF_8));
        try (HostileLocations locations = new HostileLocations()) {
            for (String location : locations.all()) {
                StringWriter out = new StringWriter();
                StringWriter err = new StringWriter();
                int code =
                        Vidvec.run(
                                new String[] {"probe", location, "--json"},
                                new PrintWriter(out, true),
                                new PrintWriter(err, true));
                assertEquals(location, 2, code);
                JsonObject error =
                        JsonParser.parseString(out.toString())
                                .getAsJsonObject()
                                .getAsJsonObject("error");
                assertEquals(location, type(location), error.get("type").getAsString());
                assertNull(location, locations.leakIn(out.toString() + err));
            }
            assertNull(locations.leakIn(log + console.toString(StandardCharsets.UTF_8)));
            assertFalse("a connection", locations.reached());
        } finally {
            System.setErr(standardError);
            Logger.getLogger("").removeHandler(handler);
        }
    }

    /** Who runs the command may read the machine's files; those that are there are no media. */
    private static String type(String location) {
        boolean path = location.contains(":") == false && location.endsWith("/etc/passwd");
        boolean there = path && Files.exists(PathUtils.get(location));
        boolean read = location.startsWith("data:") || there;
        return read ? "not_media" : "illegal_argument_exception";
    }

    private static Handler collecting(StringBuilder log) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                log.append(line.getMessage()).append(line.getThrown()).append('\n');
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
