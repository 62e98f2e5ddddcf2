package org.vidvec.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.entity.NStringEntity;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.common.Strings;
import org.elasticsearch.test.rest.Stash;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.json.JsonXContent;

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

    private final RestClient client;
    private final ApiSpecs specs;
    private final Placeholders placeholders;
    private final Stash stash = new Stash();
    private Object response = Map.of();

    YamlRun(RestClient client, ApiSpecs specs, Placeholders placeholders) {
        this.client = client;
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
        Request request = request(specs.get(call.getKey()), arguments);
        try {
            response = body(client.performRequest(request));
            if (expected != null) {
                throw new AssertionError("expected [" + expected + "], but got " + response);
            }
        } catch (ResponseException e) {
            response = body(e.getResponse());
            requireExpected(expected, e.getResponse().getStatusLine().getStatusCode());
        }
    }

    private void requireExpected(String expected, int status) {
        boolean holds;
        if (expected == null) {
            holds = false;
        } else if (expected.startsWith("/")) {
            String regex = expected.substring(1, expected.length() - 1);
            holds = Pattern.compile(regex).matcher(String.valueOf(response)).find();
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

    private static Request request(ApiSpec spec, Map<String, Object> given) throws IOException {
        Map<String, Object> arguments = new LinkedHashMap<>(given);
        Object body = arguments.remove("body");
        ApiSpec.Target target = spec.target(arguments, body != null);
        Request request = new Request(target.method(), target.path());
        target.query().forEach((name, value) -> request.addParameter(name, String.valueOf(value)));
        if (body != null && spec.isBulk()) {
            request.setEntity(
                    new NStringEntity(
                            lines(body), ContentType.create("application/x-ndjson", "UTF-8")));
        } else if (body != null) {
            request.setEntity(new NStringEntity(json(body), ContentType.APPLICATION_JSON));
        }
        return request;
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

    private static Object body(Response response) throws IOException {
        if (response.getEntity() == null) {
            return response.getStatusLine().getStatusCode() < 400;
        }
        try (InputStream in = response.getEntity().getContent();
                XContentParser parser =
                        JsonXContent.jsonXContent.createParser(
                                XContentParserConfiguration.EMPTY, in)) {
            return parser.nextToken() == XContentParser.Token.START_ARRAY
                    ? new ArrayList<>(parser.listOrderedMap())
                    : parser.mapOrdered();
        }
    }
}
