package org.vidvec.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;

/** Files stay small, packages are introduced, and the documents name only what exists. */
public class SourceTests extends ESTestCase {

    private static final int MAX_FILE_LINES = 400;
    private static final int MAX_METHOD_LINES = 60;
    private static final int MAX_GRAPH_LINES = 200;
    private static final int MAX_PACKAGE_FILES = 40;

    /**
     * Exceptions with their reason in docs/decisions/0011, 0013, 0017, 0019, 0022, 0025-0027, 0030,
     * 0032, 0035.
     */
    private static final Map<String, Integer> CROWDED =
            Map.of(
                    "model",
                    75,
                    "world",
                    65,
                    "media",
                    85,
                    "cli",
                    50,
                    "train",
                    65,
                    "action",
                    65,
                    "search",
                    50,
                    "inference",
                    50);

    /**
     * A method's first line at member depth in the fixed format: 4 spaces, no assignment, ends with
     * a brace.
     */
    private static final Pattern METHOD =
            Pattern.compile(
                    "^ {4}(?! )(?!.*\\b(?:class|record|interface|enum) ).*\\) ?(?:throws [\\w., ]+)?\\{$");

    private static final Pattern FORBIDDEN_NAME =
            Pattern.compile(".*(?:Util|Utils|Helper|Manager|Common|Impl|DTO)$");
    private static final Path ROOT = root();

    private static Path root() {
        return PathUtils.get(System.getProperty("vidvec.project.dir"));
    }

    public void testFilesAreShort() throws IOException {
        List<String> bad = new ArrayList<>();
        for (Path file : find("src", ".java")) {
            int lines = Files.readAllLines(file).size();
            if (lines > MAX_FILE_LINES) {
                bad.add(ROOT.relativize(file) + " has " + lines + " lines");
            }
        }
        for (Path file : find("src/main/resources/graphs", ".py")) {
            int lines = Files.readAllLines(file).size();
            if (lines > MAX_GRAPH_LINES) {
                bad.add(ROOT.relativize(file) + " has " + lines + " lines");
            }
        }
        assertEquals(List.of(), bad);
    }

    public void testMethodsFitAScreen() throws IOException {
        List<String> bad = new ArrayList<>();
        for (Path file : find("src/main/java", ".java")) {
            List<String> lines = Files.readAllLines(file);
            int start = -1;
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (start < 0 && METHOD.matcher(line).matches()) {
                    start = i;
                } else if (start >= 0 && line.equals("    }")) {
                    if (i - start + 1 > MAX_METHOD_LINES) {
                        bad.add(
                                ROOT.relativize(file)
                                        + ":"
                                        + (start + 1)
                                        + " has "
                                        + (i - start + 1)
                                        + " lines");
                    }
                    start = -1;
                }
            }
        }
        assertEquals(List.of(), bad);
    }

    public void testPackagesAreIntroducedAndNotCrowded() throws IOException {
        List<String> bad = new ArrayList<>();
        try (Stream<Path> folders =
                Files.walk(ROOT.resolve("src/main/java/org/vidvec")).filter(Files::isDirectory)) {
            for (Path folder : (Iterable<Path>) folders::iterator) {
                long files = count(folder);
                String name = folder.getFileName().toString();
                if (files > CROWDED.getOrDefault(name, MAX_PACKAGE_FILES)) {
                    bad.add(ROOT.relativize(folder) + " has " + files + " files");
                }
                if (files > 0 && Files.notExists(folder.resolve("package-info.java"))) {
                    bad.add(ROOT.relativize(folder) + " has no package-info.java");
                }
            }
        }
        assertEquals(List.of(), bad);
    }

    public void testNamesSayWhatThingsAre() throws IOException {
        List<String> bad = new ArrayList<>();
        for (Path file : find("src/main/java", ".java")) {
            String name = file.getFileName().toString().replace(".java", "");
            if (FORBIDDEN_NAME.matcher(name).matches()) {
                bad.add(name);
            }
        }
        assertEquals(List.of(), bad);
    }

    /**
     * Every {@code package/Class.java} and {@code Class} in backticks in the documents is a file of
     * ours.
     */
    public void testDocumentsNameWhatExists() throws IOException {
        TreeSet<String> classes = new TreeSet<>();
        for (Path file : find("src", ".java")) {
            classes.add(file.getFileName().toString().replace(".java", ""));
        }
        Pattern named = Pattern.compile("`(?:[a-z]+/)?([A-Z][A-Za-z0-9]+)(?:\\.java)?`");
        List<String> bad = new ArrayList<>();
        for (Path file : find("docs", ".md")) {
            Matcher m = named.matcher(Files.readString(file));
            while (m.find()) {
                if (!classes.contains(m.group(1)) && !FOREIGN.contains(m.group(1))) {
                    bad.add(ROOT.relativize(file) + " names " + m.group(1));
                }
            }
        }
        assertEquals(List.of(), bad);
    }

    public void testEverySettingAndEndpointIsDocumented() throws IOException {
        String reference = Files.readString(ROOT.resolve("docs/reference.md"));
        List<String> missing = new ArrayList<>();
        String settings =
                Files.readString(ROOT.resolve("src/main/java/org/vidvec/VidvecSettings.java"));
        Pattern.compile("\"(vidvec\\.[a-z_.]+)\"")
                .matcher(settings)
                .results()
                .map(r -> r.group(1))
                .filter(s -> reference.contains("`" + s + "`") == false)
                .forEach(missing::add);
        for (Path handler : find("src/main/java/org/vidvec/action", ".java")) {
            Matcher route =
                    Pattern.compile("Method\\.([A-Z]+), \"/(_vidvec[^\"]+)\"")
                            .matcher(Files.readString(handler));
            while (route.find()) {
                String request = route.group(1) + " " + route.group(2);
                if (reference.contains("`" + request + "`") == false) {
                    missing.add(request + " in docs/reference.md");
                }
                if (find("rest-api-spec/api", ".json").stream()
                        .noneMatch(f -> holds(f, "/" + route.group(2)))) {
                    missing.add(request + " in rest-api-spec/api");
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file).contains("\"" + text + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each walk in docs/architecture.md goes through at most nine files. */
    public void testWalksAreShort() throws IOException {
        Pattern step = Pattern.compile("`[a-z]+/[A-Z][A-Za-z0-9]+\\.java`");
        int walks = 0;
        for (String section :
                Files.readString(ROOT.resolve("docs/architecture.md")).split("\n### Walk ")) {
            if (walks++ == 0) {
                continue;
            }
            long files =
                    step.matcher(section.split("\n## ")[0])
                            .results()
                            .map(r -> r.group())
                            .distinct()
                            .count();
            assertTrue(
                    "walk " + section.lines().findFirst().orElse("") + " names " + files + " files",
                    files >= 2 && files <= 9);
        }
        assertEquals("walks", 5, walks - 1);
    }

    /** Names in backticks that are not ours. */
    private static final List<String> FOREIGN =
            List.of("Error", "ENTRYPOINT", "FROM", "NOTICE", "LICENSE");

    private static List<Path> find(String folder, String suffix) throws IOException {
        Path start = ROOT.resolve(folder);
        if (Files.notExists(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
        }
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".java")).count();
        }
    }
}
