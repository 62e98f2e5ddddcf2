package org.vidvec.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.vidvec.lessons.WorldContent;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.world.Composition;
import org.vidvec.world.Difficulty;
import org.vidvec.world.Sample;
import org.vidvec.world.Source;
import org.vidvec.world.Split;
import org.vidvec.world.Style;
import org.vidvec.world.Subject;
import org.vidvec.world.WorldSamples;

/** Pairs of the generated world's training split, rendered when they are asked for. */
public final class GeneratedPairs implements Supply<EmbedPair> {

    /** As the world's files have it. */
    public static final double SECONDS = 3;

    private final GeneratedSource source;
    private final WorldSamples samples;

    public GeneratedPairs(GeneratedSource source) {
        this.source = source;
        samples = new WorldSamples(source.seed(), Split.TRAIN, source.frames(), source.size());
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public double weight() {
        return source.weight();
    }

    @Override
    public int size() {
        return source.samples();
    }

    @Override
    public List<String> notes() {
        return List.of(name() + ": " + size() + " pairs");
    }

    @Override
    public EmbedPair at(int place, long draw) {
        return switch (source.take()) {
            case CAPTIONS -> source.shown() == null ? texts(place) : shown(place);
            case CHANGES -> changed(place);
            case REWORDINGS -> reworded(place);
            case ENTAILMENTS -> entailed(place);
        };
    }

    private EmbedPair changed(int place) {
        Composition drawn = samples.composition(place);
        List<Content> query = List.of(clip(drawn.source()), new Content.Text(drawn.change()));
        return new EmbedPair(
                new EmbedInput(query, EmbedInput.Role.QUERY, source.queryInstruction()),
                target(clip(drawn.target())),
                // as near to the source as the target is: only the change tells them apart
                samples.otherChanges(place, source.negatives()).stream()
                        .map(other -> target(clip(other)))
                        .toList());
    }

    private Content clip(Subject subject) {
        return WorldContent.of(source.shown(), samples.frames(source.shown(), subject), SECONDS);
    }

    private EmbedPair texts(int place) {
        Sample.Texts texts = samples.texts(place);
        return texts(texts.summary(), texts.dense(), List.of());
    }

    private EmbedPair texts(String query, String target, List<EmbedInput> negatives) {
        return new EmbedPair(
                query(new Content.Text(query)), target(new Content.Text(target)), negatives);
    }

    private EmbedPair reworded(int place) {
        Subject clip = samples.subject(Source.CLIP, place);
        String one = clip.caption(Style.SHORT, wording(place, 0));
        String other = one;
        for (int i = 1; other.equals(one); i++) {
            other = clip.caption(Style.SHORT, wording(place, i));
        }
        return texts(one, other, List.of());
    }

    /** Of a picture, whose dense caption tells all that a short text says. */
    private EmbedPair entailed(int place) {
        Subject picture = samples.subject(Source.IMAGE, place);
        return texts(
                picture.caption(Style.DENSE, wording(place, 0)),
                picture.truth(Difficulty.NEAR, wording(place, 1)),
                falsehoods(picture, i -> wording(place, 1 + i)));
    }

    /** No two pairs share one. */
    private static long wording(int place, int number) {
        return (long) number << Integer.SIZE | place;
    }

    private List<EmbedInput> falsehoods(Subject subject, IntToLongFunction wording) {
        List<EmbedInput> wrong = new ArrayList<>();
        for (int i = 0; i < source.negatives(); i++) {
            String text = subject.falsehood(Difficulty.NEAR, wording.applyAsLong(i));
            wrong.add(target(new Content.Text(text)));
        }
        return wrong;
    }

    private EmbedPair shown(int place) {
        Subject subject = samples.subject(source.shown(), place);
        Content shown = clip(subject);
        Content text = new Content.Text(subject.caption(source.style(), place));
        long first = (long) place * source.negatives();
        return new EmbedPair(
                query(source.fromText() ? text : shown),
                target(source.fromText() ? shown : text),
                falsehoods(subject, i -> first + i));
    }

    private EmbedInput query(Content content) {
        return new EmbedInput(List.of(content), EmbedInput.Role.QUERY, source.queryInstruction());
    }

    private EmbedInput target(Content content) {
        return new EmbedInput(
                List.of(content), EmbedInput.Role.DOCUMENT, source.targetInstruction());
    }
}
