package org.vidvec.metrics;

/** What a grade of relevance is worth in nDCG. */
public enum Gain {
    /** The grade itself (Järvelin and Kekäläinen 2002; trec_eval). */
    LINEAR {
        @Override
        double of(int grade) {
            return grade;
        }
    },
    /** 2^grade - 1 (Burges et al. 2005). */
    EXPONENTIAL {
        @Override
        double of(int grade) {
            return Math.pow(2, grade) - 1;
        }
    };

    abstract double of(int grade);
}
