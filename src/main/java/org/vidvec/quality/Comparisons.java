package org.vidvec.quality;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the papers compare by adapters of one model, and which of these adapters are not there. */
final class Comparisons {

    /** VidVec's alignment. */
    static final String ALIGNED = "-vidvec";

    /** ViLL-E with its own head and as many tokens as the clip takes. */
    static final String ADAPTIVE = "-vill-e";

    /** By the end of the adapter's name. */
    private static final Map<String, String> WANTED = new LinkedHashMap<>();

    static {
        WANTED.put(ALIGNED, "aligned against zero-shot");
        WANTED.put("-vlm2vec", "texts, clips, images and pages in one space");
        WANTED.put(ADAPTIVE, "adaptive length and KV-Former");
        WANTED.put(ADAPTIVE + "-1", "adaptive length against 1 token");
        WANTED.put(ADAPTIVE + "-5", "adaptive length against 5 tokens");
        WANTED.put(ADAPTIVE + "-mean", "KV-Former against no head");
        WANTED.put(ADAPTIVE + "-linear", "KV-Former against a linear head");
        WANTED.put(ADAPTIVE + "-mlp", "KV-Former against an MLP");
        WANTED.put(ADAPTIVE + "-self-attention", "KV-Former against self-attention");
        WANTED.put(ADAPTIVE + "-q-former", "KV-Former against Q-Former");
        WANTED.put(ADAPTIVE + "-k-former", "KV-Former against K-Former");
    }

    private final String model;
    private final Map<String, String> reasons = new LinkedHashMap<>();

    /**
     * @param model name of the folder that all adapters' names begin with
     */
    Comparisons(String model) {
        this.model = model;
        WANTED.keySet()
                .forEach(end -> reasons.put(model + end, "there is no folder [" + model + end + "]"));
    }

    /** An adapter was measured. */
    void measured(String adapter) {
        reasons.remove(adapter);
    }

    /** An adapter is there, but can't be measured. */
    void failed(String adapter, String reason) {
        reasons.put(adapter, reason);
    }

    /** Each with {@code what} it would have told, {@code adapter} and {@code reason}. */
    JsonArray missing() {
        JsonArray missing = new JsonArray();
        reasons.forEach(
                (adapter, reason) -> {
                    JsonObject one = new JsonObject();
                    String end = adapter.substring(model.length());
                    one.addProperty("what", WANTED.getOrDefault(end, "its vectors"));
                    one.addProperty("adapter", adapter);
                    one.addProperty("reason", reason);
                    missing.add(one);
                });
        return missing;
    }
}
