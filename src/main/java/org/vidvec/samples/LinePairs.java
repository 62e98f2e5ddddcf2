package org.vidvec.samples;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.datasets.DatasetException;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;

/** Pairs of a file's lines; images and videos are read when they are asked for. */
public final class LinePairs implements Supply<EmbedPair> {

    private final PairSource source;
    private final MediaContents media;
    private final PairData data;
    private final List<PairData.Pair> pairs;
    private final List<String> notes = new ArrayList<>();

    /**
     * Reads the lines.
     *
     * @param check of their texts
     * @throws DatasetException if they can't be read, or one is bad and may not be left out
     */
    public LinePairs(PairSource source, PairData.TextCheck check, NativeLibraries natives)
            throws DatasetException {
        this.source = source;
        media = new MediaContents(natives, source.frames());
        data = PairData.read(source, check);
        data.skipped().forEach(line -> notes.add("left out: " + line));
        notes.add(data.pairs().size() + " pairs, " + data.skipped().size() + " left out");
        pairs = source.balance() == null ? data.pairs() : balanced();
    }

    private List<PairData.Pair> balanced() throws DatasetException {
        KeywordBalance.Kept kept = kept(source.balance());
        notes.addAll(kept.notes());
        if (kept.places().isEmpty()) {
            throw new DatasetException(
                    "no keyword of ["
                            + source.file()
                            + "] is in [data.balance.least], ["
                            + source.balance().least()
                            + "], of its ["
                            + data.pairs().size()
                            + "] pairs, and none is kept; lower it");
        }
        return kept.places().stream().map(data.pairs()::get).toList();
    }

    private KeywordBalance.Kept kept(KeywordBalance balance) {
        if (balance.isLabelled()) {
            return balance.keepLabelled(data.pairs().stream().map(p -> p.keywords()).toList());
        }
        boolean queries = source.query().isText();
        return balance.keep(
                data.pairs().stream()
                        .map(p -> queries ? p.query() : p.target())
                        .map(PairData.Value::value)
                        .toList());
    }

    /** How many texts that are near the target and wrong each pair has. */
    public int negatives() {
        return data.pairs().get(0).negatives().size();
    }

    @Override
    public String name() {
        return source.file().toString();
    }

    @Override
    public double weight() {
        return source.weight();
    }

    @Override
    public int size() {
        return pairs.size();
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public long id(int place) {
        return pairs.get(place).line();
    }

    @Override
    public boolean skipsBadMedia() {
        return source.skipsBadMedia();
    }

    @Override
    public EmbedPair at(int place, long draw) throws ModelException {
        PairData.Pair pair = pairs.get(place);
        List<EmbedInput> negatives = new ArrayList<>();
        for (String text : pair.negatives()) {
            negatives.add(target(List.of(new Content.Text(text))));
        }
        List<Content> query = contents(source.query(), pair.query());
        return new EmbedPair(
                new EmbedInput(query, EmbedInput.Role.QUERY, source.query().instruction()),
                target(contents(source.target(), pair.target())),
                negatives);
    }

    private EmbedInput target(List<Content> contents) {
        return new EmbedInput(contents, EmbedInput.Role.DOCUMENT, source.target().instruction());
    }

    private List<Content> contents(PairSource.Side side, PairData.Value value)
            throws ModelException {
        if (side.isText()) {
            return List.of(new Content.Text(value.value()));
        }
        List<Content> contents = new ArrayList<>();
        contents.add(media.of(source.file().resolveSibling(value.value())).get(0));
        if (value.beside().isEmpty() == false) {
            contents.add(new Content.Text(value.beside()));
        }
        return contents;
    }
}
