package org.vidvec.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One call of a module's method that remembers how its results came about, so that they can be
 * derived. Numbers, texts and lists of numbers go in as tensors: the method must take them so.
 * Nothing is kept once the results' scope is closed. Used once, by one thread.
 */
public final class GradientCall {

    private final TorchModule module;
    private final String method;
    private final List<Function<TensorScope, List<NDArray>>> arguments = new ArrayList<>();
    private boolean remembers = true;

    GradientCall(TorchModule module, String method) {
        this.module = module;
        this.method = method;
    }

    /** A {@code Tensor}. */
    public GradientCall add(Tensor tensor) {
        return one(scope -> named(tensor, null));
    }

    /** A {@code List[Tensor]} of at least one, none of which is another argument as well. */
    public GradientCall add(List<Tensor> tensors) {
        String name = "list" + arguments.size() + "[]";
        arguments.add(scope -> tensors.stream().map(t -> named(t, name)).toList());
        return this;
    }

    /** An {@code int} that stands for a dtype, as a tensor. */
    public GradientCall add(DType type) {
        return add((long) type.torchType());
    }

    /** Has the results forget how they came about; they can take part in what is derived. */
    public GradientCall forgetting() {
        remembers = false;
        return this;
    }

    /** An {@code int}, as a tensor. */
    public GradientCall add(long value) {
        return one(scope -> scope.manager().create(value));
    }

    /** A {@code float}, as a tensor. */
    public GradientCall add(double value) {
        return one(scope -> scope.manager().create(value));
    }

    /** A {@code str}. */
    public GradientCall add(String value) {
        return one(scope -> scope.manager().create(value));
    }

    /** A {@code List[int]}, as a tensor. */
    public GradientCall add(long[] values) {
        return one(scope -> scope.manager().create(values, new Shape(values.length)));
    }

    private GradientCall one(Function<TensorScope, NDArray> argument) {
        arguments.add(scope -> List.of(argument.apply(scope)));
        return this;
    }

    // DJL reads structure from names, and a name stays
    private static NDArray named(Tensor tensor, String name) {
        tensor.array().setName(name);
        return tensor.array();
    }

    /**
     * Runs a method that gives a {@code Tensor}.
     *
     * @throws EngineException if anything is thrown
     */
    public Tensor tensor(TensorScope scope) throws EngineException {
        return tensors(scope).get(0);
    }

    /**
     * Runs a method that gives a {@code Tensor} or a {@code List[Tensor]}.
     *
     * @throws EngineException if anything is thrown
     */
    public List<Tensor> tensors(TensorScope scope) throws EngineException {
        return module.locked(
                "run [" + module.name() + "." + method + "] with gradients",
                () -> {
                    // results belong to the scope of the first array
                    NDArray name = scope.manager().create(0L);
                    name.setName("module_method:" + method);
                    NDList list = new NDList(name);
                    arguments.forEach(argument -> list.addAll(argument.apply(scope)));
                    boolean before = JniUtils.isGradMode();
                    JniUtils.setGradMode(remembers);
                    try {
                        List<Tensor> results = new ArrayList<>();
                        for (NDArray array : IValueUtils.forward(module.block(), list, true)) {
                            results.add(scope.adopt((PtNDArray) array));
                        }
                        return results;
                    } finally {
                        JniUtils.setGradMode(before);
                    }
                });
    }
}
