package org.vidvec.train;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vidvec.engine.DType;
import org.vidvec.engine.StoredType;

/**
 * A run's description, {@code RUN.json}; docs/training.md has every field. Paths in it are relative
 * to its own folder.
 *
 * @param base what it begins with
 * @param output folder of the run
 * @param tasks what is learnt at once, at least one thing
 * @param learning which weights are learnt
 * @param head that is made and learnt beside the network; null for none
 * @param layer decoder layer that is embedded, 0 for the last; null for the one that the card reads
 * @param decaysHeadAlone whether weight decay is for the head and nothing else (ViLL-E, table 12)
 * @param compute how passes are computed
 * @param rule how gradients become steps
 * @param schedule the rate of each step
 * @param sum how many gradients make a step
 * @param seed of order and first values
 * @param threads that one operation uses; 0 for one per core
 * @param checkpointEvery so many steps
 * @param dtype what a whole model is written in
 * @param inForce all of it as it counts, defaults included
 * @param given what the file says itself
 */
public record RunSpec(
        BaseModel base,
        Path output,
        List<TaskSpec> tasks,
        Learning learning,
        HeadSpec head,
        Integer layer,
        boolean decaysHeadAlone,
        Compute compute,
        StepRule rule,
        Schedule schedule,
        Sum sum,
        int seed,
        int threads,
        int checkpointEvery,
        StoredType dtype,
        JsonObject inForce,
        JsonObject given) {

    /** Folder of the model that it begins with. */
    Path model() {
        return base.folder();
    }

    /**
     * @param dtype what the network computes in; what is learnt stays float32
     * @param recomputes whether layers are computed once more on the way back, for less memory
     */
    public record Compute(DType dtype, boolean recomputes) {}

    /**
     * @param accumulation mini-batches of each task whose gradients make one step
     * @param maxNorm gradients that are longer together are made so long; 0 for no limit
     */
    public record Sum(int accumulation, double maxNorm) {}

    /**
     * Reads a description.
     *
     * @throws TrainingException if it can't be read, a field is missing, wrong or unknown, by name
     */
    public static RunSpec read(Path file) throws TrainingException {
        try {
            JsonElement json = JsonParser.parseString(Files.readString(file));
            if (json.isJsonObject()) {
                Path folder = file.toAbsolutePath().normalize().getParent();
                return of(new RunFields("", json.getAsJsonObject()), folder);
            }
        } catch (IOException e) {
            throw new TrainingException("can't read [" + file + "]: " + e, e);
        } catch (JsonParseException e) {
            throw new TrainingException("[" + file + "] is not JSON: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new TrainingException("[" + file + "]: " + e.getMessage(), e);
        }
        throw new TrainingException("[" + file + "] must hold one JSON object");
    }

    private static RunSpec of(RunFields run, Path folder) {
        Path output = folder.resolve(run.text("output", null)).normalize();
        BaseModel base = BaseModel.read(run, folder, output);
        RunFields optimizer = run.object("optimizer");
        StepRule rule = rule(optimizer);
        Schedule schedule = schedule(run, optimizer);
        boolean headAlone = optimizer.word("decay", "all", List.of("all", "head")).equals("head");
        optimizer.refuseOthers();
        RunFields batch = run.object("batch");
        List<TaskSpec> tasks = tasks(run, batch, folder);
        Sum sum =
                new Sum(
                        batch.whole("accumulation", 1, 1),
                        batch.number("max_gradient_norm", 1., 0));
        batch.refuseOthers();
        Compute compute = compute(run);
        int parallel = parallel(tasks, compute);
        HeadSpec head = head(run);
        RunSpec spec =
                new RunSpec(
                        base,
                        output,
                        tasks,
                        learning(run, folder),
                        head,
                        layer(run, head),
                        headAlone,
                        compute,
                        rule,
                        schedule,
                        sum,
                        run.whole("seed", 0, 0),
                        threads(run.whole("threads", 0, 0), parallel),
                        run.whole("checkpoint_every", 50, 1),
                        dtype(run),
                        run.inForce(),
                        run.given());
        run.refuseOthers();
        return spec;
    }

    /** The most parts of a batch that are learnt at once. */
    private static int parallel(List<TaskSpec> tasks, Compute compute) {
        int most = 1;
        for (TaskSpec task : tasks) {
            if (task instanceof TaskSpec.Lessons lessons) {
                most = Math.max(most, lessons.parallel());
                refuseTwoLayers(lessons, compute);
            }
        }
        if (most > 1 && compute.recomputes()) {
            throw new IllegalArgumentException(
                    "[batch.parallel] is ["
                            + most
                            + "], but with [recompute] a batch is learnt in one part; leave out one"
                            + " of the two");
        }
        return most;
    }

    private static void refuseTwoLayers(TaskSpec.Lessons lessons, Compute compute) {
        if (lessons.wordLayer() > 0 && compute.recomputes()) {
            throw new IllegalArgumentException(
                    "[loss.one_word_layer] is ["
                            + lessons.wordLayer()
                            + "], but with [recompute] states of one layer are there; leave out"
                            + " one of the two");
        }
    }

    private static int threads(int given, int parallel) {
        boolean shared = given == 0 && parallel > 1;
        return shared ? Math.max(1, Runtime.getRuntime().availableProcessors() / parallel) : given;
    }

    private static StoredType dtype(RunFields run) {
        boolean half =
                run.word("dtype", "float32", List.of("float32", "bfloat16")).equals("bfloat16");
        return half ? StoredType.BF16 : StoredType.F32;
    }

    private static Compute compute(RunFields run) {
        boolean half =
                run.word("compute", "float32", List.of("float32", "bfloat16")).equals("bfloat16");
        return new Compute(half ? DType.BFLOAT16 : DType.FLOAT32, run.flag("recompute", false));
    }

    private static HeadSpec head(RunFields run) {
        return run.has("head") ? HeadSpec.read(run.object("head")) : null;
    }

    private static Integer layer(RunFields run, HeadSpec head) {
        if (run.has("layer") == false) {
            return null;
        }
        int layer = run.whole("layer", null, 0);
        if (head != null && head.kind().hasWeights()) {
            throw new IllegalArgumentException(
                    "[layer] is ["
                            + layer
                            + "], but a [head] reads the last one; leave out one of the two, or"
                            + " take the head [mean]");
        }
        return layer;
    }

    private static List<TaskSpec> tasks(RunFields run, RunFields batch, Path folder) {
        if (run.has("tasks") == false) {
            return List.of(new TaskFields(run, folder).read(batch));
        }
        List<TaskSpec> tasks = new ArrayList<>();
        for (RunFields task : run.objects("tasks")) {
            RunFields own = task.object("batch");
            tasks.add(new TaskFields(task, folder).read(own));
            own.refuseOthers();
            task.refuseOthers();
        }
        return tasks;
    }

    private static Learning learning(RunFields run, Path folder) {
        if (run.has("lora") == false) {
            return new Learning.Full(run.has("freeze") ? run.texts("freeze") : List.of());
        }
        RunFields lora = run.object("lora");
        int rank = lora.whole("rank", 16, 1);
        double alpha = lora.number("alpha", 2. * rank, 0);
        LoraTargets targets =
                lora.isList("targets")
                        ? LoraTargets.names(lora.texts("targets"))
                        : LoraTargets.expression(lora.text("targets", LoraTargets.ALL));
        String from = lora.text("from", "");
        boolean merge = lora.flag("merge", false);
        List<String> whole = lora.isList("whole") ? lora.texts("whole") : List.of();
        lora.refuseOthers();
        return new Learning.Lora(
                new LoraSettings(rank, alpha, targets),
                from.isEmpty() ? null : folder.resolve(from).normalize(),
                merge,
                whole);
    }

    private static StepRule rule(RunFields optimizer) {
        String name = optimizer.word("name", "adamw", List.of("adamw", "lion", "muon"));
        double decay = optimizer.number("weight_decay", 0.01, 0);
        double beta1 = optimizer.part("beta1", 0.9);
        if (name.equals("lion")) {
            return new StepRule.Lion(beta1, optimizer.part("beta2", 0.99), decay);
        }
        double beta2 = optimizer.part("beta2", 0.999);
        double epsilon = optimizer.number("epsilon", 1e-8, 0);
        StepRule.AdamW adamw = new StepRule.AdamW(beta1, beta2, epsilon, decay);
        return name.equals("adamw")
                ? adamw
                : new StepRule.Muon(optimizer.part("momentum", 0.95), adamw);
    }

    private static Schedule schedule(RunFields run, RunFields optimizer) {
        List<String> shapes = List.of("constant", "linear", "cosine");
        int steps = run.whole("steps", null, 1);
        String shape = optimizer.word("schedule", "cosine", shapes);
        return new Schedule(
                Schedule.Shape.valueOf(shape.toUpperCase(Locale.ROOT)),
                optimizer.number("learning_rate", null, 0),
                optimizer.whole("warmup_steps", 0, 0),
                optimizer.part("final_rate", 0),
                optimizer.whole("fall_steps", steps, 1),
                steps);
    }
}
