package org.vidvec.media;

/** How a video is cut into moments. */
public sealed interface Windows {

    /**
     * Windows of one length, the first at 0, until one reaches the end; that one may be shorter.
     * ViLL-E: 10 s every 5 s (Table 13).
     *
     * @param windowSeconds length
     * @param strideSeconds from the start of one to the start of the next
     */
    record Sliding(double windowSeconds, double strideSeconds) implements Windows {
        /**
         * @throws IllegalArgumentException if a value is not positive, or the windows leave gaps
         */
        public Sliding {
            if (!(strideSeconds > 0)
                    || !(windowSeconds >= strideSeconds)
                    || Double.isInfinite(windowSeconds)) {
                throw new IllegalArgumentException(
                        "[stride] must be more than zero and at most [window], not ["
                                + strideSeconds
                                + "s] with a [window] of ["
                                + windowSeconds
                                + "s]");
            }
        }
    }

    /**
     * From cut to cut. A shot shorter than {@code minSeconds} goes with the next one (the last with
     * the one before); one longer than {@code maxSeconds} is cut into equal parts.
     *
     * @param minSeconds 0 or more
     * @param maxSeconds at least twice {@code minSeconds}
     */
    record Shots(double minSeconds, double maxSeconds) implements Windows {
        /**
         * @throws IllegalArgumentException if the bounds are not in order
         */
        public Shots {
            if (!(minSeconds >= 0) || !(maxSeconds > 0) || !(maxSeconds >= 2 * minSeconds)) {
                throw new IllegalArgumentException(
                        "the longest shot must be at least twice the shortest, not ["
                                + maxSeconds
                                + "s] and ["
                                + minSeconds
                                + "s]");
            }
        }
    }

    /** Windows of one length, one after the other. */
    static Windows fixed(double seconds) {
        return new Sliding(seconds, seconds);
    }
}
