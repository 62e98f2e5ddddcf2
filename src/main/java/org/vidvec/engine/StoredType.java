package org.vidvec.engine;

import java.util.Arrays;

/** How a safetensors file stores numbers; the names are those of the file format. */
public enum StoredType {
    /** 64-bit floating point. */
    F64(7, 8),
    /** 32-bit floating point. */
    F32(6, 4),
    /** IEEE 16-bit floating point. */
    F16(5, 2),
    /** 16-bit floating point with the exponent of F32. */
    BF16(15, 2),
    /** 64-bit integer. */
    I64(4, 8),
    /** 32-bit integer. */
    I32(3, 4),
    /** 16-bit integer. */
    I16(2, 2),
    /** 8-bit integer. */
    I8(1, 1),
    /** 8-bit unsigned integer. */
    U8(0, 1),
    /** One byte, 0 or 1. */
    BOOL(11, 1);

    private final int torchType;
    private final int bytes;

    StoredType(int torchType, int bytes) {
        this.torchType = torchType;
        this.bytes = bytes;
    }

    /** Size of one number. */
    public int bytes() {
        return bytes;
    }

    /** Whether a network can compute with it as it is: F32, F16 and BF16. */
    public boolean isCompute() {
        return Arrays.stream(DType.values()).anyMatch(t -> t.torchType() == torchType);
    }

    /**
     * The type to compute in without conversion.
     *
     * @throws IllegalStateException if it is not {@link #isCompute()}
     */
    public DType dtype() {
        return Arrays.stream(DType.values())
                .filter(t -> t.torchType() == torchType)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("[" + this + "] is not computed in"));
    }

    /** The number that TorchScript has for it (c10::ScalarType). */
    int torchType() {
        return torchType;
    }
}
