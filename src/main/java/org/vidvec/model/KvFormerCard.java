package org.vidvec.model;

import java.nio.file.Files;
import java.nio.file.Path;
import org.vidvec.backbone.KvFormerConfig;
import org.vidvec.engine.CheckpointException;

/**
 * ViLL-E's head behind a model (section 3.2): {@code "pooling": "kv_former"} in a card.
 *
 * @param weights safetensors in the model folder
 * @param config its sizes, in the model folder
 * @param producing whether the states from which tokens were chosen are embedded, or those at the
 *     tokens' own places; the paper does not say which
 * @param maxNewTokens most tokens that are generated about pictures
 */
public record KvFormerCard(String weights, String config, boolean producing, int maxNewTokens) {

    /** What a card calls it. */
    public static final String NAME = "kv_former";

    /** All that a card may leave out. */
    public static final KvFormerCard STANDARD =
            new KvFormerCard("kv_former.safetensors", "kv_former_config.json", true, 64);

    /**
     * @param json the object; null for none
     */
    static KvFormerCard read(CardJson json) {
        if (json == null) {
            return STANDARD;
        }
        KvFormerCard card =
                new KvFormerCard(
                        json.string("weights", STANDARD.weights),
                        json.string("config", STANDARD.config),
                        json.named("states", STANDARD.producing, KvFormerCard::producing),
                        json.count("max_new_tokens", STANDARD.maxNewTokens));
        json.finish();
        return card;
    }

    private static boolean producing(String name) {
        return switch (name) {
            case "producing" -> true;
            case "of_tokens" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "unknown states [" + name + "]; known are [producing, of_tokens]");
        };
    }

    /**
     * Its sizes, if its files are there and fit.
     *
     * @param hidden length of the decoder's states
     * @throws CheckpointException if a file is missing, not a plain name, or of another model
     */
    public KvFormerConfig check(Path folder, int hidden) throws CheckpointException {
        for (String name : new String[] {weights, config}) {
            Path file = folder.resolve(name).normalize();
            if (folder.normalize().equals(file.getParent()) == false || Files.notExists(file)) {
                throw new CheckpointException(
                        "["
                                + name
                                + "] of the [kv_former] head is not in ["
                                + folder
                                + "]; put it beside the checkpoint, or set [pooling] to [mean] in ["
                                + ModelCard.FILE
                                + "]");
            }
        }
        KvFormerConfig sizes = KvFormerConfig.read(folder.resolve(config));
        if (sizes.hidden() != hidden) {
            throw new CheckpointException(
                    "[hidden_size] is ["
                            + sizes.hidden()
                            + "] in ["
                            + config
                            + "], but ["
                            + hidden
                            + "] in [config.json]; take the head that was trained with this"
                            + " checkpoint");
        }
        return sizes;
    }
}
