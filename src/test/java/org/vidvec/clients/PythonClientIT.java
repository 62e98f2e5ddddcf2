package org.vidvec.clients;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The official Python client, as a program of its own. Python is that of {@code VIDVEC_PYTHON}, or
 * of a virtual environment under {@code target}, which this test makes where there is none.
 */
public class PythonClientIT extends ClientTestCase {

    private static final Path ENVIRONMENT = PROJECT.resolve("target").resolve("python");

    private static String python() throws IOException {
        String given = System.getenv("VIDVEC_PYTHON");
        if (given != null) {
            return given;
        }
        Path own = ENVIRONMENT.resolve("bin").resolve("python3");
        if (Files.exists(own) == false) {
            assumeTrue(
                    "there is no python3 on this machine: the Python client is not tested; install"
                            + " Python 3 with its venv module, or name one by VIDVEC_PYTHON",
                    CommandLine.exists("python3"));
            require(List.of("python3", "-m", "venv", ENVIRONMENT.toString()));
        }
        if (CommandLine.run(PROJECT, List.of(own.toString(), "-c", "import elasticsearch")).status()
                != 0) {
            require(
                    List.of(
                            own.toString(),
                            "-m",
                            "pip",
                            "install",
                            "--quiet",
                            "--disable-pip-version-check",
                            "elasticsearch>=9,<10"));
        }
        return own.toString();
    }

    private static String require(List<String> command) throws IOException {
        CommandLine.Outcome outcome = CommandLine.run(PROJECT, command);
        assertEquals(command + " failed: " + outcome.output(), 0, outcome.status());
        return outcome.output();
    }

    public void testDemoRequests() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(python());
        command.add(PROJECT.resolve("src/test/resources/clients/demo.py").toString());
        command.add(node().toString());
        command.add(PROJECT.toString());
        command.addAll(CLIPS);
        String output = require(command);
        String lastLine = output.strip().substring(output.strip().lastIndexOf('\n') + 1);
        JsonObject report = JsonParser.parseString(lastLine).getAsJsonObject();
        assertTrue(output, report.get("version").getAsString().startsWith("9."));
        assertEquals(CLIPS.size(), report.get("ingested").getAsInt());
        assertEquals(CLIPS.size(), report.getAsJsonObject("knn").size());
        assertEquals("resource_not_found_exception", report.get("missing").getAsString());
        for (JsonElement pYes : report.getAsJsonObject("reranked").asMap().values()) {
            assertTrue(output, pYes.getAsDouble() > 0 && pYes.getAsDouble() <= 1);
        }
        assertEquals(CLIPS.size(), report.getAsJsonObject("reranked").size());
    }
}
