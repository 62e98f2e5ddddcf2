package org.vidvec.backbone;

import java.util.Arrays;
import java.util.List;
import org.vidvec.prompt.PreparedSequence;

/**
 * A sequence and several ways to go on with it, for training: one clip and all that is asked of it.
 * A branch sees what is before all of them and itself, so that it reads as if it were the only one,
 * and the pictures are read once.
 *
 * @param head what comes before the branches, with all the pictures; causal
 * @param branches token ids of each, read behind the head
 */
public record BranchedSequence(PreparedSequence head, List<long[]> branches) {

    /**
     * @throws IllegalArgumentException if a branch has no token, or the head is not causal
     */
    public BranchedSequence {
        if (head.prefix() > 0) {
            throw new IllegalArgumentException(
                    "a sequence whose tokens see each other can't have branches");
        }
        if (branches.stream().anyMatch(branch -> branch.length == 0)) {
            throw new IllegalArgumentException("a branch needs at least one token");
        }
        branches = List.copyOf(branches);
    }

    /** All tokens: the head, then branch after branch, each at the positions behind the head. */
    public PreparedSequence joined() {
        int length = length();
        long[] ids = Arrays.copyOf(head.ids(), length);
        long[][] positions = new long[head.positions().length][];
        for (int axis = 0; axis < positions.length; axis++) {
            positions[axis] = Arrays.copyOf(head.positions()[axis], length);
        }
        long next = head.nextPosition();
        int at = head.length();
        for (long[] branch : branches) {
            System.arraycopy(branch, 0, ids, at, branch.length);
            for (int i = 0; i < branch.length; i++) {
                for (long[] axis : positions) {
                    axis[at + i] = next + i;
                }
            }
            at += branch.length;
        }
        return new PreparedSequence(ids, positions, head.vision());
    }

    /** Number of tokens in all. */
    public int length() {
        return head.length() + branches.stream().mapToInt(branch -> branch.length).sum();
    }

    /** Where a branch begins among all tokens. */
    public int start(int branch) {
        int at = head.length();
        for (long[] before : branches.subList(0, branch)) {
            at += before.length;
        }
        return at;
    }

    /** [tokens]: the number of each token's branch from 1, and 0 for the head. */
    long[] branchOfTokens() {
        long[] of = new long[length()];
        int at = head.length();
        for (int i = 0; i < branches.size(); i++) {
            Arrays.fill(of, at, at + branches.get(i).length, i + 1);
            at += branches.get(i).length;
        }
        return of;
    }
}
