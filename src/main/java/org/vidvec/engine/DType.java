package org.vidvec.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a network computes in. */
public enum DType {
    /** 32 bits, as the references are computed. */
    FLOAT32(6, 4),
    /** 16 bits with 5 of exponent: for GPUs. */
    FLOAT16(5, 2),
    /** 16 bits with 8 of exponent: twice as fast as float32 on CPUs with avx512_bf16. */
    BFLOAT16(15, 2);

    private final int torchType;
    private final int bytes;

    DType(int torchType, int bytes) {
        this.torchType = torchType;
        this.bytes = bytes;
    }

    /** Its name in config.json and settings: {@code float32} and so on. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Size of one number. */
    public int bytes() {
        return bytes;
    }

    /** The number that TorchScript has for it (c10::ScalarType). */
    int torchType() {
        return torchType;
    }

    /**
     * The type of a name as {@link #label()} gives it.
     *
     * @throws IllegalArgumentException if there is none, with the names there are
     */
    public static DType of(String label) {
        return Arrays.stream(values())
                .filter(t -> t.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "unknown dtype ["
                                                + label
                                                + "]; it must be one of "
                                                + Arrays.stream(values())
                                                        .map(DType::label)
                                                        .collect(Collectors.toList())));
    }
}
