package org.vidvec.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Groups sequences of similar length, so that little is padded.
 *
 * @param maxTokens padded tokens in a group; a longer sequence is a group of its own
 */
record TokenBudget(int maxTokens) {

    /**
     * Indices of sequences by group, shortest first.
     *
     * @param lengths tokens of each sequence
     */
    List<List<Integer>> groups(int[] lengths) {
        List<Integer> order =
                IntStream.range(0, lengths.length)
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> lengths[i]))
                        .toList();
        List<List<Integer>> groups = new ArrayList<>();
        List<Integer> group = new ArrayList<>();
        for (int index : order) {
            // the longest is the last, so it sets the width of the group
            long padded = (group.size() + 1L) * lengths[index];
            if (group.isEmpty() == false && padded > maxTokens) {
                groups.add(List.copyOf(group));
                group.clear();
            }
            group.add(index);
        }
        if (group.isEmpty() == false) {
            groups.add(List.copyOf(group));
        }
        return groups;
    }
}
