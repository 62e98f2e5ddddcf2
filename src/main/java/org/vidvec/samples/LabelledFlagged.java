package org.vidvec.samples;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.vidvec.datasets.DatasetException;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Question;
import org.vidvec.model.Content;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;

/**
 * Media of a labelled set, each with those of the flags for which the set says something of it.
 * Which of its captions, questions, claims and moments is learnt is drawn anew each time.
 */
public final class LabelledFlagged implements Supply<FlaggedSample> {

    /** A medium and what it teaches. */
    private record Known(MediumFacts facts, Set<Flag> flags) {}

    private final FlaggedOrigin.Labelled origin;
    private final MediaContents media;
    private final SetMoments moments;
    private final FalseTexts falseTexts;
    private final List<Known> known = new ArrayList<>();
    private final List<String> notes;

    /**
     * Reads the annotations, and of videos that teach where an event is and whose lengths they do
     * not tell the lengths.
     *
     * @param check of their texts
     * @throws DatasetException if they can't be read, have a text that can't be used and may not be
     *     left out, or nothing for one of the flags
     */
    public LabelledFlagged(
            FlaggedOrigin.Labelled origin, PairData.TextCheck check, NativeLibraries natives)
            throws DatasetException, ModelException {
        this.origin = origin;
        media = new MediaContents(natives, origin.frames());
        LabelledSet all = origin.files().open();
        notes = new ArrayList<>(origin.files().notes(all));
        LabelledSet set = all.only(all.media().stream().filter(origin.shown()::shows).toList());
        SetTexts texts = new SetTexts(origin.files(), check, notes);
        moments = origin.flags().contains(Flag.LOCALIZATION) ? moments(set) : null;
        List<MediumFacts> facts = MediumFacts.of(set, moments, texts);
        falseTexts = new FalseTexts(facts);
        for (MediumFacts one : facts) {
            Set<Flag> flags = flags(one);
            if (flags.isEmpty() == false) {
                known.add(new Known(one, flags));
            }
        }
        for (Flag flag : origin.flags().stream().sorted().toList()) {
            long teach = known.stream().filter(k -> k.flags().contains(flag)).count();
            if (teach == 0) {
                throw new DatasetException(nothing(flag, set));
            }
            notes.add(teach + " of " + set.media().size() + " media teach [" + flag + "]");
        }
    }

    private SetMoments moments(LabelledSet set) throws DatasetException, ModelException {
        SetMoments found = new SetMoments(set, media, origin.windows(), skipsBadMedia());
        notes.addAll(found.notes());
        return found;
    }

    private Set<Flag> flags(MediumFacts facts) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        for (Flag flag : origin.flags()) {
            boolean teaches =
                    switch (flag) {
                        case CAPTION -> facts.captions().isEmpty() == false;
                        case QA -> facts.questions().isEmpty() == false;
                        case MATCH -> facts.hasTrueText() && falseTexts.areThereFor(facts);
                        case LOCALIZATION -> facts.moments().isEmpty() == false;
                    };
            if (teaches) {
                flags.add(flag);
            }
        }
        return flags;
    }

    private String nothing(Flag flag, LabelledSet set) {
        return "set ["
                + name()
                + "] has nothing for the flag ["
                + flag
                + "]; of ["
                + set.media().size()
                + "] media of ["
                + origin.shown()
                + "] it has ["
                + set.captions().size()
                + "] captions, ["
                + set.questions().size()
                + "] questions, ["
                + set.claims().size()
                + "] matches and ["
                + set.moments().size()
                + "] moments (those with ["
                + SetMoments.NEGATIVES
                + "] wrong windows count): remove the flag, or change [shown], [window] or [stride]";
    }

    @Override
    public String name() {
        return origin.files().name();
    }

    @Override
    public double weight() {
        return origin.weight();
    }

    @Override
    public int size() {
        return known.size();
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public boolean skipsBadMedia() {
        return origin.files().skipsBadMedia();
    }

    @Override
    public FlaggedSample at(int place, long draw) throws ModelException {
        MediumFacts facts = known.get(place).facts();
        Set<Flag> flags = known.get(place).flags();
        // neighbouring seeds are no neighbours to it
        SplittableRandom random = new SplittableRandom(draw);
        List<Content> shown = media.of(facts.medium());
        return new FlaggedSample(
                shown,
                flags.contains(Flag.CAPTION)
                        ? FlaggedSample.pair(shown, one(facts.captions(), random))
                        : null,
                flags.contains(Flag.QA) ? asked(shown, one(facts.questions(), random)) : null,
                flags.contains(Flag.MATCH) ? claimed(shown.get(0), facts, random) : null,
                flags.contains(Flag.LOCALIZATION)
                        ? moments.sample(one(facts.moments(), random), draw)
                        : null);
    }

    private static FlaggedSample.Asked asked(List<Content> shown, Question question) {
        return new FlaggedSample.Asked(shown, question.text(), question.answers().get(0));
    }

    /** True and false texts come up alike. */
    private FlaggedSample.Claimed claimed(
            Content shown, MediumFacts facts, SplittableRandom random) {
        boolean right = random.nextBoolean();
        String text = right ? one(facts.trueTexts(), random) : falseTexts.one(facts, random);
        return new FlaggedSample.Claimed(shown, text, right);
    }

    static <T> T one(List<T> all, SplittableRandom random) {
        return all.get(random.nextInt(all.size()));
    }
}
