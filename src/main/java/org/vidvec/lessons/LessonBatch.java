package org.vidvec.lessons;

import java.util.ArrayList;
import java.util.Comparator;
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

    /** Places that tokens follow for a skill; 0 where none is asked for. */
    public int count(Skill skill) {
        Following following = tokens.get(skill);
        return following == null ? 0 : following.places().length;
    }

    /** What is asked of one subject. */
    record Part(long id, List<Lesson> lessons) {

        int length() {
            return lessons.stream().mapToInt(lesson -> lesson.sequence().length()).sum();
        }
    }

    /**
     * Batches of about as many tokens each: the longest first, to whichever is the shortest by
     * then.
     *
     * @param parts how many, at most one for each subject
     */
    static List<LessonBatch> cut(List<Part> subjects, int parts) {
        List<List<Part>> shares = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            shares.add(new ArrayList<>());
        }
        List<Part> order = new ArrayList<>(subjects);
        if (parts > 1) {
            order.sort(Comparator.comparingInt(Part::length).reversed());
        }
        for (Part subject : order) {
            shares.stream().min(Comparator.comparingInt(LessonBatch::length)).get().add(subject);
        }
        return shares.stream().map(LessonBatch::of).toList();
    }

    private static int length(List<Part> subjects) {
        return subjects.stream().mapToInt(Part::length).sum();
    }

    private static LessonBatch of(List<Part> subjects) {
        List<Long> ids = subjects.stream().map(Part::id).toList();
        List<Lesson> lessons = subjects.stream().flatMap(part -> part.lessons().stream()).toList();
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
        return new LessonBatch(ids, sequences, tokens, verdicts);
    }

    private static Following following(List<long[]> pairs) {
        return new Following(
                pairs.stream().mapToLong(pair -> pair[0]).toArray(),
                pairs.stream().mapToLong(pair -> pair[1]).toArray());
    }
}
