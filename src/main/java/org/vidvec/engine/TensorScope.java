package org.vidvec.engine;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Owns every tensor that is made inside it and frees them all when it is closed. Used by one thread
 * at a time.
 *
 * <pre>{@code
 * try (TensorScope scope = engine.scope()) {
 *     float[] y = module.call("run").add(scope.floats(x, 2, 3)).tensor(scope).toFloats();
 * }
 * }</pre>
 */
public final class TensorScope implements AutoCloseable {

    private static final AtomicLong LIVE = new AtomicLong();

    private final PtNDManager manager;
    private long owned;
    private boolean closed;

    TensorScope(PtNDManager manager) {
        this.manager = manager;
    }

    /** Tensors that live in open scopes, all threads together; weights are not among them. */
    public static long liveTensors() {
        return LIVE.get();
    }

    /**
     * A float32 tensor with a copy of the values.
     *
     * @param values row by row
     * @throws IllegalArgumentException if the shape does not hold as many values
     * @throws EngineException if there is no memory
     */
    public Tensor floats(float[] values, long... shape) throws EngineException {
        checkShape(values.length, shape);
        Tensor tensor = empty(DataType.FLOAT32, shape);
        tensor.memory().asFloatBuffer().put(values);
        return tensor;
    }

    /**
     * As {@link #floats}, and losses can be derived by it.
     *
     * @throws IllegalArgumentException if the shape does not hold as many values
     * @throws EngineException if there is no memory
     */
    public Tensor leaf(float[] values, long... shape) throws EngineException {
        Tensor tensor = floats(values, shape);
        return NativeCall.run(
                "ask for a gradient",
                () -> {
                    JniUtils.attachGradient(tensor.array(), true);
                    return tensor;
                });
    }

    /**
     * An int64 tensor with a copy of the values.
     *
     * @param values row by row
     * @throws IllegalArgumentException if the shape does not hold as many values
     * @throws EngineException if there is no memory
     */
    public Tensor longs(long[] values, long... shape) throws EngineException {
        checkShape(values.length, shape);
        Tensor tensor = empty(DataType.INT64, shape);
        tensor.memory().asLongBuffer().put(values);
        return tensor;
    }

    private Tensor empty(DataType type, long... shape) throws EngineException {
        return NativeCall.run(
                "make a tensor of shape " + Arrays.toString(shape),
                () -> adopt(manager.create(new Shape(shape), type)));
    }

    /** Takes over a tensor that was made with {@link #manager()}. */
    Tensor adopt(PtNDArray array) {
        owned++;
        LIVE.incrementAndGet();
        return new Tensor(array);
    }

    PtNDManager manager() {
        return manager;
    }

    /** Frees all tensors of the scope; they must not be used any more. */
    @Override
    public void close() {
        if (closed == false) {
            closed = true;
            NativeCall.quietly("close a tensor scope", manager::close);
            LIVE.addAndGet(-owned);
        }
    }

    private static void checkShape(long values, long... shape) {
        long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (size != values) {
            throw new IllegalArgumentException(
                    "a tensor of shape "
                            + Arrays.toString(shape)
                            + " holds ["
                            + size
                            + "] values, not ["
                            + values
                            + "]");
        }
    }
}
