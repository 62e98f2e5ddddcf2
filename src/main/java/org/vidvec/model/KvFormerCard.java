package org.vidvec.model;

import java.nio.file.Files;
import java.nio.file.Path;
import org.vidvec.backbone.KvFormerConfig;
import org.vidvec.engine.CheckpointException;
import org.vidvec.generation.GenerationOptions;

/**
 * ViLL-E's head behind a model (section 3.2): {@code "pooling": "kv_former"} in a card.
 *
 * @param weights safetensors in the model folder
 * @param config its sizes, in the model folder
 * @param producing whether the states from which tokens were chosen are embedded, or those at the
 *     tokens' own places; the paper does not say which
 * @param maxNewTokens most tokens that are generated about pictures
 * @param fixedTokens exactly so many, whatever the end token says (App. A); 0 for up to it
 */
public record KvFormerCard(
        String weights, String config, boolean producing, int maxNewTokens, int fixedTokens) {

    /** What a card calls it. */
    public static final String NAME = "kv_former";

    /** All that a card may leave out. */
    public static final KvFormerCard STANDARD =
            new KvFormerCard("kv_former.safetensors", "kv_former_config.json", true, 64, 0);

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
                        json.count("max_new_tokens", STANDARD.maxNewTokens),
                        json.count("fixed_tokens", STANDARD.fixedTokens));
        json.finish();
        return card;
    }

    /** How the tokens about pictures are written: the most likely ones, with their states. */
    GenerationOptions tokens() {
        return fixedTokens == 0
                ? GenerationOptions.greedy(maxNewTokens).withStates()
                : GenerationOptions.greedy(fixedTokens)
                        .withStop(GenerationOptions.Stop.NEVER)
                        .withStates();
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
        requireInside(folder, weights, false);
        requireInside(folder, config, true);
        KvFormerConfig sizes = KvFormerConfig.read(folder.resolve(config));
        if (sizes.kind().hasWeights()) {
            requireInside(folder, weights, true);
        }
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

    private static void requireInside(Path folder, String name, boolean there)
            throws CheckpointException {
        Path file = folder.resolve(name).normalize();
        boolean inside = folder.normalize().equals(file.getParent());
        if (inside == false || (there && Files.notExists(file))) {
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
}
