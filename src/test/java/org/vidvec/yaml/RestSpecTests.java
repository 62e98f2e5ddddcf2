package org.vidvec.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;

/** Every endpoint has a REST spec, and every spec a YAML test that calls it. */
public class RestSpecTests extends ESTestCase {

    private static final Path PROJECT = PathUtils.get(System.getProperty("vidvec.project.dir"));
    private static final Pattern ROUTE =
            Pattern.compile("new Route\\(\\s*RestRequest\\.Method\\.(\\w+),\\s*\"([^\"]+)\"");

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    private static String all(List<Path> files) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(Files.readString(file));
        }
        return text.toString();
    }

    public void testEveryRouteHasASpec() throws IOException {
        TreeSet<String> routes = new TreeSet<>();
        ROUTE.matcher(all(files("src/main/java", ".java")))
                .results()
                .forEach(route -> routes.add(route.group(1) + " " + route.group(2)));
        TreeSet<String> specified = new TreeSet<>();
        ApiSpecs specs = new ApiSpecs(PROJECT.resolve("rest-api-spec/api"));
        for (Path file : files("rest-api-spec/api", ".json")) {
            specified.addAll(specs.get(name(file)).routes());
        }
        assertFalse("there are routes", routes.isEmpty());
        assertEquals(routes, specified);
    }

    public void testEverySpecIsCalledByATest() throws IOException {
        String tests = all(files("rest-api-spec/test", ".yml"));
        List<String> uncalled = new ArrayList<>();
        for (Path file : files("rest-api-spec/api", ".json")) {
            if (tests.contains("      " + name(file) + ":") == false) {
                uncalled.add(name(file));
            }
        }
        assertEquals(List.of(), uncalled);
    }

    private static String name(Path spec) {
        return spec.getFileName().toString().replace(".json", "");
    }
}
