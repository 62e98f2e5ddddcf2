package org.vidvec.model;

/**
 * How a card has its model used beyond one vector per input.
 *
 * @param moment instructions of what searches for a part of a video; null for those of every query
 */
public record ModelUse(Instructions moment) {

    /** Nothing of its own. */
    public static final ModelUse NONE = new ModelUse(null);

    /**
     * @param json the card; null fields keep what they have
     * @param query the card's instructions of queries
     */
    static ModelUse read(CardJson json, ModelUse otherwise, Instructions query) {
        Instructions own = otherwise.moment == null ? query : otherwise.moment;
        CardJson moment = json.object("moment");
        return new ModelUse(moment == null ? otherwise.moment : Instructions.read(moment, own));
    }
}
