package org.vidvec.engine;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of a module's method in inference mode: arguments in the order of the method, then one
 * of the methods that run it and say what it gives. Used once, by one thread.
 */
public final class TorchCall {

    private final TorchModule module;
    private final String method;
    private final List<Argument> arguments = new ArrayList<>();

    TorchCall(TorchModule module, String method) {
        this.module = module;
        this.method = method;
    }

    /** Makes the native form of an argument, to be closed after the call. */
    private interface Argument {
        IValue toIValue();
    }

    private interface Reader<T> {
        T read(IValue result) throws EngineException;
    }

    /** A {@code Tensor}. */
    public TorchCall add(Tensor tensor) {
        return add(() -> IValue.from(tensor.array()));
    }

    /** A {@code List[Tensor]}, may be empty. */
    public TorchCall add(List<Tensor> tensors) {
        return add(
                () ->
                        IValue.listFrom(
                                tensors.stream().map(Tensor::array).toArray(PtNDArray[]::new)));
    }

    /** An {@code int}. */
    public TorchCall add(long value) {
        return add(() -> IValue.from(value));
    }

    /** A {@code float}. */
    public TorchCall add(double value) {
        return add(() -> IValue.from(value));
    }

    /** A {@code bool}. */
    public TorchCall add(boolean value) {
        return add(() -> IValue.from(value));
    }

    /** A {@code str}. */
    public TorchCall add(String value) {
        return add(() -> IValue.from(value));
    }

    /** A {@code List[int]}. */
    public TorchCall add(long[] values) {
        return add(() -> IValue.listFrom(values));
    }

    private TorchCall add(Argument argument) {
        arguments.add(argument);
        return this;
    }

    /** Runs a method whose result does not matter. */
    public void run() throws EngineException {
        run(result -> null);
    }

    /** Runs a method that gives an {@code int}. */
    public long integer() throws EngineException {
        return run(IValue::toLong);
    }

    /** Runs a method that gives a {@code Tensor}. */
    public Tensor tensor(TensorScope scope) throws EngineException {
        return run(result -> scope.adopt(result.toTensor(scope.manager())));
    }

    /** Runs a method that gives a {@code List[Tensor]}. */
    public List<Tensor> tensors(TensorScope scope) throws EngineException {
        return run(
                result -> {
                    List<Tensor> tensors = new ArrayList<>();
                    for (PtNDArray array : result.toTensorArray(scope.manager())) {
                        tensors.add(scope.adopt(array));
                    }
                    return tensors;
                });
    }

    private <T> T run(Reader<T> reader) throws EngineException {
        return module.locked(
                "run [" + module.name() + "." + method + "]",
                () -> {
                    List<IValue> values = new ArrayList<>();
                    try {
                        for (Argument argument : arguments) {
                            values.add(argument.toIValue());
                        }
                        try (IValue result =
                                IValueUtils.runMethod(
                                        module.block(), method, values.toArray(new IValue[0]))) {
                            return reader.read(result);
                        }
                    } finally {
                        values.forEach(IValue::close);
                    }
                });
    }
}
