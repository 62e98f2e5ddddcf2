package org.vidvec.eval;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.EngineOptions;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.TorchEngine;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import org.vidvec.train.DualSoftmax;
import org.vidvec.train.Losses;
import org.vidvec.train.Optimizer;

/** {@code losses.json} and its matrices: every loss, what it is made of, and its gradients. */
final class LossChecks {

    static final String FILE = "losses.json";
    private static final String TAU = "tau";
    private static final String DUAL_SOFTMAX = "dsl_";

    private final String fixture;
    private final Consumer<Check> checks;
    private final Map<String, float[]> computed = new HashMap<>();

    LossChecks(String fixture, Consumer<Check> checks) {
        this.fixture = fixture;
        this.checks = checks;
    }

    void run(NativeLibraries natives, int threads, Path folder)
            throws CheckpointException, IOException {
        JsonObject json = JsonText.object(folder.resolve(FILE));
        Reference tensors = Reference.open(folder.resolve("losses.safetensors"));
        NumberChecks comparison = new NumberChecks(fixture, "", checks);
        try {
            TorchEngine engine = TorchEngine.start(natives, new EngineOptions(threads));
            try (Losses losses = new Losses(engine);
                    Optimizer optimizer = new Optimizer(engine)) {
                for (JsonElement element : json.getAsJsonArray("cases")) {
                    try (TensorScope scope = engine.scope()) {
                        JsonObject one = element.getAsJsonObject();
                        run(one, new Case(scope, losses, optimizer, one, tensors));
                        values(one, comparison);
                    }
                }
            }
        } catch (NativeLibraryException | EngineException e) {
            comparison.failed("(all)", e.getMessage());
        }
        for (String name : tensors.names()) {
            if (isInput(name) == false) {
                NumberChecks.Kind kind =
                        name.contains(".grad_")
                                ? NumberChecks.Kind.GRADIENT
                                : NumberChecks.Kind.VALUE;
                comparison.compare(name, tensors.values(name), computed.get(name), kind);
            }
        }
    }

    private static boolean isInput(String name) {
        return name.matches("\\d+\\.(queries|targets|negatives)");
    }

    /** What one case computes with. */
    private record Case(
            TensorScope scope,
            Losses losses,
            Optimizer optimizer,
            Tensor queries,
            Tensor targets,
            Tensor negatives) {

        Case(TensorScope scope, Losses losses, Optimizer optimizer, JsonObject json, Reference of)
                throws IOException, EngineException {
            this(
                    scope,
                    losses,
                    optimizer,
                    leaf(scope, of, json, "queries"),
                    leaf(scope, of, json, "targets"),
                    leaf(scope, of, json, "negatives"));
        }

        private static Tensor leaf(TensorScope scope, Reference of, JsonObject json, String name)
                throws IOException, EngineException {
            String full = json.get("index").getAsInt() + "." + name;
            return scope.leaf(of.values(full), of.shape(full));
        }
    }

    private void run(JsonObject json, Case with) throws EngineException {
        String at = json.get("index").getAsInt() + ".";
        for (String group : json.keySet()) {
            if (group.startsWith(TAU)) {
                temperature(at + group, Double.parseDouble(group.substring(TAU.length())), with);
            } else if (group.startsWith(DUAL_SOFTMAX)) {
                JsonObject constants = json.getAsJsonObject(group);
                dualSoftmax(
                        at,
                        group,
                        new DualSoftmax(
                                constants.get("temp").getAsDouble(),
                                constants.get("scale").getAsDouble(),
                                constants.get("factor").getAsDouble()),
                        with);
            }
        }
    }

    private void temperature(String at, double tau, Case c) throws EngineException {
        Losses losses = c.losses();
        put(at + ".info_nce_forward", losses.infoNce(c.scope(), c.queries(), c.targets(), tau));
        put(at + ".info_nce_backward", losses.infoNce(c.scope(), c.targets(), c.queries(), tau));
        Tensor both = losses.infoNceSymmetric(c.scope(), c.queries(), c.targets(), tau);
        put(at + ".info_nce_symmetric", both);
        put(
                at + ".info_nce_hard_negatives",
                losses.infoNceHard(c.scope(), c.queries(), c.targets(), c.negatives(), tau));
        put(
                at + ".localization",
                losses.localization(c.scope(), c.queries(), c.targets(), c.negatives(), tau));
        gradients(at, "symmetric", both, c);
    }

    private void dualSoftmax(String at, String group, DualSoftmax constants, Case c)
            throws EngineException {
        Losses losses = c.losses();
        String name = at + group;
        Tensor forward = losses.dualSoftmax(c.scope(), c.queries(), c.targets(), constants);
        put(name + ".forward", forward);
        put(name + ".backward", losses.dualSoftmax(c.scope(), c.targets(), c.queries(), constants));
        put(
                name + ".both",
                losses.dualSoftmaxSymmetric(c.scope(), c.queries(), c.targets(), constants));
        List<Tensor> parts =
                losses.dualSoftmaxParts(c.scope(), c.queries(), c.targets(), constants);
        put(at + "similarity", parts.get(0));
        put(name + ".prior", parts.get(1));
        put(name + ".revised", parts.get(2));
        gradients(name, "forward", forward, c);
    }

    private void gradients(String at, String of, Tensor loss, Case c) throws EngineException {
        List<Tensor> gradients =
                c.optimizer().gradientsAt(c.scope(), loss, List.of(c.queries(), c.targets()));
        put(at + ".grad_queries_of_" + of, gradients.get(0));
        put(at + ".grad_targets_of_" + of, gradients.get(1));
    }

    private void put(String name, Tensor value) throws EngineException {
        computed.put(name, value.toFloats());
    }

    /** The values in the JSON: each group's numbers that are no constants. */
    private void values(JsonObject json, NumberChecks comparison) {
        String at = json.get("index").getAsInt() + ".";
        for (String group : json.keySet()) {
            if (json.get(group).isJsonObject()) {
                JsonObject values = json.getAsJsonObject(group);
                for (String name : values.keySet()) {
                    if (List.of("temp", "scale", "factor").contains(name) == false) {
                        String full = at + group + "." + name;
                        float[] expected = {values.get(name).getAsFloat()};
                        comparison.compare(
                                full, expected, computed.get(full), NumberChecks.Kind.VALUE);
                    }
                }
            }
        }
    }
}
