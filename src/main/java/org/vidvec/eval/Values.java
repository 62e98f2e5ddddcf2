package org.vidvec.eval;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.backbone.PreparedSequence;
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

/** What this program computes for a case, under the names of the reference. */
final class Values {

    static final String GREEDY_IDS = "greedy_ids";

    private final ParityCase parityCase;
    private final Map<String, float[]> values = new LinkedHashMap<>();

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

    /** All that one pass shows, and what is read of a sequence alone. */
    void sequence(String prefix, VisionLanguageNetwork network, PreparedSequence sequence)
            throws EngineException {
        Trace trace = network.trace(sequence);
        trace.byName().forEach((name, value) -> put(prefix + name, value));
        int[] answers = {parityCase.integer("yes_token"), parityCase.integer("no_token")};
        put(prefix + "yes_no_logprob", Numbers.logSoftmax(trace.logitsLast(), answers));
        readouts(List.of(prefix), network, List.of(sequence));
    }

    /** What is read of sequences side by side, as embedding and matching do. */
    void readouts(
            List<String> prefixes, VisionLanguageNetwork network, List<PreparedSequence> sequences)
            throws EngineException {
        int last = network.layers();
        int mid = parityCase.integer("mid_layer");
        long[] answers = {parityCase.integer("yes_token"), parityCase.integer("no_token")};
        List<Readout> heads = network.read(sequences, new ReadoutPlan(last, Pooling.LAST, answers));
        List<Readout> means = network.read(sequences, ReadoutPlan.state(last, Pooling.MEAN));
        List<Readout> midMeans = network.read(sequences, ReadoutPlan.state(mid, Pooling.MEAN));
        List<Readout> midLasts = network.read(sequences, ReadoutPlan.state(mid, Pooling.LAST));
        for (int i = 0; i < prefixes.size(); i++) {
            String prefix = prefixes.get(i);
            float[] logits = heads.get(i).logits();
            put(prefix + "p_yes", new float[] {Numbers.first(logits[0], logits[1])});
            put(prefix + "embedding_last", Numbers.unit(heads.get(i).state()));
            put(prefix + "embedding_mean", Numbers.unit(means.get(i).state()));
            put(prefix + "mid_layer_mean", midMeans.get(i).state());
            put(prefix + "mid_layer_mean_unit", Numbers.unit(midMeans.get(i).state()));
            put(prefix + "mid_layer_last_unit", Numbers.unit(midLasts.get(i).state()));
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
        int[] answers = {parityCase.integer("yes_token"), parityCase.integer("no_token")};
        for (int i = 0; i < prefixes.size(); i++) {
            float[] logits = heads.get(i).logits();
            put(prefixes.get(i) + "logits_last", logits);
            put(prefixes.get(i) + "yes_no_logprob", Numbers.logSoftmax(logits, answers));
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
