package org.vidvec.yaml;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One endpoint's REST spec: which path and method a call with given arguments takes. */
final class ApiSpec {

    private final String name;
    private final List<Map<String, Object>> paths;
    private final Set<String> params;
    private final boolean bulk;

    /**
     * @param json what stands below the name in the spec's file
     * @param commonParams query parameters that every endpoint takes
     */
    ApiSpec(String name, Map<String, Object> json, Set<String> commonParams) {
        this.name = name;
        this.paths = ApiSpecs.list(ApiSpecs.map(json.get("url")).get("paths"));
        this.params = new HashSet<>(ApiSpecs.map(json.get("params")).keySet());
        this.params.addAll(commonParams);
        this.bulk = "bulk".equals(ApiSpecs.map(json.get("body")).get("serialize"));
    }

    /**
     * Where a call goes.
     *
     * @param method of HTTP
     * @param path with its parts filled in
     * @param query parameters that are no part of the path
     */
    record Target(String method, String path, Map<String, Object> query) {}

    /** Whether the body is lines of JSON. */
    boolean isBulk() {
        return bulk;
    }

    /** Method and path of all that it covers, for example {@code GET /_search}. */
    List<String> routes() {
        return paths.stream()
                .flatMap(
                        path ->
                                ApiSpecs.<String>list(path.get("methods")).stream()
                                        .map(method -> method + " " + path.get("path")))
                .toList();
    }

    /**
     * Chooses the path with the most parts that are all given.
     *
     * @throws IllegalArgumentException if an argument is neither a part of it nor a parameter
     */
    Target target(Map<String, Object> arguments, boolean hasBody) {
        Map<String, Object> path =
                paths.stream()
                        .filter(one -> arguments.keySet().containsAll(parts(one)))
                        .max(Comparator.comparingInt(one -> parts(one).size()))
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                name + " needs more than " + arguments.keySet()));
        String filled = (String) path.get("path");
        Map<String, Object> query = new TreeMap<>(arguments);
        for (String part : parts(path)) {
            String value = String.valueOf(query.remove(part));
            String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
            filled = filled.replace("{" + part + "}", encoded);
        }
        for (String param : query.keySet()) {
            if (params.contains(param) == false) {
                throw new IllegalArgumentException(name + " has no parameter [" + param + "]");
            }
        }
        List<String> methods = ApiSpecs.list(path.get("methods"));
        String method =
                hasBody && methods.contains("POST") && methods.contains("GET")
                        ? "POST"
                        : methods.get(0);
        return new Target(method, filled, query);
    }

    private static Set<String> parts(Map<String, Object> path) {
        return ApiSpecs.map(path.get("parts")).keySet();
    }
}
