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
     * @return [queries, candidates]: logarithms of the products, which rank the same and do not
     *     vanish
     */
    public static double[][] logarithms(double[][] scores, double scale) {
        int candidates = scores.length == 0 ? 0 : scores[0].length;
        double[] columns = new double[candidates];
        double[] column = new double[scores.length];
        for (int c = 0; c < candidates; c++) {
            for (int q = 0; q < scores.length; q++) {
                column[q] = scores[q][c];
            }
            columns[c] = logSumExp(column, scale);
        }
        double[][] result = new double[scores.length][candidates];
        for (int q = 0; q < scores.length; q++) {
            double row = logSumExp(scores[q], scale);
            for (int c = 0; c < candidates; c++) {
                result[q][c] = 2 * scale * scores[q][c] - row - columns[c];
            }
        }
        return result;
    }

    /**
     * For one query, where a bank stands for the others: orders candidates as {@link #logarithms}
     * would with the bank's queries beside this one, whatever the other candidates are, since what
     * they add is the same for all.
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
