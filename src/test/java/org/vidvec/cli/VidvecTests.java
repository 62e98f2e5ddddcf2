package org.vidvec.cli;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.elasticsearch.test.ESTestCase;

/** Exit codes and sentences of the command line. */
public class VidvecTests extends ESTestCase {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    public void testHelpNamesTheCommands() {
        assertThat(run("help"), equalTo(0));
        assertThat(out.toString(), containsString("demo"));
        assertThat(out.toString(), containsString("node"));
        assertThat(out.toString(), containsString("test"));
        assertThat(err.toString(), equalTo(""));
    }

    public void testNoCommandShowsTheUsage() {
        assertThat(run(), equalTo(0));
        assertThat(out.toString(), containsString("Usage: vidvec"));
    }

    public void testWrongUsage() {
        assertThat(run("demmo"), equalTo(2));
        assertThat(err.toString(), containsString("Unmatched argument at index 0: 'demmo'"));
        assertThat(run("demo", "--port", "many"), equalTo(2));
        assertThat(err.toString(), containsString("'--port': 'many' is not an int"));
        assertThat(out.toString(), equalTo(""));
    }

    public void testTakenPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(socket.getLocalPort());
            assertThat(run("demo", "--json", "--port", port), equalTo(1));
            String sentence =
                    "port ["
                            + port
                            + "] is taken; stop what listens there, choose another one with"
                            + " [--port], or leave it out";
            assertThat(err.toString(), equalTo("vidvec: " + sentence + System.lineSeparator()));
            assertThat(
                    out.toString().strip(),
                    equalTo("{\"error\":{\"reason\":\"" + sentence + "\"}}"));
        }
    }

    public void testOutsideOfASourceTree() {
        String project = System.getProperty(Project.PROPERTY);
        String elsewhere = createTempDir().toString();
        System.setProperty(Project.PROPERTY, elsewhere);
        try {
            assertThat(run("node"), equalTo(1));
            assertThat(
                    err.toString(),
                    containsString(
                            "vidvec: this command needs Vidvec's source tree, not ["
                                    + elsewhere
                                    + "]; clone it and run [./vidvec] there"));
        } finally {
            System.setProperty(Project.PROPERTY, project);
        }
    }

    private int run(String... args) {
        return Vidvec.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
