package org.vidvec.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.vidvec.backbone.NetworkLearner;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;

/**
 * What a training run learns: tensors inside a network, by the names under which they are saved.
 */
public final class Parameters implements AutoCloseable {

    private final NetworkLearner learner;
    private final TensorScope scope;
    private final Map<String, Parameter> byName = new LinkedHashMap<>();

    /** One of them: its place in the network, its values in float32, and its sizes. */
    private record Parameter(Tensor tensor, Tensor master, long[] shape) {}

    /**
     * @throws EngineException if native memory is short
     */
    public Parameters(NetworkLearner learner) throws EngineException {
        this.learner = learner;
        this.scope = learner.engine().scope();
    }

    NetworkLearner learner() {
        return learner;
    }

    /**
     * Puts a parameter into the network.
     *
     * @param name under which it is saved
     * @param inside its name in the graph sources
     * @param kept what the network computes with; the values that are learnt are float32
     * @param values among which its own are
     * @throws IllegalArgumentException if its own are missing or too few or many
     */
    void add(String name, String inside, DType kept, Map<String, float[]> values, long... shape)
            throws EngineException {
        float[] own = values.get(name);
        long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (own == null || own.length != size) {
            throw new IllegalArgumentException(
                    "the parameter ["
                            + name
                            + "] has the shape "
                            + Arrays.toString(shape)
                            + ", but "
                            + (own == null ? "no values" : "[" + own.length + "] values")
                            + " are there for it");
        }
        Tensor tensor = learner.parameter(scope, inside, kept, own, shape);
        Tensor master = kept == DType.FLOAT32 ? tensor : scope.floats(own, shape);
        byName.put(name, new Parameter(tensor, master, shape));
    }

    /** Puts a parameter somewhere. */
    @FunctionalInterface
    interface Place {
        /** Gives the memory that is computed with. */
        Tensor put(TensorScope scope) throws EngineException;
    }

    /** Takes in a parameter of float32 that lies outside the network. */
    void add(String name, Place place, long... shape) throws EngineException {
        Tensor tensor = place.put(scope);
        byName.put(name, new Parameter(tensor, tensor, shape));
    }

    /** Has an optimizer change them. */
    public void track(Optimizer optimizer) throws EngineException {
        track(optimizer, name -> true);
    }

    /**
     * The same.
     *
     * @param decays which of them weight decay is for
     */
    void track(Optimizer optimizer, Predicate<String> decays) throws EngineException {
        for (Map.Entry<String, Parameter> each : byName.entrySet()) {
            Parameter parameter = each.getValue();
            optimizer.track(
                    each.getKey(),
                    parameter.tensor(),
                    parameter.master(),
                    decays.test(each.getKey()));
        }
    }

    /** Their names, in network order. */
    public Set<String> names() {
        return byName.keySet();
    }

    /** Sizes of one, outermost first. */
    long[] shape(String name) {
        return byName.get(name).shape();
    }

    /** How many numbers are learnt. */
    public long count() {
        return byName.values().stream()
                .mapToLong(p -> Arrays.stream(p.shape()).reduce(1, (a, b) -> a * b))
                .sum();
    }

    /** A copy of one's values, row by row. */
    public float[] values(String name) throws EngineException {
        return byName.get(name).master().toFloats();
    }

    /** Frees what is not the network's. */
    @Override
    public void close() {
        scope.close();
    }
}
