package org.vidvec.quality;

import org.vidvec.model.DualSoftmax;

/** How near each query is to each candidate; higher is nearer. */
final class ScoreTable {

    private final double[][] scores;

    /**
     * @param scores [queries][candidates]
     */
    ScoreTable(double[][] scores) {
        this.scores = scores;
    }

    /** Cosines of vectors of norm 1. */
    static ScoreTable cosines(float[][] queries, float[][] candidates) {
        double[][] scores = new double[queries.length][candidates.length];
        for (int i = 0; i < queries.length; i++) {
            for (int j = 0; j < candidates.length; j++) {
                double sum = 0;
                for (int k = 0; k < queries[i].length; k++) {
                    sum += (double) queries[i][k] * candidates[j][k];
                }
                scores[i][j] = sum;
            }
        }
        return new ScoreTable(scores);
    }

    int queries() {
        return scores.length;
    }

    int candidates() {
        return scores.length == 0 ? 0 : scores[0].length;
    }

    /** The scores of one query. */
    double[] row(int query) {
        return scores[query];
    }

    /** Candidates as queries. */
    ScoreTable transposed() {
        double[][] other = new double[candidates()][queries()];
        for (int i = 0; i < queries(); i++) {
            for (int j = 0; j < candidates(); j++) {
                other[j][i] = scores[i][j];
            }
        }
        return new ScoreTable(other);
    }

    /** The logarithms of {@link DualSoftmax} with scores times a factor. */
    ScoreTable dualSoftmax(double scale) {
        return new ScoreTable(DualSoftmax.logarithms(scores, scale));
    }
}
