package org.vidvec.backbone;

import java.util.Arrays;
import java.util.Locale;

/**
 * What stands between the decoder's states and the mean that is the embedding (ViLL-E §3.2, Table
 * 7b). Those with attention differ in where queries, keys and values come from, and in nothing
 * else.
 */
public enum HeadKind {
    /** States ask learnt keys for learnt values. */
    KV_FORMER(true, true, true),
    /** States ask learnt keys, which are the values too. */
    K_FORMER(true, true, true),
    /** Learnt queries ask the states: always as many results as queries. */
    Q_FORMER(true, true, true),
    /** States ask states. */
    SELF_ATTENTION(true, false, true),
    /** Each state by itself, through two layers. */
    MLP(false, false, true),
    /** Each state by itself, through one layer. */
    LINEAR(false, false, false),
    /** Nothing. */
    MEAN(false, false, false);

    private final boolean attends;
    private final boolean learnsTokens;
    private final boolean hasMlp;

    HeadKind(boolean attends, boolean learnsTokens, boolean hasMlp) {
        this.attends = attends;
        this.learnsTokens = learnsTokens;
        this.hasMlp = hasMlp;
    }

    /** Whether it has attention, in heads. */
    public boolean attends() {
        return attends;
    }

    /** Whether keys, values or queries are learnt. */
    public boolean learnsTokens() {
        return learnsTokens;
    }

    /** Whether two layers follow. */
    public boolean hasMlp() {
        return hasMlp;
    }

    /** Whether there is anything to learn. */
    public boolean hasWeights() {
        return this != MEAN;
    }

    /** The name in a head's config. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a name in a head's config.
     *
     * @throws IllegalArgumentException that lists the names
     */
    public static HeadKind of(String name) {
        for (HeadKind kind : values()) {
            if (kind.configName().equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "unknown [head] ["
                        + name
                        + "]; known are "
                        + Arrays.stream(values()).map(HeadKind::configName).toList());
    }

    /** The weights of a head of these sizes. */
    WeightPlan plan(KvFormerConfig c, boolean gemmaLayer) {
        WeightPlan plan = new WeightPlan();
        if (attends) {
            plan.need("query.weight", c.hidden(), c.hidden())
                    .need("output.weight", c.hidden(), c.hidden());
        }
        switch (this) {
            case KV_FORMER ->
                    plan.need("key_tokens", c.poolingTokens(), c.hidden())
                            .need("value_tokens", c.poolingTokens(), c.hidden());
            case K_FORMER -> plan.need("key_tokens", c.poolingTokens(), c.hidden());
            case Q_FORMER ->
                    projections(plan, c).need("query_tokens", c.poolingTokens(), c.hidden());
            case SELF_ATTENTION -> projections(plan, c);
            case LINEAR -> plan.linear("linear", c.hidden(), c.hidden());
            case MLP, MEAN -> {}
        }
        if (gemmaLayer) {
            return plan.need("attention_norm", c.hidden())
                    .need("mlp_norm", c.hidden())
                    .need("mlp_gate.weight", c.mlp(), c.hidden())
                    .need("mlp_up.weight", c.mlp(), c.hidden())
                    .need("mlp_down.weight", c.hidden(), c.mlp());
        }
        return hasMlp
                ? plan.linear("mlp_up", c.mlp(), c.hidden()).linear("mlp_down", c.hidden(), c.mlp())
                : plan;
    }

    private static WeightPlan projections(WeightPlan plan, KvFormerConfig c) {
        return plan.need("key.weight", c.hidden(), c.hidden())
                .need("value.weight", c.hidden(), c.hidden());
    }
}
