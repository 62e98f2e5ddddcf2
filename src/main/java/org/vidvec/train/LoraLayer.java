package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vidvec.backbone.NetworkLearner;
import org.vidvec.engine.WeightEntry;

/**
 * One linear layer of the language model that LoRA may change.
 *
 * @param name in the graph sources: {@code model.layers.0.self_attn.q_proj}
 * @param module in transformers 5: {@code model.language_model.layers.0.self_attn.q_proj}
 * @param out numbers that come out
 * @param in numbers that go in
 */
record LoraLayer(String name, String module, long out, long in) {

    private static final String LAYERS = "model.layers.";
    private static final String WEIGHT = "_proj.weight";
    private static final String PEFT = "base_model.model.";
    private static final String SEEING = "visual.";

    /** All that there are, in network order. */
    static List<LoraLayer> of(NetworkLearner learner) {
        // a text model has no wrapper around its decoder
        boolean wrapped = learner.weights().keySet().stream().anyMatch(n -> n.startsWith(SEEING));
        List<LoraLayer> layers = new ArrayList<>();
        for (Map.Entry<String, WeightEntry> weight : learner.weights().entrySet()) {
            String name = weight.getKey();
            if (name.startsWith(LAYERS) && name.endsWith(WEIGHT)) {
                String own = name.substring(0, name.length() - ".weight".length());
                String inside = own.substring("model.".length());
                String module = wrapped ? "model.language_model." + inside : own;
                long[] shape = weight.getValue().shape();
                layers.add(new LoraLayer(own, module, shape[0], shape[1]));
            }
        }
        return layers;
    }

    /** Half "A" [rank, in] or "B" [out, rank], as the graph sources name it. */
    String parameter(String half) {
        return name + ".lora_" + half + ".weight";
    }

    /** The same as PEFT names it in its files. */
    String published(String half) {
        return PEFT + module + ".lora_" + half + ".weight";
    }
}
