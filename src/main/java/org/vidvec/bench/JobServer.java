package org.vidvec.bench;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.backbone.KeyValues;
import org.vidvec.media.Clip;
import org.vidvec.media.FfmpegBackend;
import org.vidvec.media.FileSource;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.Sampling;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptPart;

/**
 * Lets another program time this one: a job, one JSON object, per line in, its answer with {@code
 * ms} per line out. {@code src/bench/README.md} lists the jobs.
 */
public final class JobServer implements AutoCloseable {

    private static final Gson GSON = new Gson();

    private final NativeLibraries natives;
    private final BenchOptions options;
    private final FfmpegBackend media;
    private final Map<String, PreparedSequence> prepared = new HashMap<>();
    private final List<KeyValues> memories = new ArrayList<>();
    private BenchModel model;

    /**
     * @param options how the job {@code load} loads
     */
    public JobServer(NativeLibraries natives, BenchOptions options) {
        this.natives = natives;
        this.options = options;
        media = new FfmpegBackend(natives);
    }

    /**
     * Answers until there are no more lines.
     *
     * @throws IOException if the jobs can't be read
     */
    public void serve(BufferedReader jobs, PrintWriter answers) throws IOException {
        JobLines.serve(jobs, answers, this::run);
    }

    private JsonObject run(JsonObject job) throws Exception {
        String name = job.get("job").getAsString();
        return switch (name) {
            case "load" -> load();
            case "ids" -> ids(job);
            case "video" -> video(job);
            case "file" -> file(job);
            case "remember" -> remember(job);
            case "match" -> match(job);
            case "forget" -> forget();
            case "products" -> products(job);
            default ->
                    throw new IllegalArgumentException(
                            "unknown job ["
                                    + name
                                    + "]; known are [load, ids, video, file, remember, match,"
                                    + " forget, products]");
        };
    }

    private JsonObject load() throws Exception {
        JsonObject answer = timed(() -> model = BenchModel.load(natives, options));
        answer.addProperty("layers", model.network().layers());
        answer.addProperty("dtype", model.network().dtype().label());
        answer.addProperty("form", model.form().label());
        answer.addProperty("bytes", model.network().memoryBytes());
        return answer;
    }

    /** Texts as token ids, read together. */
    private JsonObject ids(JsonObject job) throws Exception {
        List<PreparedSequence> batch = new ArrayList<>();
        for (long[] ids : GSON.fromJson(job.get("ids"), long[][].class)) {
            batch.add(BenchModel.text(ids));
        }
        return embed(batch, job);
    }

    /** A video of {@link Pictures}; preparing it is not timed. */
    private JsonObject video(JsonObject job) throws Exception {
        PreparedSequence sequence = sequence(job);
        JsonObject answer = embed(List.of(sequence), job);
        answer.add("ids", GSON.toJsonTree(sequence.ids()));
        answer.add("positions", GSON.toJsonTree(sequence.positions()));
        return answer;
    }

    private PreparedSequence sequence(JsonObject job) throws Exception {
        int frames = job.get("frames").getAsInt();
        int side = job.get("side").getAsInt();
        String text = job.get("text").getAsString();
        String key = frames + " " + side + " " + text;
        if (prepared.containsKey(key) == false) {
            PromptPart video = new PromptPart.Video(Pictures.video(frames, side, side));
            prepared.put(key, model.prepare(video, new PromptPart.Text(text)));
        }
        return prepared.get(key);
    }

    /** From the file to its vector. */
    private JsonObject file(JsonObject job) throws Exception {
        Path path = Path.of(job.get("path").getAsString());
        Sampling sampling = new Sampling.Uniform(job.get("frames").getAsInt());
        PromptPart text = new PromptPart.Text(job.get("text").getAsString());
        List<float[]> state = new ArrayList<>();
        List<PreparedSequence> read = new ArrayList<>();
        JsonObject answer =
                timed(
                        () -> {
                            Clip clip;
                            try (FileSource source = new FileSource(path)) {
                                clip = media.read(source, sampling, MediaLimits.DEFAULT);
                            }
                            PromptPart video = new PromptPart.Video(clip.frames());
                            read.add(model.prepare(video, text));
                            state.addAll(model.embed(read, 0));
                        });
        answer.add("states", GSON.toJsonTree(state));
        answer.add("ids", GSON.toJsonTree(read.get(0).ids()));
        answer.add("positions", GSON.toJsonTree(read.get(0).positions()));
        return answer;
    }

    /**
     * Keeps a video's sequence without the text after it, computed once and copied for the rest.
     */
    private JsonObject remember(JsonObject job) throws Exception {
        PreparedSequence sequence = sequence(job);
        int times = job.get("times").getAsInt();
        return timed(
                () -> {
                    memories.add(model.remember(sequence));
                    for (int i = 1; i < times; i++) {
                        memories.add(model.network().copy(memories.get(0), 0));
                    }
                });
    }

    /** The text after a video behind every memory; or the whole sequence if {@code full}. */
    private JsonObject match(JsonObject job) throws Exception {
        PreparedSequence sequence = sequence(job);
        List<float[]> logits = new ArrayList<>();
        JsonObject answer;
        if (job.has("full")) {
            answer = timed(() -> logits.addAll(model.match(List.of(sequence), List.of())));
        } else {
            PreparedSequence rest = BenchModel.tail(sequence);
            List<PreparedSequence> batch = memories.stream().map(m -> rest).toList();
            answer = timed(() -> logits.addAll(model.match(batch, memories)));
        }
        answer.add("logits", GSON.toJsonTree(logits));
        return answer;
    }

    private JsonObject forget() {
        memories.forEach(KeyValues::close);
        memories.clear();
        return new JsonObject();
    }

    /** What nothing but the products of a job {@code video}, or of {@code tokens}, takes. */
    private JsonObject products(JsonObject job) throws Exception {
        PreparedSequence sequence =
                job.has("tokens") ? BenchModel.text(job.get("tokens").getAsInt()) : sequence(job);
        ProductRate.Products products = model.products(List.of(sequence), layer(job));
        JsonObject answer = new JsonObject();
        answer.addProperty("ms", products.millis());
        answer.addProperty("gflops", products.gigaflops());
        return answer;
    }

    private static int layer(JsonObject job) {
        return job.has("layer") ? job.get("layer").getAsInt() : 0;
    }

    private JsonObject embed(List<PreparedSequence> batch, JsonObject job) throws Exception {
        List<float[]> states = new ArrayList<>();
        JsonObject answer = timed(() -> states.addAll(model.embed(batch, layer(job))));
        answer.add("states", GSON.toJsonTree(states));
        return answer;
    }

    private static JsonObject timed(Timing.Work work) throws Exception {
        JsonObject answer = new JsonObject();
        answer.addProperty("ms", Timing.millis(work));
        return answer;
    }

    @Override
    public void close() {
        forget();
        if (model != null) {
            model.close();
        }
    }
}
