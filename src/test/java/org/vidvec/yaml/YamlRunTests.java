package org.vidvec.yaml;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.node.HttpTestCase;

/** What the runner sends, and which answers it lets pass. */
public class YamlRunTests extends ESTestCase {

    private static final Path PROJECT = PathUtils.get(System.getProperty("vidvec.project.dir"));

    private final List<String> sent = new ArrayList<>();

    private void run(int status, String answer, List<Map<String, Object>> steps)
            throws IOException {
        YamlRun.Http http =
                (method, path, body) -> {
                    sent.add(method + " " + path + " " + body);
                    return new HttpTestCase.Answer(status, answer);
                };
        ApiSpecs specs = new ApiSpecs(PROJECT.resolve("rest-api-spec/api"));
        new YamlRun(http, specs, new Placeholders(PROJECT)).run(steps);
    }

    private static Map<String, Object> search(String expected) {
        Map<String, Object> search = Map.of("index", "a", "body", Map.of("size", 1));
        return expected == null
                ? Map.of("do", Map.of("search", search))
                : Map.of("do", Map.of("search", search, "catch", expected));
    }

    public void testSendsWhatTheSpecSays() throws IOException {
        Map<String, Object> bulk =
                Map.of("index", "a b", "refresh", true, "body", List.of(Map.of("x", 1), "{}"));
        run(
                200,
                "{}",
                List.of(
                        search(null),
                        Map.of("do", Map.of("bulk", bulk)),
                        Map.of("do", Map.of("get", Map.of("index", "a", "id", "1")))));
        assertEquals(
                List.of(
                        "POST /a/_search {\"size\":1}",
                        "POST /a%20b/_bulk?refresh=true {\"x\":1}\n{}\n",
                        "GET /a/_doc/1 null"),
                sent);
    }

    public void testExpectedErrorsPass() throws IOException {
        run(404, "{\"error\": \"no such index\"}", List.of(search("missing")));
        run(404, "{\"error\": \"no such index\"}", List.of(search("request")));
        run(404, "{\"error\": \"no such index\"}", List.of(search("/no such [a-z]+/")));
    }

    public void testOtherAnswersFail() {
        String error = "{\"error\": \"no such index\"}";
        for (String expected : List.of("bad_request", "/another reason/", "nosuch")) {
            expectThrows(AssertionError.class, () -> run(404, error, List.of(search(expected))));
        }
        expectThrows(AssertionError.class, () -> run(404, error, List.of(search(null))));
        expectThrows(AssertionError.class, () -> run(200, "{}", List.of(search("request"))));
        expectThrows(AssertionError.class, () -> run(200, error, List.of(search("/no such/"))));
    }

    public void testUnknownEndpointsAndParametersFail() {
        expectThrows(
                AssertionError.class,
                () -> run(200, "{}", List.of(Map.of("do", Map.of("nosuch", Map.of())))));
        Map<String, Object> get = Map.of("index", "a", "id", "1", "nosuch", 1);
        expectThrows(
                AssertionError.class,
                () -> run(200, "{}", List.of(Map.of("do", Map.of("get", get)))));
    }
}
