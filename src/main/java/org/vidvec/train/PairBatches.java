package org.vidvec.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.DatasetException;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.samples.EmbedPair;
import org.vidvec.samples.GeneratedPairs;
import org.vidvec.samples.GeneratedSource;
import org.vidvec.samples.LinePairs;
import org.vidvec.samples.PairMix;
import org.vidvec.samples.PairOrigin;
import org.vidvec.samples.PairSource;
import org.vidvec.samples.PairSupply;
import org.vidvec.samples.SetPairs;
import org.vidvec.samples.SetSource;
import org.vidvec.samples.TextLimit;

/** Batches of pairs out of the sources of a task, and where each pair comes from. */
final class PairBatches {

    private final List<PairSupply> sources = new ArrayList<>();
    private final PairMix mix;

    /**
     * @param pairs in the batch
     * @param ids of the pairs by source, for messages
     */
    record Batch(List<EmbedPair> pairs, Map<String, List<Long>> ids) {}

    /**
     * Reads the data.
     *
     * @param seed of the order
     * @throws DatasetException if data can't be used
     */
    PairBatches(
            List<PairOrigin> origins,
            TaskSpec.Batch size,
            TrainableModel model,
            NativeLibraries natives,
            long seed)
            throws DatasetException {
        for (PairOrigin origin : origins) {
            sources.add(open(origin, model, size.maxTokens(), natives));
        }
        List<PairMix.Part> parts =
                sources.stream()
                        .map(s -> new PairMix.Part(s.name(), s.weight(), s.size()))
                        .toList();
        mix = new PairMix(parts, size.size(), size.sub(), seed);
    }

    private static PairSupply open(
            PairOrigin origin, TrainableModel model, int maxTokens, NativeLibraries natives)
            throws DatasetException {
        return switch (origin) {
            case PairSource lines ->
                    new LinePairs(
                            lines,
                            new TextLimit(
                                    model,
                                    maxTokens,
                                    lines.queryInstruction(),
                                    lines.targetInstruction()),
                            natives);
            case SetSource set ->
                    new SetPairs(
                            set,
                            new TextLimit(
                                    model,
                                    maxTokens,
                                    set.queryInstruction(),
                                    set.targetInstruction()),
                            natives);
            case GeneratedSource generated -> new GeneratedPairs(generated);
        };
    }

    List<String> notes() {
        return sources.stream().flatMap(source -> source.notes().stream()).toList();
    }

    void skip(long batches) {
        mix.skip(batches);
    }

    /**
     * @throws ModelException if media can't be read any more
     */
    Batch next() throws ModelException {
        List<EmbedPair> pairs = new ArrayList<>();
        Map<String, List<Long>> ids = new LinkedHashMap<>();
        for (PairMix.Sample sample : mix.next()) {
            PairSupply source = sources.get(sample.source());
            EmbedPair pair = source.at(sample.place());
            ids.computeIfAbsent(source.name(), name -> new ArrayList<>()).add(pair.id());
            pairs.add(pair);
        }
        return new Batch(pairs, ids);
    }
}
