package org.vidvec.samples;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vidvec.datasets.Caption;
import org.vidvec.datasets.DatasetException;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Medium;
import org.vidvec.datasets.Question;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;

/** Pairs of a labelled set, in the order of its annotations; media are read when asked for. */
public final class SetPairs implements Supply<EmbedPair> {

    /**
     * A pair.
     *
     * @param medium null for two texts
     * @param beside the question that stands beside the medium; null for none
     * @param other the text across, or the brief one of two
     * @param detailed the other of two texts; null for none
     */
    private record Pair(Medium medium, String beside, String other, String detailed) {}

    private final SetSource source;
    private final MediaContents media;
    private final List<List<Pair>> samples;
    private final List<String> notes;

    /**
     * Reads the annotations.
     *
     * @param check of their texts
     * @throws DatasetException if they can't be read, have a text that can't be used and may not be
     *     left out, or nothing that is wanted
     */
    public SetPairs(SetSource source, PairData.TextCheck check, NativeLibraries natives)
            throws DatasetException {
        this.source = source;
        media = new MediaContents(natives, source.frames());
        LabelledSet set = source.files().open();
        notes = new ArrayList<>(source.files().notes(set));
        List<Pair> all = usable(pairs(set), check);
        if (all.isEmpty()) {
            throw new DatasetException(nothing(set));
        }
        notes.add(all.size() + " pairs of " + source.take());
        samples = samples(source.balance() == null ? all : balanced(all));
    }

    /** Pairs between which it is drawn each time. */
    private List<List<Pair>> samples(List<Pair> pairs) {
        if (source.take() != SetSource.Take.MEDIA) {
            return pairs.stream().map(List::of).toList();
        }
        Map<String, List<Pair>> media = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            media.computeIfAbsent(pair.medium().id(), id -> new ArrayList<>()).add(pair);
        }
        notes.add(media.size() + " media, one of their captions at a time");
        return List.copyOf(media.values());
    }

    private List<Pair> pairs(LabelledSet set) {
        Map<String, Medium> wanted =
                set.media().stream()
                        .filter(source.shown()::shows)
                        .collect(Collectors.toMap(Medium::id, Function.identity()));
        return switch (source.take()) {
            case TEXTS ->
                    set.texts().stream()
                            .map(t -> new Pair(null, null, t.brief(), t.detailed()))
                            .toList();
            case CAPTIONS, MEDIA ->
                    set.captions().stream()
                            .map(c -> new Pair(wanted.get(best(c)), null, c.text(), null))
                            .filter(pair -> pair.medium() != null)
                            .toList();
            case QUESTIONS ->
                    set.questions().stream()
                            .map(q -> pair(wanted.get(q.medium()), q))
                            .filter(pair -> pair.medium() != null)
                            .toList();
        };
    }

    /** The medium that a caption is most true of. */
    private static String best(Caption caption) {
        return caption.media().entrySet().stream()
                .max(
                        Map.Entry.<String, Integer>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
    }

    private static Pair pair(Medium medium, Question question) {
        return new Pair(medium, question.text(), question.answers().get(0), null);
    }

    private List<Pair> usable(List<Pair> all, PairData.TextCheck check) throws DatasetException {
        SetTexts texts = new SetTexts(source.files(), check, notes);
        List<Pair> usable = new ArrayList<>();
        for (Pair pair : all) {
            boolean searches =
                    pair.beside() == null && (pair.medium() == null || source.fromText());
            if (texts.isUsable(pair.other(), searches)
                    && (pair.detailed() == null || texts.isUsable(pair.detailed(), false))) {
                usable.add(pair);
            }
        }
        return usable;
    }

    private String nothing(LabelledSet set) {
        return "set ["
                + source.files().name()
                + "] has no ["
                + source.take()
                + "] of ["
                + source.shown()
                + "]; it has ["
                + set.captions().size()
                + "] captions, ["
                + set.questions().size()
                + "] questions and ["
                + set.texts().size()
                + "] pairs of texts: change [data.take] or [data.shown]";
    }

    private List<Pair> balanced(List<Pair> all) {
        KeywordBalance.Kept kept = source.balance().keep(all.stream().map(Pair::other).toList());
        notes.addAll(kept.notes());
        return kept.places().stream().map(all::get).toList();
    }

    @Override
    public String name() {
        return source.files().name();
    }

    @Override
    public double weight() {
        return source.weight();
    }

    @Override
    public int size() {
        return samples.size();
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public boolean skipsBadMedia() {
        return source.files().skipsBadMedia();
    }

    @Override
    public EmbedPair at(int place, long draw) throws ModelException {
        List<Pair> drawn = samples.get(place);
        Pair pair = drawn.get(new SplittableRandom(draw).nextInt(drawn.size()));
        List<Content> text = List.of(new Content.Text(pair.other()));
        if (pair.medium() == null) {
            return pair(text, List.of(new Content.Text(pair.detailed())));
        }
        List<Content> shown = new ArrayList<>(media.of(pair.medium()));
        if (pair.beside() != null) {
            shown.add(new Content.Text(pair.beside()));
            return pair(shown, text);
        }
        return source.fromText() ? pair(text, shown) : pair(shown, text);
    }

    private EmbedPair pair(List<Content> query, List<Content> target) {
        return new EmbedPair(
                new EmbedInput(query, EmbedInput.Role.QUERY, source.queryInstruction()),
                new EmbedInput(target, EmbedInput.Role.DOCUMENT, source.targetInstruction()),
                List.of());
    }
}
