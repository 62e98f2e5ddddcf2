package org.vidvec.backbone;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.test.ESTestCase;

public class TokenBudgetTests extends ESTestCase {

    public void testKeepsTheOrderAndTheBudget() {
        assertEquals(
                List.of(List.of(0), List.of(1), List.of(2, 3)),
                new TokenBudget(10).groups(new int[] {4, 50, 3, 7}));
        assertEquals(List.of(), new TokenBudget(10).groups(new int[0]));
    }

    public void testEveryIndexOnceWithinTheBudget() {
        int[] lengths = new int[randomIntBetween(1, 60)];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = randomIntBetween(1, 300);
        }
        int max = randomIntBetween(1, 1000);
        List<Integer> seen = new ArrayList<>();
        for (List<Integer> group : new TokenBudget(max).groups(lengths)) {
            int sum = group.stream().mapToInt(i -> lengths[i]).sum();
            assertTrue(group.size() == 1 || sum <= max);
            seen.addAll(group);
        }
        assertEquals(lengths.length, seen.size());
        assertEquals(lengths.length, seen.stream().distinct().count());
    }
}
