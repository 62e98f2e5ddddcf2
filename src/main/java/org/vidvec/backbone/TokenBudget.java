package org.vidvec.backbone;

import java.util.ArrayList;
import java.util.List;

/**
 * Groups sequences that are read together. Nothing is padded, so their lengths may differ.
 *
 * @param maxTokens in a group; a longer sequence is a group of its own
 */
public record TokenBudget(int maxTokens) {

    /** Room for one video of 8 frames at 1280 tokens per pair of frames (VLM2Vec-V2). */
    public static final TokenBudget DEFAULT = new TokenBudget(8192);

    /**
     * Indices of sequences by group, in their order.
     *
     * @param lengths tokens of each sequence
     */
    public List<List<Integer>> groups(int[] lengths) {
        List<List<Integer>> groups = new ArrayList<>();
        List<Integer> group = new ArrayList<>();
        long tokens = 0;
        for (int i = 0; i < lengths.length; i++) {
            if (group.isEmpty() == false && tokens + lengths[i] > maxTokens) {
                groups.add(List.copyOf(group));
                group.clear();
                tokens = 0;
            }
            group.add(i);
            tokens += lengths[i];
        }
        if (group.isEmpty() == false) {
            groups.add(List.copyOf(group));
        }
        return groups;
    }
}
