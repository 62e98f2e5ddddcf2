package org.vidvec.samples;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.vidvec.lessons.WorldContent;
import org.vidvec.model.Content;
import org.vidvec.world.Difficulty;
import org.vidvec.world.Question;
import org.vidvec.world.Split;
import org.vidvec.world.Style;
import org.vidvec.world.Subject;
import org.vidvec.world.WorldSamples;

/** Subjects of the generated world's training split, each once, with what their flags teach. */
public final class GeneratedFlagged implements Supply<FlaggedSample> {

    private final FlaggedOrigin.Generated origin;
    private final WorldSamples samples;

    public GeneratedFlagged(FlaggedOrigin.Generated origin) {
        this.origin = origin;
        samples = new WorldSamples(origin.seed(), Split.TRAIN, origin.frames(), origin.size());
    }

    @Override
    public String name() {
        return "generated " + origin.shown().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public double weight() {
        return origin.weight();
    }

    @Override
    public int size() {
        return ENDLESS;
    }

    @Override
    public List<String> notes() {
        return List.of(
                name() + " " + origin.flags().stream().sorted().toList() + ", weight " + weight());
    }

    @Override
    public FlaggedSample at(int place, long draw) {
        Subject subject = samples.subject(origin.shown(), place);
        List<Content> shown =
                List.of(
                        WorldContent.of(
                                origin.shown(),
                                samples.frames(origin.shown(), subject),
                                GeneratedPairs.SECONDS));
        return new FlaggedSample(
                shown,
                has(Flag.CAPTION)
                        ? FlaggedSample.pair(shown, subject.caption(Style.SHORT, place))
                        : null,
                has(Flag.QA) ? asked(shown, subject, place) : null,
                has(Flag.MATCH) ? claimed(shown.get(0), subject, place) : null,
                has(Flag.LOCALIZATION) ? MomentSample.of(samples.moment(place)) : null);
    }

    private boolean has(Flag flag) {
        return origin.flags().contains(flag);
    }

    private FlaggedSample.Asked asked(List<Content> shown, Subject subject, int place) {
        List<Question> all = subject.questions(place);
        Question one = all.get(choice(place, Flag.QA).nextInt(all.size()));
        return new FlaggedSample.Asked(shown, one.text(), one.answer());
    }

    private FlaggedSample.Claimed claimed(Content shown, Subject subject, int place) {
        boolean right = choice(place, Flag.MATCH).nextBoolean();
        String text =
                right
                        ? subject.truth(Difficulty.NEAR, place)
                        : subject.falsehood(Difficulty.NEAR, place);
        return new FlaggedSample.Claimed(shown, text, right);
    }

    private SplittableRandom choice(int place, Flag flag) {
        return new SplittableRandom(31 * (31 * origin.seed() + flag.ordinal()) + place);
    }
}
