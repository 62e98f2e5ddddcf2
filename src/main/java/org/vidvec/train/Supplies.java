package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.vidvec.datasets.DatasetException;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.samples.Batches;
import org.vidvec.samples.Converted;
import org.vidvec.samples.Drawn;
import org.vidvec.samples.EmbedPair;
import org.vidvec.samples.FlaggedOrigin;
import org.vidvec.samples.FlaggedSample;
import org.vidvec.samples.GeneratedFlagged;
import org.vidvec.samples.GeneratedMoments;
import org.vidvec.samples.GeneratedPairs;
import org.vidvec.samples.GeneratedSource;
import org.vidvec.samples.LabelledFlagged;
import org.vidvec.samples.LabelledMoments;
import org.vidvec.samples.LinePairs;
import org.vidvec.samples.MomentOrigin;
import org.vidvec.samples.MomentSample;
import org.vidvec.samples.PairOrigin;
import org.vidvec.samples.PairSource;
import org.vidvec.samples.ReadAhead;
import org.vidvec.samples.SetPairs;
import org.vidvec.samples.SetSource;
import org.vidvec.samples.Supply;
import org.vidvec.samples.TextLimit;

/** Opens the data of a task, as what the network reads of it. */
final class Supplies {

    private final TrainableModel model;
    private final NativeLibraries natives;
    private final TaskSpec.Batch batch;
    private final long seed;
    private final ReadAhead ahead;
    private final SamplePrompts prompts;

    /**
     * @param batch of the task
     * @param seed of the order
     * @param readers threads that read samples before they are asked for
     */
    Supplies(
            TrainableModel model,
            NativeLibraries natives,
            TaskSpec.Batch batch,
            long seed,
            Executor readers) {
        this.model = model;
        this.natives = natives;
        this.batch = batch;
        this.seed = seed;
        this.ahead = new ReadAhead(batch.readAhead(), readers);
        this.prompts = new SamplePrompts(model, batch.maxTokens());
    }

    /**
     * Sub-batches, each of one source.
     *
     * @throws DatasetException if data can't be used
     */
    Batches<SamplePrompts.Pair> pairs(List<PairOrigin> origins) throws DatasetException {
        return pairs(origins, prompts::pair);
    }

    /** The same of something shown and a text. */
    Batches<SamplePrompts.Captioned> captioned(List<PairOrigin> origins) throws DatasetException {
        return pairs(origins, prompts::captioned);
    }

    private <T> Batches<T> pairs(
            List<PairOrigin> origins, Converted.Conversion<EmbedPair, T> conversion)
            throws DatasetException {
        List<Supply<T>> sources = new ArrayList<>();
        Opened first = null;
        for (PairOrigin origin : origins) {
            Opened next = open(origin);
            first = first == null ? next : first;
            if (batch.sub() < batch.size()) {
                requireAlike(first, next);
            }
            sources.add(new Converted<>(next.pairs(), conversion));
        }
        return new Batches<>(sources, batch.size(), batch.sub(), seed, ahead);
    }

    /**
     * A source of pairs.
     *
     * @param negatives of each
     */
    private record Opened(Supply<EmbedPair> pairs, int negatives) {}

    /** The loss of a batch takes as many negatives for each pair, wherever that comes from. */
    private static void requireAlike(Opened first, Opened next) throws DatasetException {
        if (next.negatives() != first.negatives()) {
            throw new DatasetException(
                    "the pairs of a batch need as many negatives each, but ["
                            + first.pairs().name()
                            + "] has ["
                            + first.negatives()
                            + "] negatives and ["
                            + next.pairs().name()
                            + "] has ["
                            + next.negatives()
                            + "]; give all the same, or leave [batch.sub_batch] out, so that"
                            + " each batch comes from one source");
        }
    }

    private Opened open(PairOrigin origin) throws DatasetException {
        return switch (origin) {
            case PairSource lines -> {
                TextLimit texts = limit(lines.query().instruction(), lines.target().instruction());
                LinePairs pairs = new LinePairs(lines, texts, natives);
                yield new Opened(Drawn.of(pairs, lines.samples(), seed), pairs.negatives());
            }
            case SetSource set -> {
                TextLimit texts = limit(set.queryInstruction(), set.targetInstruction());
                SetPairs pairs = new SetPairs(set, texts, natives);
                yield new Opened(Drawn.of(pairs, set.files().samples(), seed), 0);
            }
            case GeneratedSource generated ->
                    new Opened(new GeneratedPairs(generated), generated.negatives());
        };
    }

    private TextLimit limit(String query, String target) {
        return new TextLimit(model, batch.maxTokens(), query, target);
    }

    /**
     * Moments of one source.
     *
     * @throws DatasetException if data can't be used
     */
    Batches<SamplePrompts.Moment> moments(TaskSpec.Moments spec)
            throws DatasetException, ModelException {
        Supply<MomentSample> source =
                switch (spec.data()) {
                    case MomentOrigin.Generated world -> new GeneratedMoments(world);
                    case MomentOrigin.Labelled set ->
                            Drawn.of(
                                    new LabelledMoments(set, natives), set.files().samples(), seed);
                };
        int size = batch.size();
        Supply<SamplePrompts.Moment> read =
                new Converted<>(
                        source,
                        moment ->
                                prompts.moment(
                                        moment, spec.queryInstruction(), spec.targetInstruction()));
        return new Batches<>(List.of(read), size, size, seed, ahead);
    }

    /** Samples of several tasks, each drawn by itself. */
    Batches<SamplePrompts.Flagged> flagged(TaskSpec.Flagged spec)
            throws DatasetException, ModelException {
        List<Supply<SamplePrompts.Flagged>> sources = new ArrayList<>();
        for (FlaggedOrigin origin : spec.sources()) {
            Supply<FlaggedSample> source =
                    switch (origin) {
                        case FlaggedOrigin.Generated world -> new GeneratedFlagged(world);
                        case FlaggedOrigin.Labelled set ->
                                Drawn.of(
                                        new LabelledFlagged(set, limit(null, null), natives),
                                        set.files().samples(),
                                        seed);
                    };
            sources.add(
                    new Converted<>(
                            source,
                            sample ->
                                    prompts.flagged(
                                            sample,
                                            spec.queryInstruction(),
                                            spec.targetInstruction())));
        }
        return new Batches<>(sources, batch.size(), 1, seed, ahead);
    }
}
