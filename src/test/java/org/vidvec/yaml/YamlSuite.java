package org.vidvec.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.yaml.YamlXContent;

/**
 * One file of tests in Elasticsearch's own YAML format: documents of one section each, {@code
 * setup} and {@code teardown} around every other.
 *
 * @param name of the file
 * @param setup steps before each test
 * @param teardown steps after each test, even if it failed
 * @param tests steps by the test's name, in the order of the file
 */
record YamlSuite(
        String name,
        List<Map<String, Object>> setup,
        List<Map<String, Object>> teardown,
        Map<String, List<Map<String, Object>>> tests) {

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it does not have the format
     */
    static YamlSuite read(Path file) throws IOException {
        String name = file.getFileName().toString();
        Map<String, List<Map<String, Object>>> sections = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(file);
                XContentParser parser =
                        YamlXContent.yamlXContent.createParser(
                                XContentParserConfiguration.EMPTY, in)) {
            while (parser.nextToken() != null) {
                parser.mapOrdered()
                        .forEach(
                                (section, steps) -> {
                                    if (sections.put(section, steps(name, section, steps))
                                            != null) {
                                        throw new IllegalArgumentException(
                                                name + " has [" + section + "] twice");
                                    }
                                });
            }
        }
        List<Map<String, Object>> setup = orNone(sections.remove("setup"));
        List<Map<String, Object>> teardown = orNone(sections.remove("teardown"));
        return new YamlSuite(name, setup, teardown, sections);
    }

    private static List<Map<String, Object>> orNone(List<Map<String, Object>> steps) {
        return steps == null ? List.of() : steps;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> steps(String file, String section, Object value) {
        List<Map<String, Object>> steps = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object step : list) {
                if (step instanceof Map<?, ?> map && map.size() == 1) {
                    steps.add((Map<String, Object>) map);
                } else {
                    throw new IllegalArgumentException(
                            file + " [" + section + "]: not a step: " + step);
                }
            }
            return steps;
        }
        throw new IllegalArgumentException(file + " [" + section + "] must be a list of steps");
    }
}
