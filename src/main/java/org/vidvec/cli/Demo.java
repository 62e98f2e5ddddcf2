package org.vidvec.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The main job over HTTP: pipeline and index, clips through a bulk, and each of them sought by a
 * caption, as a kNN search and again with a rescore.
 */
final class Demo {

    /** Stages that the node has measured itself, summed over its threads: part of the others. */
    static final Set<String> NODE_STAGES = Set.of("decode", "embed", "match");

    private static final String MODEL = "tiny";
    private static final String INDEX = "/videos";

    /** Base64 of the demo's clips is about 1 MB each; Elasticsearch takes 100 MB. */
    private static final int CLIPS_PER_BULK = 4;

    private final SearchClient client;
    private final DemoFiles files;
    private final Path drawn;
    private final PrintWriter err;
    private final Stopwatch watch;
    private int failed;

    /**
     * @param drawn folder that generated clips are written to
     * @param err for progress and refused clips
     * @param watch gets the time of each stage
     */
    Demo(SearchClient client, DemoFiles files, Path drawn, PrintWriter err, Stopwatch watch) {
        this.client = client;
        this.files = files;
        this.drawn = drawn;
        this.err = err;
        this.watch = watch;
    }

    /**
     * @throws CommandException if a request is refused; a refused clip is only counted
     */
    DemoReport run() throws CommandException {
        boolean random = prepare();
        watch.lap("prepare");
        List<DemoClip> clips = new ArrayList<>(DemoWorld.write(drawn));
        clips.addAll(files.clips());
        watch.lap("draw");
        ingest(clips);
        watch.lap("ingest");
        List<DemoReport.Query> queries = search(clips);
        addNodeTimes();
        return new DemoReport(
                clips.size() - failed,
                failed,
                MODEL,
                random,
                watch.seconds(),
                DemoReport.Found.of(queries, true),
                DemoReport.Found.of(queries, false),
                queries);
    }

    /** Pipeline, and an index with the mapping that the model asks for; true if it is random. */
    private boolean prepare() throws CommandException {
        JsonObject model =
                client.call("GET", "/_vidvec/models/" + MODEL, null)
                        .getAsJsonArray("models")
                        .get(0)
                        .getAsJsonObject();
        if (model.has("error")) {
            throw new CommandException(
                    "the node can't use the model [" + MODEL + "]: " + model.get("error"));
        }
        client.call("PUT", "/_ingest/pipeline/videos", files.request("pipeline").toString());
        JsonObject index = files.request("index");
        JsonObject mapping =
                client.call("GET", "/_vidvec/models/" + MODEL + "/mapping", null)
                        .getAsJsonObject("properties");
        JsonObject properties = index.getAsJsonObject("mappings").getAsJsonObject("properties");
        mapping.entrySet().forEach(field -> properties.add(field.getKey(), field.getValue()));
        client.call("PUT", INDEX, index.toString());
        return model.get("random_weights").getAsBoolean();
    }

    private void ingest(List<DemoClip> clips) throws CommandException {
        try (Progress progress = new Progress(err, "clips to ingest", clips.size())) {
            for (int from = 0; from < clips.size(); from += CLIPS_PER_BULK) {
                List<DemoClip> part =
                        clips.subList(from, Math.min(from + CLIPS_PER_BULK, clips.size()));
                bulk(part);
                progress.step(part.size());
            }
        }
        client.call("POST", INDEX + "/_refresh", null);
    }

    private void bulk(List<DemoClip> clips) throws CommandException {
        StringBuilder lines = new StringBuilder();
        for (DemoClip clip : clips) {
            JsonObject id = new JsonObject();
            id.addProperty("_id", clip.id());
            JsonObject action = new JsonObject();
            action.add("index", id);
            JsonObject document = new JsonObject();
            document.addProperty("title", clip.title());
            document.addProperty("video", clip.base64());
            lines.append(action).append('\n').append(document).append('\n');
        }
        JsonObject answer = client.call("POST", INDEX + "/_bulk", lines.toString());
        for (JsonElement each : answer.getAsJsonArray("items")) {
            JsonObject item = each.getAsJsonObject().getAsJsonObject("index");
            if (item.has("error")) {
                failed++;
                err.println(
                        "clip ["
                                + item.get("_id").getAsString()
                                + "] was refused: "
                                + SearchClient.reason(item));
            }
        }
    }

    private List<DemoReport.Query> search(List<DemoClip> clips) throws CommandException {
        List<DemoReport.Query> queries = new ArrayList<>();
        try (Progress progress = new Progress(err, "queries", clips.size())) {
            for (DemoClip clip : clips) {
                queries.add(ask(clip));
                progress.step(1);
            }
        }
        return queries;
    }

    private DemoReport.Query ask(DemoClip clip) throws CommandException {
        String text = clip.query();
        JsonArray knn = hits("search", text);
        watch.lap("search");
        JsonArray reranked = hits("rescore", text);
        watch.lap("rescore");
        return new DemoReport.Query(
                text, clip.id(), clip.generated(), knnHits(knn), judged(reranked));
    }

    private JsonArray hits(String request, String text) throws CommandException {
        JsonObject body = files.request(request);
        body.getAsJsonObject("knn")
                .getAsJsonObject("query_vector_builder")
                .getAsJsonObject("vidvec")
                .addProperty("input", text);
        if (body.has("rescore")) {
            body.getAsJsonObject("rescore").getAsJsonObject("vidvec").addProperty("query", text);
        }
        JsonArray hits =
                client.call("POST", INDEX + "/_search", body.toString())
                        .getAsJsonObject("hits")
                        .getAsJsonArray("hits");
        if (hits.isEmpty()) {
            throw new CommandException("the query [" + text + "] found nothing");
        }
        return hits;
    }

    private static List<DemoReport.Hit> knnHits(JsonArray hits) {
        List<DemoReport.Hit> found = new ArrayList<>();
        for (JsonElement each : hits) {
            JsonObject hit = each.getAsJsonObject();
            found.add(
                    new DemoReport.Hit(
                            hit.get("_id").getAsString(), hit.get("_score").getAsDouble()));
        }
        return found;
    }

    /** The request's score mode is [replace], so that the score is P(Yes). */
    private static List<DemoReport.Judged> judged(JsonArray hits) {
        return knnHits(hits).stream()
                .map(hit -> new DemoReport.Judged(hit.id(), hit.score(), hit.score()))
                .toList();
    }

    private void addNodeTimes() throws CommandException {
        JsonObject stats = client.call("GET", "/_vidvec/stats", null);
        JsonObject model = stats.getAsJsonObject("models").getAsJsonObject(MODEL);
        addMillis("decode", stats.getAsJsonObject("decode"));
        addMillis("embed", model.getAsJsonObject("embed"));
        addMillis("match", model.getAsJsonObject("rerank"));
    }

    private void addMillis(String stage, JsonObject counters) {
        if (counters != null && counters.has("time_ms")) {
            watch.add(stage, counters.get("time_ms").getAsDouble() / 1000);
        }
    }
}
