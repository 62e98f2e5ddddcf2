package org.vidvec.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How the matrices of linear layers are kept for inference on a CPU; all else stays in the dtype
 * that is computed in. Forms other than {@link #PLAIN} are copies: nothing of these matrices stays
 * mapped.
 */
public enum WeightForm {
    /** In the dtype that is computed in. */
    PLAIN,
    /**
     * float16 under activations of bfloat16: the same memory, three more bits, and twice as fast on
     * CPUs that have avx512_fp16 but no AMX.
     */
    FLOAT16,
    /** 8-bit whole numbers with a scale per row; a row of activations is rounded to them too. */
    INT8;

    private static final List<String> TABLES = List.of("embed", "lm_head");

    /** Whether a weight is such a matrix, and not a table whose rows are looked up. */
    boolean appliesTo(WeightEntry weight) {
        return this != PLAIN
                && weight.shape().length == 2
                && weight.name().endsWith(".weight")
                && TABLES.stream().noneMatch(weight.name()::contains);
    }

    /** Bytes that a weight takes. */
    long bytes(WeightEntry weight, DType dtype) {
        int each = dtype == null ? weight.type().bytes() : dtype.bytes();
        if (appliesTo(weight)) {
            return this == INT8
                    ? weight.size() + Float.BYTES * weight.shape()[0]
                    : weight.size() * DType.FLOAT16.bytes();
        }
        return weight.size() * each;
    }

    /** Its name in a card: {@code plain}, {@code float16} or {@code int8}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The form of a name as {@link #label()} gives it.
     *
     * @throws IllegalArgumentException if there is none, with the names there are
     */
    public static WeightForm of(String label) {
        return Arrays.stream(values())
                .filter(f -> f.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "unknown form of weights ["
                                                + label
                                                + "]; it must be one of "
                                                + Arrays.stream(values())
                                                        .map(WeightForm::label)
                                                        .toList()));
    }
}
