package org.vidvec.lessons;

import java.util.List;

/** How often the first that is found is the right one. */
final class Recall {

    private Recall() {}

    /**
     * Recall at 1 by cosine.
     *
     * @param documents one for each query, in the same order
     */
    static double atOne(List<float[]> queries, List<float[]> documents) {
        int found = 0;
        for (int i = 0; i < queries.size(); i++) {
            double own = cosine(queries.get(i), documents.get(i));
            boolean first = true;
            for (int j = 0; j < documents.size() && first; j++) {
                first = j == i || cosine(queries.get(i), documents.get(j)) < own;
            }
            found += first ? 1 : 0;
        }
        return (double) found / queries.size();
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            squaresA += (double) a[i] * a[i];
            squaresB += (double) b[i] * b[i];
        }
        return product / Math.sqrt(squaresA * squaresB);
    }
}
