package org.vidvec.model;

/**
 * Dual softmax at inference (VidVec §5.1, App. D): the softmax of each query over the candidates
 * times the softmax of each candidate over the queries.
 */
public final class DualSoftmax {

    private DualSoftmax() {}

    /**
     * Exactly, where all queries are known.
     *
     * @param scores [queries, candidates], for example cosines
     * @param scale what they are multiplied by: one over the temperature
     * @return [queries, candidates], 0..1
     */
    public static double[][] of(double[][] scores, double scale) {
        int queries = scores.length;
        int candidates = queries == 0 ? 0 : scores[0].length;
        double[][] result = new double[queries][candidates];
        for (int q = 0; q < queries; q++) {
            double all = logSumExp(scores[q], scale);
            for (int c = 0; c < candidates; c++) {
                result[q][c] = scale * scores[q][c] - all;
            }
        }
        double[] column = new double[queries];
        for (int c = 0; c < candidates; c++) {
            for (int q = 0; q < queries; q++) {
                column[q] = scores[q][c];
            }
            double all = logSumExp(column, scale);
            for (int q = 0; q < queries; q++) {
                result[q][c] = Math.exp(result[q][c] + scale * scores[q][c] - all);
            }
        }
        return result;
    }

    /**
     * For one query, where a bank stands for the others: orders candidates as {@link #of} would
     * with the bank's queries beside this one, whatever the other candidates are, since what they
     * add is the same for all.
     *
     * @param score of the candidate for the query
     * @param bank of the same candidate for the bank's queries
     * @return log of the product, without what is the same for all candidates
     */
    public static double againstBank(double score, double[] bank, double scale) {
        double[] column = new double[bank.length + 1];
        System.arraycopy(bank, 0, column, 0, bank.length);
        column[bank.length] = score;
        return 2 * scale * score - logSumExp(column, scale);
    }

    private static double logSumExp(double[] values, double scale) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, scale * value);
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(scale * value - largest);
        }
        return largest + Math.log(sum);
    }
}
