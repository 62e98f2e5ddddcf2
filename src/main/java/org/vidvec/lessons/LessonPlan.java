package org.vidvec.lessons;

import java.util.Map;
import org.vidvec.world.Emphasis;
import org.vidvec.world.FrameSize;
import org.vidvec.world.Source;
import org.vidvec.world.Topic;

/**
 * What is asked of the generated world's training split.
 *
 * @param seed of the subjects and of all choices
 * @param sources how often each comes up, against the others
 * @param alone part of the clips and images, from 0 to 1, that are drawn with a single figure
 * @param several part of them that are drawn with two or three; with {@code alone} 1 at most
 * @param frames of a video
 * @param size of every frame
 * @param turns how often what is asked of each subject
 * @param topics how often questions are about each topic, above 0, against the others; all
 *     questions alike of subjects that have none of these
 * @param emphasis what texts that may be false are about more often
 * @param curriculum how near wrong texts are
 */
public record LessonPlan(
        long seed,
        Map<Source, Double> sources,
        double alone,
        double several,
        int frames,
        FrameSize size,
        Turns turns,
        Map<Topic, Double> topics,
        Emphasis emphasis,
        Curriculum curriculum) {

    /**
     * How often a subject is asked what.
     *
     * @param captions for captions
     * @param questions with one right answer
     * @param matches for verdicts on a true text and a false one
     * @param words for any word of its summary
     * @param nouns the same for what it shows: the shape of one of its figures
     * @param names with questions whose answer names what is seen, as {@link
     *     org.vidvec.world.Question#naming} says
     * @param texts whether words and nouns are asked for of a caption alone as well
     */
    public record Turns(
            int captions,
            int questions,
            int matches,
            int words,
            int nouns,
            int names,
            boolean texts) {}

    public LessonPlan {
        sources = Map.copyOf(sources);
        topics = Map.copyOf(topics);
        if (sources.values().stream().mapToDouble(d -> d).sum() <= 0) {
            throw new IllegalArgumentException("a source must have a share above [0]");
        }
        if (alone + several > 1) {
            throw new IllegalArgumentException(
                    "[alone] and [several] are parts of all clips and images, but ["
                            + alone
                            + "] and ["
                            + several
                            + "] are more than [1]");
        }
    }
}
