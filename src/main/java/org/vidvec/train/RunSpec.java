package org.vidvec.train;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A run's description, {@code RUN.json}; docs/training.md has every field. Paths in it are relative
 * to its own folder.
 *
 * @param model folder of the base
 * @param output folder of the run
 * @param data sources of pairs of texts, at least one
 * @param loss of a batch of pairs
 * @param learning which weights are learnt
 * @param rule how gradients become steps
 * @param schedule the rate of each step
 * @param batch how many pairs a step sees
 * @param seed of order and first values
 * @param threads that one operation uses; 0 for one per core
 * @param checkpointEvery so many steps
 * @param inForce all of it as it counts, defaults included
 */
public record RunSpec(
        Path model,
        Path output,
        List<PairSource> data,
        PairLoss loss,
        Learning learning,
        StepRule rule,
        Schedule schedule,
        Batch batch,
        int seed,
        int threads,
        int checkpointEvery,
        JsonObject inForce) {

    /**
     * @param size pairs that are each other's negatives
     * @param sub so many pairs of a batch come from one source
     * @param chunk so many pairs go through the network at a time, with the gradients of the whole
     *     batch (GradCache); 0 for all at once
     * @param accumulation batches whose gradients make one step
     * @param maxNorm gradients that are longer together are made so long; 0 for no limit
     */
    public record Batch(int size, int sub, int chunk, int accumulation, double maxNorm) {}

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
        Path model = folder.resolve(run.text("model", null)).normalize();
        Path output = folder.resolve(run.text("output", null)).normalize();
        RunFields optimizer = run.object("optimizer");
        StepRule rule = rule(optimizer);
        Schedule schedule = schedule(run, optimizer);
        optimizer.refuseOthers();
        RunSpec spec =
                new RunSpec(
                        model,
                        output,
                        run.objects("data").stream().map(data -> data(data, folder)).toList(),
                        loss(run.object("loss")),
                        learning(run, folder),
                        rule,
                        schedule,
                        batch(run.object("batch")),
                        run.whole("seed", 0, 0),
                        run.whole("threads", 0, 0),
                        run.whole("checkpoint_every", 50, 1),
                        run.inForce());
        run.refuseOthers();
        return spec;
    }

    private static PairSource data(RunFields data, Path folder) {
        PairSource source =
                new PairSource(
                        folder.resolve(data.text("pairs", null)).normalize(),
                        data.text("query", "query"),
                        data.text("target", "target"),
                        instruction(data, "query_instruction"),
                        instruction(data, "target_instruction"),
                        data.number("weight", 1., 1e-9),
                        data.word("bad_lines", "fail", List.of("fail", "skip")).equals("skip"));
        data.refuseOthers();
        return source;
    }

    private static String instruction(RunFields data, String field) {
        return data.has(field) ? data.text(field, null) : null;
    }

    private static PairLoss loss(RunFields loss) {
        String name = loss.word("name", null, List.of("info_nce", "dual_softmax"));
        boolean symmetric = loss.flag("symmetric", true);
        PairLoss read;
        if (name.equals("info_nce")) {
            read = new PairLoss.InfoNce(loss.number("tau", 0.02, 1e-4), symmetric);
        } else {
            DualSoftmax constants =
                    new DualSoftmax(
                            loss.number("temperature", 1., 0),
                            loss.number("scale", 100., 0),
                            loss.number("factor", 1., 0));
            read = new PairLoss.Dual(constants, symmetric);
        }
        loss.refuseOthers();
        return read;
    }

    private static Learning learning(RunFields run, Path folder) {
        if (run.has("lora") == false) {
            return new Learning.Full();
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
        lora.refuseOthers();
        return new Learning.Lora(
                new LoraSettings(rank, alpha, targets),
                from.isEmpty() ? null : folder.resolve(from).normalize(),
                merge);
    }

    private static StepRule rule(RunFields optimizer) {
        String name = optimizer.word("name", "adamw", List.of("adamw", "lion"));
        boolean adam = name.equals("adamw");
        double beta1 = optimizer.part("beta1", 0.9);
        double beta2 = optimizer.part("beta2", adam ? 0.999 : 0.99);
        double decay = optimizer.number("weight_decay", 0.01, 0);
        return adam
                ? new StepRule.AdamW(beta1, beta2, optimizer.number("epsilon", 1e-8, 0), decay)
                : new StepRule.Lion(beta1, beta2, decay);
    }

    private static Schedule schedule(RunFields run, RunFields optimizer) {
        List<String> shapes = List.of("constant", "linear", "cosine");
        String shape = optimizer.word("schedule", "cosine", shapes);
        return new Schedule(
                Schedule.Shape.valueOf(shape.toUpperCase(Locale.ROOT)),
                optimizer.number("learning_rate", null, 0),
                optimizer.whole("warmup_steps", 0, 0),
                optimizer.part("final_rate", 0),
                run.whole("steps", null, 1));
    }

    private static Batch batch(RunFields batch) {
        int size = batch.whole("size", 32, 2);
        Batch read =
                new Batch(
                        size,
                        batch.whole("sub_batch", size, 1),
                        batch.whole("chunk", 0, 0),
                        batch.whole("accumulation", 1, 1),
                        batch.number("max_gradient_norm", 1., 0));
        batch.refuseOthers();
        if (size % read.sub() != 0) {
            throw new IllegalArgumentException(
                    "[batch.size] is ["
                            + size
                            + "]; it must be a multiple of [batch.sub_batch], ["
                            + read.sub()
                            + "]");
        }
        return read;
    }
}
