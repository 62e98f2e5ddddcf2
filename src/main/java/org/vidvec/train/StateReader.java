package org.vidvec.train;

import java.util.List;
import org.vidvec.backbone.KvFormerLearner;
import org.vidvec.backbone.NetworkLearner;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.prompt.PreparedSequence;

/**
 * How states become a vector, while that is learnt: pooled as the model's card says, or by a head
 * of their own (ViLL-E §3.2).
 */
final class StateReader {

    private final NetworkLearner network;
    private final int layer;
    private final Pooling pooling;
    private final KvFormerLearner head;

    /**
     * @param layer that the card reads
     * @param pooling of the card
     * @param head in place of both, which reads the last layer if it has weights; null for none
     */
    StateReader(NetworkLearner network, int layer, Pooling pooling, KvFormerLearner head) {
        this.network = network;
        boolean last = head != null && head.config().kind().hasWeights();
        this.layer = last ? network.layers() : layer;
        this.pooling = pooling;
        this.head = head;
    }

    /** Decoder layer whose states it reads. */
    int layer() {
        return layer;
    }

    /** Whether it reads all states, and not those of last tokens alone. */
    boolean readsAll() {
        return head != null || pooling == Pooling.MEAN;
    }

    boolean hasHead() {
        return head != null;
    }

    /** A vector for each sequence [sequences, hidden], of any length. */
    Tensor embed(LearningPass pass, List<PreparedSequence> sequences) throws EngineException {
        long[] lengths = sequences.stream().mapToLong(PreparedSequence::length).toArray();
        return embed(pass.scope(), pass.states(sequences, layer), lengths);
    }

    /**
     * A vector for each of some stretches of states.
     *
     * @param states [tokens, hidden], one stretch behind the other
     * @param lengths tokens of each
     */
    Tensor embed(TensorScope scope, Tensor states, long[] lengths) throws EngineException {
        return head == null
                ? network.pool(scope, states, lengths, pooling)
                : head.embed(scope, states, lengths);
    }
}
