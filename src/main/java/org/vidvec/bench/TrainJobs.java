package org.vidvec.bench;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.prompt.PreparedSequence;

/**
 * Lets another program take training steps by turns with this one: a job, one JSON object, per line
 * in, its answer per line out. {@code src/bench/README.md} lists the jobs.
 */
public final class TrainJobs implements AutoCloseable {

    private static final Gson GSON = new Gson();

    private final NativeLibraries natives;
    private final TrainBenchOptions options;
    private TrainTrial trial;

    /**
     * @param options how models are loaded and what a step sees
     */
    public TrainJobs(NativeLibraries natives, TrainBenchOptions options) {
        this.natives = natives;
        this.options = options;
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
            case "begin" -> begin(job);
            case "step" -> step();
            default ->
                    throw new IllegalArgumentException(
                            "unknown job [" + name + "]; known are [begin, step]");
        };
    }

    /** Loads the model and tells what a step sees. */
    private JsonObject begin(JsonObject job) throws Exception {
        close();
        boolean seeing = job.get("videos").getAsBoolean();
        trial = new TrainTrial(natives, options, seeing, job.get("lora").getAsBoolean());
        TrainSamples samples = trial.samples();
        JsonObject answer = new JsonObject();
        JsonArray told = new JsonArray();
        for (PreparedSequence sequence : samples.told()) {
            JsonObject one = new JsonObject();
            one.add("ids", GSON.toJsonTree(sequence.ids()));
            one.add("positions", GSON.toJsonTree(sequence.positions()));
            told.add(one);
        }
        answer.add("told", told);
        answer.add("captions", GSON.toJsonTree(samples.captions()));
        return answer;
    }

    private JsonObject step() throws Exception {
        double[] loss = new double[1];
        JsonObject answer = new JsonObject();
        answer.addProperty("ms", Timing.millis(() -> loss[0] = trial.step()));
        answer.addProperty("loss", loss[0]);
        return answer;
    }

    @Override
    public void close() {
        if (trial != null) {
            trial.close();
            trial = null;
        }
    }
}
