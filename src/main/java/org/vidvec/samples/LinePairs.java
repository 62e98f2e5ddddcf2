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

    private List<PairData.Pair> balanced() {
        boolean queries = source.queryKind() == PairSource.Kind.TEXT;
        KeywordBalance.Kept kept =
                source.balance()
                        .keep(
                                data.pairs().stream()
                                        .map(p -> queries ? p.query() : p.target())
                                        .toList());
        notes.addAll(kept.notes());
        return kept.places().stream().map(data.pairs()::get).toList();
    }

    private EmbedInput input(Content content, boolean query) {
        EmbedInput.Role role = query ? EmbedInput.Role.QUERY : EmbedInput.Role.DOCUMENT;
        String instruction = query ? source.queryInstruction() : source.targetInstruction();
        return new EmbedInput(List.of(content), role, instruction);
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
            negatives.add(input(new Content.Text(text), false));
        }
        return new EmbedPair(
                input(content(source.queryKind(), pair.query()), true),
                input(content(source.targetKind(), pair.target()), false),
                negatives);
    }

    private Content content(PairSource.Kind kind, String value) throws ModelException {
        return kind == PairSource.Kind.TEXT
                ? new Content.Text(value)
                : media.of(source.file().resolveSibling(value)).get(0);
    }
}
