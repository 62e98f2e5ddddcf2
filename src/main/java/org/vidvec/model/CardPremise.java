package org.vidvec.model;

/**
 * What a card takes for granted about the checkpoint beside it: whoever writes prompts and a layer
 * for one network has them refused on another.
 *
 * @param backbone {@code model_type} of config.json; null for any
 * @param attention of the decoder; null for any
 */
public record CardPremise(String backbone, Attention attention) {

    /** Nothing. */
    public static final CardPremise NONE = new CardPremise(null, null);

    /**
     * @throws IllegalArgumentException if there is no such attention, by name
     */
    static CardPremise read(CardJson json, CardPremise otherwise) {
        return new CardPremise(
                json.string("backbone", otherwise.backbone),
                json.named("attention", otherwise.attention, Attention::of));
    }

    /**
     * Refuses a checkpoint of another family.
     *
     * @throws IllegalArgumentException that names the field, what it says and what is so
     */
    void require(ModelFamily family) {
        if (backbone != null && backbone.equals(family.modelType()) == false) {
            throw new IllegalArgumentException(
                    "[backbone] is ["
                            + backbone
                            + "], but [model_type] is ["
                            + family.modelType()
                            + "] in [config.json]; take card and checkpoint from one model, or"
                            + " remove [backbone]");
        }
        if (attention != null && attention != family.attention()) {
            throw new IllegalArgumentException(
                    "[attention] is ["
                            + attention.cardName()
                            + "], but the decoder of ["
                            + family.modelType()
                            + "] was trained with ["
                            + family.attention().cardName()
                            + "]; set it to that, or remove it");
        }
    }
}
