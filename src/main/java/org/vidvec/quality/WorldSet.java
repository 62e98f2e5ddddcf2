package org.vidvec.quality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vidvec.datasets.Caption;
import org.vidvec.datasets.Claim;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Medium;
import org.vidvec.datasets.Moment;
import org.vidvec.datasets.Question;
import org.vidvec.datasets.Span;
import org.vidvec.datasets.TextPair;
import org.vidvec.media.Sampling;
import org.vidvec.world.Difficulty;
import org.vidvec.world.FrameSize;
import org.vidvec.world.RetrievalSet;
import org.vidvec.world.Source;
import org.vidvec.world.Split;
import org.vidvec.world.StorySubject;
import org.vidvec.world.Style;
import org.vidvec.world.Subject;
import org.vidvec.world.WorldSamples;

/**
 * The generated world as a labelled set: clips with one short caption each, of which none is true
 * of another clip, with questions and claims; and long videos with their moments.
 */
final class WorldSet {

    /** Parts are for learning: without them reports stay comparable. */
    private static final List<Difficulty> MEASURED =
            List.of(Difficulty.ATTRIBUTE, Difficulty.EASY, Difficulty.NEAR);

    private final long seed;
    private final Split split;
    private final FrameSize size;
    private final Map<String, Subject> subjects = new LinkedHashMap<>();
    private final List<Medium> media = new ArrayList<>();
    private final List<Caption> captions = new ArrayList<>();
    private final List<Moment> moments = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<TextPair> texts = new ArrayList<>();

    WorldSet(long seed, Split split, FrameSize size) {
        this.seed = seed;
        this.split = split;
        this.size = size;
    }

    /** Adds clips. */
    WorldSet clips(int n) {
        for (Subject clip : new RetrievalSet(seed, split, n).clips()) {
            String id = String.format(Locale.ROOT, "clip-%05d", media.size());
            add(id, clip);
            captions.add(new Caption(id + "#0", clip.caption(Style.SHORT, wording(clip)), id));
            ask(id, clip);
        }
        return this;
    }

    /** Adds long videos. */
    WorldSet longVideos(int n) {
        WorldSamples samples = new WorldSamples(seed, split, 1, size);
        for (int i = 0; i < n; i++) {
            StorySubject story = (StorySubject) samples.subject(Source.STORY, i);
            String id = String.format(Locale.ROOT, "long-%05d", i);
            add(id, story);
            for (int e = 0; e < story.story().events().size(); e++) {
                var event = story.story().events().get(e);
                moments.add(
                        new Moment(
                                id + "@" + e,
                                id,
                                story.eventCaption(e, wording(story)),
                                List.of(new Span(event.start(), event.end())),
                                story.story().seconds()));
            }
        }
        return this;
    }

    private void add(String id, Subject subject) {
        media.add(new Medium(id, Medium.Kind.VIDEO, null, null));
        subjects.put(id, subject);
    }

    private void ask(String id, Subject clip) {
        long wording = wording(clip);
        int n = 0;
        for (var question : clip.questions(wording)) {
            questions.add(
                    new Question(
                            id + "?" + n++,
                            id,
                            question.text(),
                            List.of(question.answer()),
                            List.of()));
        }
        for (Difficulty difficulty : MEASURED) {
            String name = difficulty.name().toLowerCase(Locale.ROOT);
            claims.add(new Claim(id, clip.truth(difficulty, wording), true, name));
            claims.add(new Claim(id, clip.falsehood(difficulty, wording), false, name));
        }
        texts.add(
                new TextPair(
                        id,
                        clip.caption(Style.DENSE, wording),
                        clip.caption(Style.SUMMARY, wording)));
    }

    /** Another one for each subject, and the same whenever it is asked. */
    private static long wording(Subject subject) {
        return subject.canonical().hashCode() & 0xFFFF_FFFFL;
    }

    /** All of it, sampled as a model looks at it. */
    Measured with(Sampling sampling) {
        String protocol =
                "generated world, split ["
                        + split
                        + "], seed ["
                        + seed
                        + "], frames of ["
                        + size.width()
                        + "x"
                        + size.height()
                        + "]: one short caption for each clip";
        LabelledSet labels =
                new LabelledSet(
                        EvalOrder.WORLD,
                        protocol,
                        media,
                        captions,
                        moments,
                        questions,
                        claims,
                        texts,
                        List.of(),
                        List.of());
        String name = seed + "|" + split + "|" + size.width() + "x" + size.height();
        Map<String, Subject> clips = new LinkedHashMap<>(subjects);
        clips.values().removeIf(subject -> subject instanceof StorySubject);
        return new Measured(
                labels, new WorldShelf(name, subjects, size, sampling), new CaptionWords(clips));
    }
}
