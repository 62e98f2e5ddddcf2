package org.vidvec.train;

import java.util.Arrays;
import java.util.List;
import org.vidvec.backbone.HeadKind;
import org.vidvec.backbone.KvFormerConfig;

/**
 * A head that is learnt beside the network, with random weights to begin with: a KV-Former (ViLL-E
 * §3.2), or one of those that it is compared with (Table 7b); the mean alone has none.
 *
 * @param kind which head
 * @param poolingTokens learnt keys, values or queries: 256 in the paper
 * @param mlp width of its MLP: 16384 in the paper
 * @param heads of its attention: 8 in the paper
 * @param gemmaLayer whether it is a whole Gemma layer, with norms, residuals and a gate
 */
public record HeadSpec(HeadKind kind, int poolingTokens, int mlp, int heads, boolean gemmaLayer) {

    private static final List<String> NAMES =
            Arrays.stream(HeadKind.values()).map(HeadKind::configName).toList();

    /** The fields of [head]; those that a kind does not have are refused. */
    static HeadSpec read(RunFields head) {
        HeadKind kind = HeadKind.of(head.word("name", HeadKind.KV_FORMER.configName(), NAMES));
        HeadSpec read =
                new HeadSpec(
                        kind,
                        kind.learnsTokens() ? head.whole("pooling_tokens", 256, 1) : 1,
                        kind.hasMlp() ? head.whole("mlp_dim", 16384, 1) : 1,
                        kind.attends() ? head.whole("heads", 8, 1) : 1,
                        hasGemmaLayer(kind) && head.flag("gemma_layer", false));
        head.refuseOthers();
        return read;
    }

    /** A residual needs as many results as states. */
    private static boolean hasGemmaLayer(HeadKind kind) {
        return kind.attends() && kind != HeadKind.Q_FORMER;
    }

    /** Its sizes over states of a length. */
    KvFormerConfig config(int hidden) {
        return new KvFormerConfig(hidden, heads, poolingTokens, mlp, 1e-6, kind);
    }
}
