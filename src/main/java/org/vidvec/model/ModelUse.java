package org.vidvec.model;

/**
 * How a card has its model used beyond one vector per input.
 *
 * @param moment instructions of what searches for a part of a video; null for those of every query
 * @param generate what is asked for captions and answers
 * @param rerankWindow hits that a rescore judges where a search does not say: what the authors used
 * @param dims how many of a vector's numbers are kept, for models that were trained for it
 *     (Matryoshka); 0 for all
 * @param longVideos how videos that are too long for a few frames become a vector; null for as all
 *     others
 * @param premise what the card takes for granted about the checkpoint
 */
public record ModelUse(
        Instructions moment,
        GenerateCard generate,
        int rerankWindow,
        int dims,
        LongVideos longVideos,
        CardPremise premise) {

    /** As Elasticsearch's own rescorers. */
    public static final int DEFAULT_WINDOW = 10;

    /** Nothing of its own. */
    public static final ModelUse NONE =
            new ModelUse(null, GenerateCard.DEFAULT, DEFAULT_WINDOW, 0, null, CardPremise.NONE);

    /** The same with other instructions for moments. */
    ModelUse moment(Instructions other) {
        return new ModelUse(other, generate, rerankWindow, dims, longVideos, premise);
    }

    /** The same with other words for texts. */
    ModelUse generate(GenerateCard other) {
        return new ModelUse(moment, other, rerankWindow, dims, longVideos, premise);
    }

    /** The same with another window. */
    ModelUse rerankWindow(int other) {
        return new ModelUse(moment, generate, other, dims, longVideos, premise);
    }

    /** The same with another way for long videos. */
    ModelUse longVideos(LongVideos other) {
        return new ModelUse(moment, generate, rerankWindow, dims, other, premise);
    }

    /**
     * @param json the card; fields that it leaves out keep what they have
     * @param query the card's instructions of queries
     */
    static ModelUse read(CardJson json, ModelUse otherwise, Instructions query) {
        Instructions own = otherwise.moment == null ? query : otherwise.moment;
        CardJson moment = json.object("moment");
        return new ModelUse(
                moment == null ? otherwise.moment : Instructions.read(moment, own),
                GenerateCard.read(json.object("generate"), otherwise.generate),
                json.count("rerank_window", otherwise.rerankWindow),
                json.count("dims", otherwise.dims),
                LongVideos.read(json.object("long_videos"), otherwise.longVideos),
                CardPremise.read(json, otherwise.premise));
    }

    /** What of it decides about vectors: what is written or judged does not. */
    ModelUse ofVectors() {
        return new ModelUse(
                moment, GenerateCard.DEFAULT, DEFAULT_WINDOW, dims, longVideos, CardPremise.NONE);
    }
}
