package org.vidvec.model;

import java.util.Arrays;

/** Vectors at norm 1. */
final class UnitVector {

    private UnitVector() {}

    /**
     * The first numbers of a state at norm 1.
     *
     * @param dims how many; 0 for all
     */
    static float[] of(String id, float[] state, int dims) throws ModelException {
        return of(id, dims == 0 ? state : Arrays.copyOf(state, dims));
    }

    /** The state at norm 1; computed in double, since squares of float16 states overflow float. */
    static float[] of(String id, float[] state) throws ModelException {
        double squares = 0;
        for (float value : state) {
            squares += (double) value * value;
        }
        double norm = Math.sqrt(squares);
        if (Double.isFinite(norm) == false || norm == 0) {
            throw new ModelException(
                    ModelException.Kind.ENGINE,
                    "model ["
                            + id
                            + "] gave a vector of norm ["
                            + norm
                            + "]; its weights are damaged, or too large for its dtype: compare the"
                            + " files with the originals, or set [dtype] to [float32] in ["
                            + ModelCard.FILE
                            + "]");
        }
        float[] unit = new float[state.length];
        for (int i = 0; i < state.length; i++) {
            unit[i] = (float) (state[i] / norm);
        }
        return unit;
    }
}
