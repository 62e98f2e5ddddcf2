package org.vidvec.cli;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.test.ESTestCase;

/** What the script {@code vidvec} says where something is missing. */
public class ScriptTests extends ESTestCase {

    public void testNoJdk() throws Exception {
        // a home and a path without a JDK; the usual places of this machine hold one
        Path script = Path.of(System.getProperty(Project.PROPERTY), "vidvec");
        String text =
                Files.readString(script)
                        .replace("/usr/lib/jvm/*", "")
                        .replace("/usr/java/* /opt/java/* /opt/jdk*", "")
                        .replace("/Library/Java/JavaVirtualMachines/*/Contents/Home", "");
        assertThat(
                run(text, "/nowhere"),
                equalTo(
                        "vidvec: no JDK 21 or newer found; install one (https://adoptium.net) or set"
                                + " JAVA_HOME to its folder\n1\n"));
    }

    public void testNoMaven() throws Exception {
        Path script = Path.of(System.getProperty(Project.PROPERTY), "vidvec");
        assertThat(
                run(Files.readString(script), System.getProperty("java.home")),
                containsString("vidvec: no Maven found; install it"));
    }

    /** What the script prints on standard error, and then its exit code. */
    private static String run(String script, String javaHome) throws Exception {
        // the real folder below the test framework's own file system: processes read it
        Path folder = Path.of(createTempDir().toString());
        Path tools = folder.resolve("tools");
        Files.createDirectories(tools);
        for (String tool : List.of("dirname", "readlink", "sed", "uname")) {
            Files.createSymbolicLink(tools.resolve(tool), which(tool));
        }
        Path file = folder.resolve("vidvec");
        Files.writeString(file, script);
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh", file.toString(), "help")
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("JAVA_HOME", javaHome);
        int code = builder.start().waitFor();
        return Files.readString(output) + code + "\n";
    }

    private static Path which(String tool) {
        for (String folder : List.of("/usr/bin", "/bin")) {
            if (Files.exists(Path.of(folder, tool))) {
                return Path.of(folder, tool);
            }
        }
        throw new AssertionError("this machine has no [" + tool + "]");
    }
}
