package org.vidvec.node;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.elasticsearch.test.ESTestCase;

/** What a dead node's log is turned into; the lines are those of real nodes. */
public class NodeLogTests extends ESTestCase {

    private static final String ARGUMENTS =
            "[INFO ][o.e.b.Elasticsearch] JVM arguments [-Xmx1g, -XX:+ExitOnOutOfMemoryError]\n";

    private static final NodeOptions OPTIONS = new NodeOptions("n", 9201, 9301, 1024, Map.of());

    public void testPort() throws Exception {
        assertThat(
                explain(
                        ARGUMENTS
                                + "org.elasticsearch.http.BindHttpException: Failed to bind to"
                                + " 127.0.0.1:9201\n",
                        1),
                equalTo(
                        "port [9201] or [9301] is taken; stop what listens there or choose another"
                                + " port"));
    }

    public void testMemory() throws Exception {
        String expected =
                "there is too little memory for a heap of [1024mb] and the model; free some or ask"
                        + " for a smaller heap";
        assertThat(
                explain("Error occurred: Could not reserve enough space for heap\n", 1),
                equalTo(expected));
        assertThat(explain(ARGUMENTS, 137), equalTo(expected));
    }

    public void testInnermostCause() throws Exception {
        String log =
                ARGUMENTS
                        + "java.lang.IllegalStateException: failed to load plugin vidvec\n"
                        + "\tat org.elasticsearch.plugins.PluginsService.loadBundle\n"
                        + "Caused by: java.lang.ClassNotFoundException: org.vidvec.Missing\n"
                        + "\t... 5 more\n"
                        + "ERROR: Elasticsearch did not exit normally\n";
        assertThat(
                explain(log, 1),
                containsString(
                        "its last words are [Caused by: java.lang.ClassNotFoundException:"
                                + " org.vidvec.Missing]; see ["));
    }

    public void testSilence() throws Exception {
        assertThat(explain("", 1), containsString("its last words are [nothing]"));
    }

    private static String explain(String log, int exitCode) throws Exception {
        Path file = createTempFile();
        Files.writeString(file, log);
        return new NodeLog(file).explain(OPTIONS, exitCode);
    }
}
