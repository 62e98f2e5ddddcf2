package org.vidvec.train;

import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.TorchModule;

/**
 * Gradients of parameters, summed over any number of losses, and the steps that change the
 * parameters in place; from {@code graphs/optimizer.py}. Used by one thread, but for {@link
 * #gradients}.
 */
public final class Optimizer implements AutoCloseable {

    private final TorchEngine engine;
    private final TorchModule module;

    /**
     * @throws EngineException if the engine does not take the graph
     */
    public Optimizer(TorchEngine engine) throws EngineException {
        this.engine = engine;
        this.module = TorchModule.compile(engine, "Optimizer", List.of("muon.py", "optimizer.py"));
    }

    /** Takes a parameter of float32 in, with moments of zero. */
    public void track(String name, Tensor parameter) throws EngineException {
        track(name, parameter, parameter, true);
    }

    /**
     * Takes a parameter in, with moments of zero.
     *
     * @param master its values in float32, which steps change; the parameter follows, rounded
     * @param decays whether weight decay is for it
     */
    public void track(String name, Tensor parameter, Tensor master, boolean decays)
            throws EngineException {
        try (TensorScope scope = engine.scope()) {
            module.gradientCall("track")
                    .add(name)
                    .add(parameter)
                    .add(master)
                    .add(decays ? 1L : 0L)
                    .tensor(scope);
        }
    }

    /** Adds the gradients of a loss to those that are there, and gives its value. */
    public double backward(Tensor loss) throws EngineException {
        try (TensorScope scope = engine.scope()) {
            return module.gradientCall("backward").add(loss).tensor(scope).toFloats()[0];
        }
    }

    /**
     * Adds the gradients of what a loss is made of, from its gradients by that, and goes on to what
     * else those depend on beside the parameters.
     *
     * @param gradients like each of {@code xs}
     * @param at tensors that can be derived by
     * @return the gradients by {@code at}, zeros where nothing depends on them
     */
    public List<Tensor> backwardThrough(
            TensorScope scope, List<Tensor> xs, List<Tensor> gradients, List<Tensor> at)
            throws EngineException {
        if (at.isEmpty()) {
            module.gradientCall("backward_from").add(xs).add(gradients).tensor(scope);
            return List.of();
        }
        return module.gradientCall("backward_through")
                .add(xs)
                .add(gradients)
                .add(at)
                .tensors(scope);
    }

    /**
     * The gradients of a loss by all parameters, added to nothing. Several threads may ask at once.
     *
     * @param scope in which they stay
     * @return in the order in which parameters were taken in; empty where the loss does not depend
     *     on one
     */
    public List<Tensor> gradients(TensorScope scope, Tensor loss) throws EngineException {
        return module.gradientCall("derive").add(loss).tensors(scope);
    }

    /** Adds such gradients to those that are there. */
    public void add(List<Tensor> gradients) throws EngineException {
        try (TensorScope scope = engine.scope()) {
            module.gradientCall("add_derived").add(gradients).tensor(scope);
        }
    }

    /** The gradients of a loss by tensors that are no parameters; nothing is added up. */
    public List<Tensor> gradientsAt(TensorScope scope, Tensor loss, List<Tensor> at)
            throws EngineException {
        return module.gradientCall("gradients_at").add(loss).add(at).tensors(scope);
    }

    /** A copy of what has been added up for a parameter, row by row. */
    public float[] gradient(String name) throws EngineException {
        try (TensorScope scope = engine.scope()) {
            return module.gradientCall("gradient").add(name).tensor(scope).toFloats();
        }
    }

    /** The Euclidean norm of all gradients together. */
    public double gradientNorm() throws EngineException {
        try (TensorScope scope = engine.scope()) {
            return module.gradientCall("norm").tensor(scope).toFloats()[0];
        }
    }

    /** Multiplies all gradients. */
    public void scaleGradients(double by) throws EngineException {
        try (TensorScope scope = engine.scope()) {
            module.gradientCall("scale").add(by).tensor(scope);
        }
    }

    /** Forgets all gradients. */
    public void zeroGradients() throws EngineException {
        try (TensorScope scope = engine.scope()) {
            module.gradientCall("zero").tensor(scope);
        }
    }

    /**
     * One step along the gradients.
     *
     * @param number of the step, from 1
     * @param rate learning rate
     */
    public void step(StepRule rule, int number, double rate) throws EngineException {
        try (TensorScope scope = engine.scope()) {
            switch (rule) {
                case StepRule.AdamW a ->
                        module.gradientCall("adamw")
                                .add((long) number)
                                .add(rate)
                                .add(a.beta1())
                                .add(a.beta2())
                                .add(a.epsilon())
                                .add(a.weightDecay())
                                .tensor(scope);
                case StepRule.Muon m ->
                        module.gradientCall("muon")
                                .add((long) number)
                                .add(rate)
                                .add(m.momentum())
                                .add(m.others().beta1())
                                .add(m.others().beta2())
                                .add(m.others().epsilon())
                                .add(m.others().weightDecay())
                                .tensor(scope);
                case StepRule.Lion l ->
                        module.gradientCall("lion")
                                .add(rate)
                                .add(l.beta1())
                                .add(l.beta2())
                                .add(l.weightDecay())
                                .tensor(scope);
            }
        }
    }

    /** Copies of a parameter's two moments, for a checkpoint. */
    public List<float[]> moments(String name) throws EngineException {
        try (TensorScope scope = engine.scope()) {
            List<Tensor> moments = module.gradientCall("moments").add(name).tensors(scope);
            return List.of(moments.get(0).toFloats(), moments.get(1).toFloats());
        }
    }

    /** Goes on where a checkpoint was written. */
    public void setMoments(String name, List<float[]> moments, long... shape)
            throws EngineException {
        try (TensorScope scope = engine.scope()) {
            module.gradientCall("set_moments")
                    .add(name)
                    .add(scope.floats(moments.get(0), shape))
                    .add(scope.floats(moments.get(1), shape))
                    .tensor(scope);
        }
    }

    @Override
    public void close() {
        module.close();
    }
}
