package org.vidvec.action;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.json.JsonXContent;

/** Every endpoint has its description in rest-api-spec, and no description is of nothing. */
public class RestSpecTests extends ESTestCase {

    private static final List<BaseRestHandler> HANDLERS =
            List.of(
                    new RestModelsAction(),
                    new RestModelMappingAction(),
                    new RestEmbedAction(),
                    new RestLocalizeAction(),
                    new RestRerankAction(),
                    new RestGenerateAction(new TextStreams()),
                    new RestStatsAction(),
                    new RestCatAction());

    public void testSpecsAndRoutesAgree() throws Exception {
        TreeSet<String> routes = new TreeSet<>();
        for (BaseRestHandler handler : HANDLERS) {
            for (RestHandler.Route route : handler.routes()) {
                routes.add(route.getMethod() + " " + route.getPath());
            }
        }
        assertEquals(routes, specified());
    }

    public void testNamesAreUnique() {
        assertEquals(
                HANDLERS.size(),
                HANDLERS.stream().map(BaseRestHandler::getName).distinct().count());
    }

    private static TreeSet<String> specified() throws Exception {
        Path folder =
                PathUtils.get(System.getProperty("vidvec.project.dir"))
                        .resolve("rest-api-spec")
                        .resolve("api");
        TreeSet<String> paths = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                paths.addAll(paths(file));
            }
        }
        return paths;
    }

    @SuppressWarnings("unchecked")
    private static TreeSet<String> paths(Path file) throws Exception {
        Map<String, Object> spec;
        try (InputStream in = Files.newInputStream(file);
                XContentParser parser =
                        JsonXContent.jsonXContent.createParser(
                                XContentParserConfiguration.EMPTY, in)) {
            spec = parser.map();
        }
        String name = file.getFileName().toString().replace(".json", "");
        Map<String, Object> api = (Map<String, Object>) spec.get(name);
        assertNotNull("[" + file + "] must describe [" + name + "]", api);
        Map<String, Object> url = (Map<String, Object>) api.get("url");
        TreeSet<String> paths = new TreeSet<>();
        for (Map<String, Object> path : (List<Map<String, Object>>) url.get("paths")) {
            for (String method : (List<String>) path.get("methods")) {
                paths.add(method + " " + path.get("path"));
            }
        }
        return paths;
    }
}
