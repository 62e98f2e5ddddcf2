package org.vidvec.backbone;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.TorchEngine;

/**
 * States of a pass that kept no more than what each decoder layer read. They can be derived down to
 * {@link #cut()}; from there the way back goes layer by layer, each of which is computed once more
 * and then forgotten. Embeddings and vision tower are the last piece. Used by one thread.
 */
public final class RecomputedStates implements AutoCloseable {

    /** Derives tensors by the parameters and by what else they came from. */
    @FunctionalInterface
    public interface Derivation {
        /**
         * Adds up the gradients of the parameters.
         *
         * @param of tensors that depend on parameters
         * @param gradients of a loss by them
         * @param at what they came from
         * @return the gradients of the loss by {@code at}, in the scope
         */
        List<Tensor> through(
                TensorScope scope, List<Tensor> of, List<Tensor> gradients, List<Tensor> at)
                throws EngineException;
    }

    private final TorchEngine engine;
    private final LearnerArguments arguments;
    // one for each of reads
    private final List<TensorScope> scopes = new ArrayList<>();
    private final List<Tensor> reads = new ArrayList<>();
    private final List<Tensor> added;
    private final Tensor cut;
    private final Tensor states;

    RecomputedStates(TorchEngine engine, LearnerArguments arguments, TensorScope scope, int layer)
            throws EngineException {
        this.engine = engine;
        this.arguments = arguments;
        boolean done = false;
        try {
            List<Tensor> start = arguments.start(open(), false);
            reads.add(start.get(0));
            added = start.subList(1, Math.max(1, Math.min(start.size(), layer)));
            for (int i = 0; i < layer; i++) {
                Tensor more = i < added.size() ? added.get(i) : null;
                reads.add(arguments.layer(open(), i, reads.get(i), more, false));
            }
            cut = arguments.leaf(scope, reads.get(layer));
            states = arguments.end(scope, cut, layer);
            done = true;
        } finally {
            if (done == false) {
                close();
            }
        }
    }

    private TensorScope open() throws EngineException {
        TensorScope scope = engine.scope();
        scopes.add(scope);
        return scope;
    }

    /** [tokens, hidden], as of a pass that keeps everything. */
    public Tensor states() {
        return states;
    }

    /** Where the part ends that remembers how it came about: the output of the last layer. */
    public Tensor cut() {
        return cut;
    }

    /**
     * The rest of the way back; once.
     *
     * @param gradient of a loss by {@link #cut()}
     */
    public void derive(Derivation derivation, Tensor gradient) throws EngineException {
        List<Tensor> gradients = new ArrayList<>();
        Tensor next = gradient;
        for (int i = reads.size() - 2; i >= 0; i--) {
            List<Tensor> found = layer(derivation, i, next);
            next = found.get(0);
            gradients.addAll(0, found.subList(1, found.size()));
            if (i + 1 >= added.size()) {
                scopes.get(i + 1).close();
            }
        }
        gradients.add(0, next);
        try (TensorScope own = engine.scope()) {
            List<Tensor> start = arguments.start(own, true);
            derivation.through(own, start.subList(0, gradients.size()), gradients, List.of());
        }
    }

    /** Gradients by what a layer read, and by what was added to it. */
    private List<Tensor> layer(Derivation derivation, int number, Tensor gradient)
            throws EngineException {
        try (TensorScope own = engine.scope()) {
            List<Tensor> at = new ArrayList<>();
            at.add(arguments.leaf(own, reads.get(number)));
            Tensor more = null;
            if (number < added.size()) {
                more = arguments.leaf(own, added.get(number));
                at.add(more);
            }
            Tensor y = arguments.layer(own, number, at.get(0), more, true);
            return derivation.through(scopes.get(number), List.of(y), List.of(gradient), at);
        }
    }

    /** Frees what was kept. */
    @Override
    public void close() {
        scopes.forEach(TensorScope::close);
    }
}
