package org.vidvec.engine;

import ai.djl.pytorch.engine.PtNDArray;
import java.nio.ByteBuffer;

/**
 * A handle on native memory that its {@link TensorScope} owns. Values can be read of float32 and
 * int64 tensors; of others only the shape, but they can be passed on to a module.
 */
public final class Tensor {

    private final PtNDArray array;

    Tensor(PtNDArray array) {
        this.array = array;
    }

    /** Sizes, outermost first. */
    public long[] shape() throws EngineException {
        return NativeCall.run("read a tensor's shape", () -> array.getShape().getShape());
    }

    /**
     * A copy of the values of a float32 tensor, row by row.
     *
     * @throws EngineException if it has another type or more than 2^31 - 1 values
     */
    public float[] toFloats() throws EngineException {
        float[] values = new float[size(Float.BYTES)];
        memory().asFloatBuffer().get(values);
        return values;
    }

    /**
     * A copy of the values of an int64 tensor, row by row.
     *
     * @throws EngineException if it has another type or more than 2^31 - 1 values
     */
    public long[] toLongs() throws EngineException {
        long[] values = new long[size(Long.BYTES)];
        memory().asLongBuffer().get(values);
        return values;
    }

    private int size(int elementBytes) throws EngineException {
        return NativeCall.run(
                "read a tensor",
                () -> {
                    int bytes = array.getDataType().getNumOfBytes();
                    if (bytes != elementBytes) {
                        throw new EngineException(
                                "a tensor of ["
                                        + array.getDataType()
                                        + "] was read as one of ["
                                        + elementBytes
                                        + "] bytes a value");
                    }
                    return Math.toIntExact(array.size());
                });
    }

    /** libtorch's own memory, valid as long as the scope is open; at most 2 GiB. */
    ByteBuffer memory() throws EngineException {
        return NativeCall.run("reach a tensor's memory", () -> array.toByteBuffer(true));
    }

    PtNDArray array() {
        return array;
    }
}
