package org.vidvec.backbone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.WeightEntry;

/** The tensors that a network needs, by name, with the shapes that its config promises. */
public final class WeightPlan {

    private final Map<String, long[]> shapes = new LinkedHashMap<>();
    private final UnaryOperator<String> published;

    /** For checkpoints that use the names of the graph sources. */
    public WeightPlan() {
        this(UnaryOperator.identity());
    }

    /**
     * @param published from the name in the graph sources to that in the checkpoint
     */
    public WeightPlan(UnaryOperator<String> published) {
        this.published = published;
    }

    /** Asks for one tensor. */
    public WeightPlan need(String name, long... shape) {
        shapes.put(name, shape);
        return this;
    }

    /** Asks for a linear layer with bias: {@code weight} [out, in], {@code bias} [out]. */
    public WeightPlan linear(String name, long out, long in) {
        return need(name + ".weight", out, in).need(name + ".bias", out);
    }

    /** Asks for a norm with bias: {@code weight} and {@code bias} [size]. */
    public WeightPlan norm(String name, long size) {
        return need(name + ".weight", size).need(name + ".bias", size);
    }

    /** What is asked for, in order. */
    Map<String, long[]> shapes() {
        return shapes;
    }

    /**
     * Finds each tensor in a checkpoint, in the family's published names or, failing those, in what
     * another version of transformers made of them; the entries have the names of the graph
     * sources.
     *
     * @throws CheckpointException with all those that are missing, have another shape or are stored
     *     in a type that is not computed in
     */
    public List<WeightEntry> findIn(Checkpoint checkpoint) throws CheckpointException {
        List<WeightEntry> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, WeightEntry> others = otherNames(checkpoint);
        for (Map.Entry<String, long[]> needed : shapes.entrySet()) {
            String name = published.apply(needed.getKey());
            WeightEntry entry = checkpoint.entries().get(name);
            if (entry == null) {
                entry = others.get(ModuleNames.canonical(name));
            }
            String problem = problem(checkpoint, name, needed.getValue(), entry);
            if (problem.isEmpty()) {
                found.add(entry.renamed(needed.getKey()));
            } else {
                problems.add(problem);
            }
        }
        CheckpointException.throwIfAny(problems);
        return found;
    }

    private static Map<String, WeightEntry> otherNames(Checkpoint checkpoint) {
        Map<String, WeightEntry> names = new HashMap<>();
        for (WeightEntry entry : checkpoint.entries().values()) {
            names.putIfAbsent(ModuleNames.canonical(entry.name()), entry);
        }
        return names;
    }

    private static String problem(
            Checkpoint checkpoint, String wanted, long[] shape, WeightEntry entry) {
        String name = entry == null ? wanted : entry.name();
        if (entry == null) {
            return "no tensor ["
                    + name
                    + "] in ["
                    + checkpoint.folder()
                    + "], which has "
                    + checkpoint.entries().size()
                    + " others; is config.json that of another model?";
        }
        String tensor = "tensor [" + name + "] of [" + entry.file() + "] ";
        if (Arrays.equals(entry.shape(), shape) == false) {
            return tensor
                    + "has the shape "
                    + Arrays.toString(entry.shape())
                    + ", not "
                    + Arrays.toString(shape)
                    + " as config.json says; is it that of another model?";
        }
        return entry.type().isCompute()
                ? ""
                : tensor
                        + "is stored as ["
                        + entry.type()
                        + "]; supported are [F32], [F16] and [BF16]";
    }
}
