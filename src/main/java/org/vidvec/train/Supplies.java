package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.vidvec.datasets.DatasetException;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.samples.Batches;
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

/** Opens the data of a task, and sees that what is drawn of it fits into the model. */
final class Supplies {

    private final TrainableModel model;
    private final NativeLibraries natives;
    private final TaskSpec.Batch batch;
    private final long seed;
    private final ReadAhead ahead;

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
    }

    /**
     * Sub-batches, each of one source.
     *
     * @throws DatasetException if data can't be used
     */
    Batches<EmbedPair> pairs(List<PairOrigin> origins) throws DatasetException {
        List<Supply<EmbedPair>> sources = new ArrayList<>();
        for (PairOrigin origin : origins) {
            sources.add(open(origin));
        }
        return new Batches<>(sources, this::check, batch.size(), batch.sub(), seed, ahead);
    }

    private Supply<EmbedPair> open(PairOrigin origin) throws DatasetException {
        return switch (origin) {
            case PairSource lines -> {
                TextLimit texts = limit(lines.query().instruction(), lines.target().instruction());
                yield Drawn.of(new LinePairs(lines, texts, natives), lines.samples(), seed);
            }
            case SetSource set -> {
                TextLimit texts = limit(set.queryInstruction(), set.targetInstruction());
                yield Drawn.of(new SetPairs(set, texts, natives), set.files().samples(), seed);
            }
            case GeneratedSource generated -> new GeneratedPairs(generated);
        };
    }

    private TextLimit limit(String query, String target) {
        return new TextLimit(model, batch.maxTokens(), query, target);
    }

    private void check(EmbedPair pair) throws ModelException {
        model.check(pair.query(), batch.maxTokens());
        model.check(pair.target(), batch.maxTokens());
    }

    /** The same of moments of one source. */
    Batches<MomentSample> moments(MomentOrigin origin) throws DatasetException, ModelException {
        Supply<MomentSample> source =
                switch (origin) {
                    case MomentOrigin.Generated world -> new GeneratedMoments(world);
                    case MomentOrigin.Labelled set ->
                            Drawn.of(
                                    new LabelledMoments(set, natives), set.files().samples(), seed);
                };
        int size = batch.size();
        return new Batches<>(List.of(source), this::check, size, size, seed, ahead);
    }

    private void check(MomentSample moment) throws ModelException {
        check(moment.video());
        check(moment.positive());
        for (List<Content> other : moment.negatives()) {
            check(other);
        }
    }

    private void check(List<Content> shown) throws ModelException {
        EmbedInput input = new EmbedInput(shown, EmbedInput.Role.DOCUMENT, null);
        model.check(input, batch.maxTokens());
    }

    /** Samples of several tasks, each drawn by itself. */
    Batches<FlaggedSample> flagged(List<FlaggedOrigin> origins)
            throws DatasetException, ModelException {
        List<Supply<FlaggedSample>> sources = new ArrayList<>();
        for (FlaggedOrigin origin : origins) {
            sources.add(
                    switch (origin) {
                        case FlaggedOrigin.Generated world -> new GeneratedFlagged(world);
                        case FlaggedOrigin.Labelled set ->
                                Drawn.of(
                                        new LabelledFlagged(set, limit(null, null), natives),
                                        set.files().samples(),
                                        seed);
                    });
        }
        return new Batches<>(sources, this::check, batch.size(), 1, seed, ahead);
    }

    private void check(FlaggedSample sample) throws ModelException {
        check(sample.shown());
        if (sample.moment() != null) {
            check(sample.moment());
        }
    }
}
