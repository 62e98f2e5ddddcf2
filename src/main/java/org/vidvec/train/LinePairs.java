package org.vidvec.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.media.Clip;
import org.vidvec.media.FfmpegBackend;
import org.vidvec.media.FileSource;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.Sampling;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.natives.NativeLibraries;

/** Pairs of a file's lines; images and videos are read when they are asked for. */
final class LinePairs implements PairSupply {

    private final PairSource source;
    private final FfmpegBackend media;
    private final PairData data;
    private final List<PairData.Pair> pairs;
    private final List<String> notes = new ArrayList<>();

    /**
     * Reads the lines.
     *
     * @throws TrainingException if they can't be read, or one is bad and may not be left out
     */
    LinePairs(PairSource source, TrainableModel model, NativeLibraries natives)
            throws TrainingException {
        this.source = source;
        media = new FfmpegBackend(natives);
        data = PairData.read(source, (text, query) -> fault(model, text, query));
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

    /** What is wrong with a text that can't be embedded. */
    private String fault(TrainableModel model, String text, boolean query)
            throws TrainingException {
        try {
            model.prepare(input(new Content.Text(text), query));
            return "";
        } catch (ModelException e) {
            if (e.kind() == ModelException.Kind.INPUT) {
                return e.getMessage();
            }
            throw new TrainingException(e.getMessage(), e);
        }
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
    public EmbedPair at(int place) throws ModelException {
        PairData.Pair pair = pairs.get(place);
        List<EmbedInput> negatives = new ArrayList<>();
        for (String text : pair.negatives()) {
            negatives.add(input(new Content.Text(text), false));
        }
        return new EmbedPair(
                pair.line(),
                input(content(source.queryKind(), pair.query()), true),
                input(content(source.targetKind(), pair.target()), false),
                negatives);
    }

    private Content content(PairSource.Kind kind, String value) throws ModelException {
        if (kind == PairSource.Kind.TEXT) {
            return new Content.Text(value);
        }
        Path path = source.file().resolveSibling(value);
        Sampling sampling = new Sampling.Uniform(source.frames());
        try (FileSource file = new FileSource(path)) {
            Clip clip = media.read(file, sampling, MediaLimits.DEFAULT);
            return Content.of(clip).get(0);
        } catch (IOException | MediaException e) {
            throw new ModelException(
                    ModelException.Kind.INPUT, "can't read [" + path + "]: " + e.getMessage(), e);
        }
    }
}
