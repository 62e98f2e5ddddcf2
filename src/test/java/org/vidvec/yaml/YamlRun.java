package org.vidvec.yaml;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.elasticsearch.common.Strings;
import org.elasticsearch.test.rest.Stash;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.vidvec.node.HttpTestCase;

/** Runs the steps of one YAML test against a node. */
final class YamlRun {

    private static final Map<String, Integer> STATUSES =
            Map.of(
                    "bad_request", 400,
                    "forbidden", 403,
                    "missing", 404,
                    "request_timeout", 408,
                    "conflict", 409,
                    "too_many_requests", 429,
                    "unavailable", 503);

    private final Http http;
    private final ApiSpecs specs;
    private final Placeholders placeholders;
    private final Stash stash = new Stash();
    private Object response = Map.of();

    /** Sends a request to the node. */
    interface Http {
        /**
         * @param path with its query
         * @param body null for none
         */
        HttpTestCase.Answer call(String method, String path, String body) throws IOException;
    }

    YamlRun(Http http, ApiSpecs specs, Placeholders placeholders) {
        this.http = http;
        this.specs = specs;
        this.placeholders = placeholders;
    }

    /**
     * Runs steps in their order.
     *
     * @throws AssertionError if one fails
     */
    void run(List<Map<String, Object>> steps) throws IOException {
        for (Map<String, Object> step : steps) {
            Map.Entry<String, Object> only = step.entrySet().iterator().next();
            try {
                run(only.getKey(), only.getValue());
            } catch (IOException | RuntimeException e) {
                throw new AssertionError("step " + Placeholders.shorten(step) + " failed", e);
            }
        }
    }

    private void run(String kind, Object argument) throws IOException {
        switch (kind) {
            case "do" -> call(ApiSpecs.map(argument));
            case "set" -> {
                YamlAssertions found = new YamlAssertions(response, stash);
                for (Map.Entry<String, Object> one : ApiSpecs.map(argument).entrySet()) {
                    stash.stashValue((String) one.getValue(), found.find(one.getKey()));
                }
            }
            default -> new YamlAssertions(response, stash).check(kind, argument);
        }
    }

    private void call(Map<String, Object> step) throws IOException {
        Map<String, Object> calls = new LinkedHashMap<>(step);
        String expected = (String) calls.remove("catch");
        if (calls.size() != 1) {
            throw new IllegalArgumentException("a step calls one endpoint, not " + calls.keySet());
        }
        Map.Entry<String, Object> call = calls.entrySet().iterator().next();
        Map<String, Object> arguments =
                stash.replaceStashedValues(
                        ApiSpecs.map(placeholders.fill(ApiSpecs.map(call.getValue()))));
        HttpTestCase.Answer answer = send(specs.get(call.getKey()), arguments);
        response = body(answer);
        if (expected != null || answer.status() >= 400) {
            requireExpected(expected, answer.status());
        }
    }

    private void requireExpected(String expected, int status) {
        boolean holds;
        if (expected == null) {
            holds = false;
        } else if (expected.startsWith("/")) {
            String regex = expected.substring(1, expected.length() - 1);
            holds =
                    status >= 400
                            && Pattern.compile(regex).matcher(String.valueOf(response)).find();
        } else if (expected.equals("request")) {
            holds = status >= 400;
        } else {
            holds = Integer.valueOf(status).equals(STATUSES.get(expected));
        }
        if (holds == false) {
            throw new AssertionError(
                    "expected [" + expected + "], but got [" + status + "] " + response);
        }
    }

    private HttpTestCase.Answer send(ApiSpec spec, Map<String, Object> given) throws IOException {
        Map<String, Object> arguments = new LinkedHashMap<>(given);
        Object body = arguments.remove("body");
        ApiSpec.Target target = spec.target(arguments, body != null);
        StringBuilder path = new StringBuilder(target.path());
        char separator = '?';
        for (Map.Entry<String, Object> one : target.query().entrySet()) {
            String value = String.valueOf(one.getValue());
            path.append(separator).append(one.getKey()).append('=');
            path.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            separator = '&';
        }
        String text = null;
        if (body != null) {
            text = spec.isBulk() ? lines(body) : json(body);
        }
        return http.call(target.method(), path.toString(), text);
    }

    private static String lines(Object body) throws IOException {
        if (body instanceof String text) {
            return text.endsWith("\n") ? text : text + "\n";
        }
        StringBuilder lines = new StringBuilder();
        for (Object line : ApiSpecs.list(body)) {
            lines.append(json(line)).append('\n');
        }
        return lines.toString();
    }

    private static String json(Object body) throws IOException {
        if (body instanceof String text) {
            return text;
        }
        try (XContentBuilder builder = JsonXContent.contentBuilder()) {
            return Strings.toString(builder.value(body));
        }
    }

    private static Object body(HttpTestCase.Answer answer) throws IOException {
        if (answer.body().isEmpty()) {
            return answer.status() < 400;
        }
        try (XContentParser parser =
                JsonXContent.jsonXContent.createParser(
                        XContentParserConfiguration.EMPTY, answer.body())) {
            return parser.nextToken() == XContentParser.Token.START_ARRAY
                    ? parser.listOrderedMap()
                    : parser.mapOrdered();
        }
    }
}
