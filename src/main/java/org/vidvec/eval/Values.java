package org.vidvec.eval;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.backbone.Readout;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.backbone.Trace;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.EngineException;
import org.vidvec.generation.Generation;
import org.vidvec.generation.GenerationListener;
import org.vidvec.generation.GenerationOptions;
import org.vidvec.generation.Generator;
import org.vidvec.prompt.PreparedSequence;

/** What this program computes for a case, under the names of the reference. */
final class Values {

    static final String GREEDY_IDS = "greedy_ids";

    private final ParityCase parityCase;
    private final Map<String, float[]> values = new LinkedHashMap<>();
    private final Map<String, boolean[]> meaningful = new HashMap<>();

    Values(ParityCase parityCase) {
        this.parityCase = parityCase;
    }

    /** A value; null if it was not computed. */
    float[] get(String name) {
        return values.get(name);
    }

    void put(String name, float[] value) {
        values.put(name, value);
    }

    /** A value that says something in some of its rows only. */
    void putAt(String name, float[] value, boolean[] rows) {
        values.put(name, value);
        meaningful.put(name, rows);
    }

    /** The rows of a value that say something; null for all. */
    boolean[] rows(String name) {
        return meaningful.get(name);
    }

    /** All that one pass shows, and what is read of a sequence alone. */
    void sequence(String prefix, VisionLanguageNetwork network, PreparedSequence sequence)
            throws EngineException {
        Trace trace = network.trace(sequence);
        trace.byName().forEach((name, value) -> put(prefix + name, value));
        answers(prefix, trace.logitsLast());
        readouts(List.of(prefix), network, List.of(sequence));
    }

    /** What is read of sequences side by side, as embedding and matching do. */
    void readouts(
            List<String> prefixes, VisionLanguageNetwork network, List<PreparedSequence> sequences)
            throws EngineException {
        int last = network.layers();
        List<Readout> lasts = network.read(sequences, ReadoutPlan.state(last, Pooling.LAST));
        List<Readout> means = network.read(sequences, ReadoutPlan.state(last, Pooling.MEAN));
        for (int i = 0; i < prefixes.size(); i++) {
            put(prefixes.get(i) + "embedding_last", Numbers.unit(lasts.get(i).state()));
            put(prefixes.get(i) + "embedding_mean", Numbers.unit(means.get(i).state()));
        }
        if (parityCase.has("mid_layer")) {
            midLayer(prefixes, network, sequences, parityCase.integer("mid_layer"));
        }
        if (parityCase.has("yes_token") && parityCase.has("no_token")) {
            matches(prefixes, network, sequences);
        }
    }

    private void midLayer(
            List<String> prefixes,
            VisionLanguageNetwork network,
            List<PreparedSequence> sequences,
            int layer)
            throws EngineException {
        List<Readout> means = network.read(sequences, ReadoutPlan.state(layer, Pooling.MEAN));
        List<Readout> lasts = network.read(sequences, ReadoutPlan.state(layer, Pooling.LAST));
        for (int i = 0; i < prefixes.size(); i++) {
            put(prefixes.get(i) + "mid_layer_mean", means.get(i).state());
            put(prefixes.get(i) + "mid_layer_mean_unit", Numbers.unit(means.get(i).state()));
            put(prefixes.get(i) + "mid_layer_last_unit", Numbers.unit(lasts.get(i).state()));
        }
    }

    private void matches(
            List<String> prefixes, VisionLanguageNetwork network, List<PreparedSequence> sequences)
            throws EngineException {
        long[] answers = {parityCase.integer("yes_token"), parityCase.integer("no_token")};
        ReadoutPlan plan = new ReadoutPlan(network.layers(), Pooling.LAST, answers);
        List<Readout> heads = network.read(sequences, plan);
        for (int i = 0; i < prefixes.size(); i++) {
            float[] logits = heads.get(i).logits();
            put(prefixes.get(i) + "p_yes", new float[] {Numbers.first(logits[0], logits[1])});
        }
    }

    private void answers(String prefix, float[] logits) {
        if (parityCase.has("yes_token") && parityCase.has("no_token")) {
            int[] answers = {parityCase.integer("yes_token"), parityCase.integer("no_token")};
            put(prefix + "yes_no_logprob", Numbers.logSoftmax(logits, answers));
        }
    }

    /** All logits of sequences side by side. */
    void logits(
            List<String> prefixes,
            VisionLanguageNetwork network,
            List<PreparedSequence> sequences,
            int vocabulary)
            throws EngineException {
        long[] rows = new long[vocabulary];
        Arrays.setAll(rows, i -> i);
        ReadoutPlan plan = new ReadoutPlan(network.layers(), Pooling.LAST, rows);
        List<Readout> heads = network.read(sequences, plan);
        for (int i = 0; i < prefixes.size(); i++) {
            float[] logits = heads.get(i).logits();
            put(prefixes.get(i) + "logits_last", logits);
            answers(prefixes.get(i), logits);
        }
    }

    /** Greedy decoding that no token ends, as long as the reference's. */
    void greedy(Generator generator, PreparedSequence sequence) throws EngineException {
        int tokens = (int) parityCase.tensors().shape(GREEDY_IDS)[0];
        GenerationOptions options =
                GenerationOptions.greedy(tokens).withStop(GenerationOptions.Stop.NEVER);
        Generation written =
                generator.generate(List.of(sequence), options, GenerationListener.NONE).get(0);
        put(GREEDY_IDS, Numbers.floats(written.ids()));
        put("greedy_margin", written.margins());
    }
}
