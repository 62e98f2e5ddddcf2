package org.vidvec.resize;

/** What weighs the pixels around a point when a picture is resized. */
public enum ResizeKernel {
    /** The triangle. */
    BILINEAR(2, 1) {
        @Override
        double weight(double distance) {
            return Math.max(0, 1 - distance);
        }
    },
    /** Keys' cubic with a = -0.5, as torchvision and Pillow have it. */
    BICUBIC(3, 2) {
        @Override
        double weight(double distance) {
            double d = distance;
            if (d < 1) {
                return ((A + 2) * d - (A + 3)) * d * d + 1;
            }
            return d < 2 ? (((d - 5) * d + 8) * d - 4) * A : 0;
        }
    };

    private static final double A = -0.5;

    private final int code;
    private final int reach;

    ResizeKernel(int code, int reach) {
        this.code = code;
        this.reach = reach;
    }

    /**
     * The weight of a pixel, by its distance of at least 0 in output pixels; before they add to 1.
     */
    abstract double weight(double distance);

    /** How far it looks, in output pixels. */
    int reach() {
        return reach;
    }

    /**
     * The kernel of a processor's {@code resample}, which is Pillow's number.
     *
     * @throws IllegalArgumentException if it is another one
     */
    public static ResizeKernel of(int code) {
        for (ResizeKernel kernel : values()) {
            if (kernel.code == code) {
                return kernel;
            }
        }
        throw new IllegalArgumentException(
                "[resample] is ["
                        + code
                        + "]; only [2], bilinear, and [3], bicubic, are offered; set it to the one"
                        + " that the checkpoint was trained with");
    }
}
