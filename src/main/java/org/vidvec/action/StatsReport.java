package org.vidvec.action;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.vidvec.inference.InferenceStats;
import org.vidvec.model.PrefixStats;

/**
 * The counters of several nodes as one report. Counts are summed; of times that can't be summed
 * (p50, p99) it tells the slowest node's.
 *
 * @param nodes one per inference node
 */
record StatsReport(List<InferenceStats> nodes) implements ToXContentFragment {

    private static final List<String> BY_USE = List.of("loaded", "loading", "failed", "not_loaded");

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject("models");
        Map<String, List<InferenceStats.Model>> models = new TreeMap<>();
        for (InferenceStats node : nodes) {
            node.models()
                    .forEach(
                            (id, model) ->
                                    models.computeIfAbsent(id, i -> new ArrayList<>()).add(model));
        }
        for (Map.Entry<String, List<InferenceStats.Model>> model : models.entrySet()) {
            builder.startObject(model.getKey());
            writeModel(builder, model.getValue());
            builder.endObject();
        }
        builder.endObject();
        writeQueue(builder, nodes.stream().map(InferenceStats::queue).toList());
        writeCache(builder, nodes.stream().map(InferenceStats::cache).toList());
        writePrefixes(builder, nodes.stream().map(InferenceStats::prefixes).toList());
        writeDecode(builder, nodes.stream().map(InferenceStats::decode).toList());
        return builder;
    }

    private static void writeModel(XContentBuilder builder, List<InferenceStats.Model> models)
            throws IOException {
        Map<String, Long> states = new TreeMap<>();
        models.forEach(model -> states.merge(model.state(), 1L, Long::sum));
        List<String> reasons =
                models.stream()
                        .map(InferenceStats.Model::reason)
                        .filter(Objects::nonNull)
                        .distinct()
                        .sorted()
                        .toList();
        List<InferenceStats.Held> held = models.stream().map(InferenceStats.Model::held).toList();
        builder.startObject("deployment")
                .field("state", best(states))
                .field("nodes_by_state", states)
                .field("device", named(held, InferenceStats.Held::device))
                .field("dtype", named(held, InferenceStats.Held::dtype))
                .field("fingerprint", named(held, InferenceStats.Held::fingerprint))
                .field("reasons", reasons)
                .field("memory_in_bytes", sum(models, InferenceStats.Model::memoryBytes))
                .endObject();
        builder.startObject("queue")
                .field("size", sum(held, InferenceStats.Held::waiting))
                .endObject();
        List<InferenceStats.Embed> embeds =
                models.stream().map(InferenceStats.Model::embed).toList();
        builder.startObject("embed")
                .field("videos", sum(embeds, InferenceStats.Embed::videos))
                .field("images", sum(embeds, InferenceStats.Embed::images))
                .field("texts", sum(embeds, InferenceStats.Embed::texts))
                .field("moments", sum(embeds, InferenceStats.Embed::moments));
        writeTime(builder, embeds, InferenceStats.Embed::time);
        builder.field("failed", sum(embeds, InferenceStats.Embed::failed))
                .field("rejected", sum(embeds, InferenceStats.Embed::rejected))
                .endObject();
        List<InferenceStats.Match> matches =
                models.stream().map(InferenceStats.Model::match).toList();
        builder.startObject("rerank").field("pairs", sum(matches, InferenceStats.Match::pairs));
        writeTime(builder, matches, InferenceStats.Match::time);
        builder.field("failed", sum(matches, InferenceStats.Match::failed))
                .field("rejected", sum(matches, InferenceStats.Match::rejected))
                .endObject();
        writeTexts(builder, models.stream().map(InferenceStats.Model::write).toList());
    }

    /** Of the nodes' states the one that is of most use to a caller. */
    private static String best(Map<String, Long> states) {
        return BY_USE.stream().filter(states::containsKey).findFirst().orElseThrow();
    }

    /** What the nodes that have the model say of it; several where they differ. */
    private static String named(
            List<InferenceStats.Held> held, Function<InferenceStats.Held, String> part) {
        return held.stream()
                .map(part)
                .filter(name -> name.isEmpty() == false)
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static void writeTexts(XContentBuilder builder, List<InferenceStats.Write> writes)
            throws IOException {
        builder.startObject("generate")
                .field("texts", sum(writes, InferenceStats.Write::texts))
                .field("tokens", sum(writes, InferenceStats.Write::tokens))
                .field("mean_tokens_per_video", meanPerVideo(writes));
        writeTime(builder, writes, InferenceStats.Write::time);
        builder.field("failed", sum(writes, InferenceStats.Write::failed))
                .field("rejected", sum(writes, InferenceStats.Write::rejected))
                .endObject();
    }

    /** 0 if there is none. */
    private static double meanPerVideo(List<InferenceStats.Write> writes) {
        long videos = sum(writes, InferenceStats.Write::videos);
        return videos == 0 ? 0 : (double) sum(writes, InferenceStats.Write::videoTokens) / videos;
    }

    private static <T> void writeTime(
            XContentBuilder builder, List<T> parts, Function<T, InferenceStats.Time> time)
            throws IOException {
        List<InferenceStats.Time> times = parts.stream().map(time).toList();
        builder.field("batches", sum(times, InferenceStats.Time::batches))
                .field("time_ms", sum(times, InferenceStats.Time::millis))
                .field("calls", sum(times, InferenceStats.Time::calls))
                .field("p50_ms", max(times, InferenceStats.Time::p50Millis))
                .field("p99_ms", max(times, InferenceStats.Time::p99Millis));
    }

    private static void writeQueue(XContentBuilder builder, List<InferenceStats.Queue> queues)
            throws IOException {
        builder.startObject("queue")
                .field("size", sum(queues, InferenceStats.Queue::size))
                .field("capacity", sum(queues, InferenceStats.Queue::capacity))
                .field("input_in_bytes", sum(queues, InferenceStats.Queue::inputBytes))
                .field("frames_in_bytes", sum(queues, InferenceStats.Queue::frameBytes))
                .field("wait_ms_p99", max(queues, InferenceStats.Queue::waitP99Millis))
                .endObject();
    }

    private static void writeCache(XContentBuilder builder, List<InferenceStats.Cache> caches)
            throws IOException {
        builder.startObject("cache")
                .field("query_hits", sum(caches, InferenceStats.Cache::hits))
                .field("query_misses", sum(caches, InferenceStats.Cache::misses))
                .field("evictions", sum(caches, InferenceStats.Cache::evictions))
                .field("size_in_bytes", sum(caches, InferenceStats.Cache::sizeBytes))
                .endObject();
    }

    private static void writePrefixes(XContentBuilder builder, List<PrefixStats> prefixes)
            throws IOException {
        builder.startObject("prefixes")
                .field("entries", sum(prefixes, PrefixStats::entries))
                .field("size_in_bytes", sum(prefixes, PrefixStats::bytes))
                .field("hits", sum(prefixes, PrefixStats::hits))
                .field("misses", sum(prefixes, PrefixStats::misses))
                .field("evictions", sum(prefixes, PrefixStats::evictions))
                .endObject();
    }

    private static void writeDecode(XContentBuilder builder, List<InferenceStats.Decode> decodes)
            throws IOException {
        Map<String, Long> reasons = new TreeMap<>();
        decodes.forEach(d -> d.failedByReason().forEach((r, n) -> reasons.merge(r, n, Long::sum)));
        builder.startObject("decode")
                .field("files", sum(decodes, InferenceStats.Decode::files))
                .field(
                        "seconds",
                        decodes.stream().mapToDouble(InferenceStats.Decode::seconds).sum())
                .field("frames", sum(decodes, InferenceStats.Decode::frames))
                .field("time_ms", sum(decodes, InferenceStats.Decode::millis))
                .field("failed", sum(decodes, InferenceStats.Decode::failed))
                .field("by_reason", reasons)
                .endObject();
    }

    private static <T> long sum(List<T> parts, ToLongFunction<T> count) {
        return parts.stream().mapToLong(count).sum();
    }

    private static <T> double max(List<T> parts, ToDoubleFunction<T> value) {
        return parts.stream().mapToDouble(value).max().orElse(0);
    }
}
