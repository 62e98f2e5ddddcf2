package org.vidvec.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vidvec.lessons.WorldContent;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.world.Composition;
import org.vidvec.world.Difficulty;
import org.vidvec.world.Sample;
import org.vidvec.world.Split;
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
        if (source.shown() == null) {
            return "generated texts";
        }
        String pairs = source.changes() ? "generated changed " : "generated ";
        return pairs + source.shown().name().toLowerCase(Locale.ROOT);
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
        if (source.changes()) {
            return changed(place);
        }
        return source.shown() == null ? texts(place) : shown(place);
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
        return new EmbedPair(
                query(new Content.Text(texts.summary())),
                target(new Content.Text(texts.dense())),
                List.of());
    }

    private EmbedPair shown(int place) {
        Subject subject = samples.subject(source.shown(), place);
        Content shown = clip(subject);
        Content text = new Content.Text(subject.caption(source.style(), place));
        List<EmbedInput> negatives = new ArrayList<>();
        for (int i = 0; i < source.negatives(); i++) {
            long wording = (long) place * source.negatives() + i;
            String wrong = subject.falsehood(Difficulty.NEAR, wording);
            negatives.add(target(new Content.Text(wrong)));
        }
        return new EmbedPair(
                query(source.fromText() ? text : shown),
                target(source.fromText() ? shown : text),
                negatives);
    }

    private EmbedInput query(Content content) {
        return new EmbedInput(List.of(content), EmbedInput.Role.QUERY, source.queryInstruction());
    }

    private EmbedInput target(Content content) {
        return new EmbedInput(
                List.of(content), EmbedInput.Role.DOCUMENT, source.targetInstruction());
    }
}
