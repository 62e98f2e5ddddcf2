package org.vidvec.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.json.JsonXContent;

/** The REST specs by name: our own from a folder, the host's from its published jar. */
final class ApiSpecs {

    private static final String HOST_SPECS = "/rest-api-spec/api/";

    private final Path ours;
    private final Map<String, ApiSpec> read = new HashMap<>();
    private final Set<String> commonParams;

    /**
     * @param ours folder with our specs
     */
    ApiSpecs(Path ours) throws IOException {
        this.ours = ours;
        try (InputStream in = ApiSpecs.class.getResourceAsStream(HOST_SPECS + "_common.json")) {
            commonParams = map(json(in).get("params")).keySet();
        }
    }

    /**
     * The spec of an endpoint.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    ApiSpec get(String name) throws IOException {
        ApiSpec spec = read.get(name);
        if (spec == null) {
            spec = new ApiSpec(name, map(readJson(name).get(name)), commonParams);
            read.put(name, spec);
        }
        return spec;
    }

    private Map<String, Object> readJson(String name) throws IOException {
        Path file = ours.resolve(name + ".json");
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                return json(in);
            }
        }
        try (InputStream in = ApiSpecs.class.getResourceAsStream(HOST_SPECS + name + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "no REST spec [" + name + "] in [" + ours + "] or among the host's");
            }
            return json(in);
        }
    }

    private static Map<String, Object> json(InputStream in) throws IOException {
        try (XContentParser parser =
                JsonXContent.jsonXContent.createParser(XContentParserConfiguration.EMPTY, in)) {
            return parser.mapOrdered();
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static <T> List<T> list(Object value) {
        return value == null ? List.of() : (List<T>) value;
    }
}
