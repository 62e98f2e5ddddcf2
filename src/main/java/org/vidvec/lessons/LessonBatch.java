package org.vidvec.lessons;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.vidvec.backbone.BranchedSequence;

/**
 * Lessons behind each other, places counted through all of them.
 *
 * @param ids of the samples that they come from
 * @param sequences in the order of the tokens
 * @param tokens that follow, by what they are learnt for
 * @param verdicts on what matches
 */
public record LessonBatch(
        List<Long> ids,
        List<BranchedSequence> sequences,
        Map<Skill, Following> tokens,
        List<Lesson.Verdict> verdicts) {

    /**
     * Tokens that follow others.
     *
     * @param places of the tokens before them, among all tokens
     * @param tokens ids, one for each place
     */
    public record Following(long[] places, long[] tokens) {}

    static LessonBatch of(List<Long> ids, List<Lesson> lessons) {
        List<BranchedSequence> sequences = new ArrayList<>();
        Map<Skill, List<long[]>> pairs = new EnumMap<>(Skill.class);
        List<Lesson.Verdict> verdicts = new ArrayList<>();
        int begin = 0;
        for (Lesson lesson : lessons) {
            for (Lesson.Next next : lesson.tokens()) {
                pairs.computeIfAbsent(next.skill(), skill -> new ArrayList<>())
                        .add(new long[] {begin + next.place(), next.token()});
            }
            for (Lesson.Verdict verdict : lesson.verdicts()) {
                verdicts.add(
                        new Lesson.Verdict(
                                verdict.difficulty(), begin + verdict.place(), verdict.matches()));
            }
            sequences.add(lesson.sequence());
            begin += lesson.sequence().length();
        }
        Map<Skill, Following> tokens = new EnumMap<>(Skill.class);
        pairs.forEach((skill, all) -> tokens.put(skill, following(all)));
        return new LessonBatch(List.copyOf(ids), sequences, tokens, verdicts);
    }

    private static Following following(List<long[]> pairs) {
        return new Following(
                pairs.stream().mapToLong(pair -> pair[0]).toArray(),
                pairs.stream().mapToLong(pair -> pair[1]).toArray());
    }
}
