package org.vidvec.model;

import com.google.gson.JsonElement;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.engine.DType;
import org.vidvec.engine.WeightForm;
import org.vidvec.media.Sampling;
import org.vidvec.prompt.PositionRule;
import org.vidvec.prompt.PromptStyle;

/**
 * What a checkpoint does not say about its use: {@code vidvec.json} in the model folder. Every
 * field is optional; what it leaves out has the family's default.
 *
 * @param layer decoder layer that is read, 1..layers; 0 for the last, after the final norm
 * @param pooling states to vector
 * @param style what stands around the parts of an embedding's prompt
 * @param query instructions of what searches
 * @param document instructions of what is found
 * @param match what the head is asked
 * @param sampling which frames of a video are looked at
 * @param maxPixels largest area of a frame after resizing; the smaller of this and the checkpoint's
 *     counts
 * @param positionRule where the text after a video goes on
 * @param dtype what is computed in; null for the checkpoint's own type, float32 for float16 on a
 *     CPU
 * @param randomWeights the model was never trained
 * @param licence of the weights, as its authors name it; empty if the card does not say
 * @param adapter folder of a LoRA adapter inside the model folder; empty for the model folder
 *     itself or its {@code adapter}, where one of them holds one
 * @param frame where prompts of embeddings put the instruction
 * @param choices what is changed about the checkpoint's own processor
 * @param quantization how matrices are kept on a CPU; null for the fastest form that loses nothing
 * @param kvFormer the head that pools in place of {@code pooling}; null for none
 * @param use what else it says about its use
 */
public record ModelCard(
        int layer,
        Pooling pooling,
        PromptStyle style,
        Instructions query,
        Instructions document,
        MatchQuestion match,
        Sampling sampling,
        long maxPixels,
        PositionRule positionRule,
        DType dtype,
        boolean randomWeights,
        String licence,
        String adapter,
        PromptFrame frame,
        ProcessorChoices choices,
        WeightForm quantization,
        KvFormerCard kvFormer,
        ModelUse use) {

    /** Without an adapter, and with the prompt style's own order and the checkpoint's processor. */
    public ModelCard(
            int layer,
            Pooling pooling,
            PromptStyle style,
            Instructions query,
            Instructions document,
            MatchQuestion match,
            Sampling sampling,
            long maxPixels,
            PositionRule positionRule,
            DType dtype,
            boolean randomWeights,
            String licence) {
        this(
                layer,
                pooling,
                style,
                query,
                document,
                match,
                sampling,
                maxPixels,
                positionRule,
                dtype,
                randomWeights,
                licence,
                "",
                PromptFrame.NONE,
                ProcessorChoices.NONE,
                null,
                null,
                ModelUse.NONE);
    }

    /** The file in a model folder. */
    public static final String FILE = "vidvec.json";

    /** Prompts of VLM2Vec-V2 §3.3 and its released evaluation code (process_input_text). */
    private static final String UNDERSTAND_VIDEO = "Understand the content of the provided video.";

    private static final String REPRESENT_IMAGE = "Represent the given image.";

    private static final Instructions ONE_WORD_INSTRUCTIONS =
            new Instructions(
                    "Summarize above sentence in one word:",
                    "Summarize above image in one word:",
                    "Summarize above video in one word:",
                    "Summarize above image and sentence in one word:",
                    "Summarize above video and sentence in one word:");

    /**
     * VLM2Vec-V2's recipe on Qwen2-VL: last token of the last layer, 8 uniform frames of at most
     * 1280 merged patches, no chat template.
     */
    public static final ModelCard VLM2VEC_V2 =
            new ModelCard(
                            0,
                            Pooling.LAST,
                            PromptStyle.PLAIN,
                            new Instructions(
                                    "Find a video that contains the following visual content:",
                                    REPRESENT_IMAGE,
                                    UNDERSTAND_VIDEO,
                                    "Select the video clip that aligns with the given text and image:",
                                    "Find the clip that corresponds to the given sentence and video"
                                            + " segment:"),
                            new Instructions(
                                    "",
                                    REPRESENT_IMAGE,
                                    UNDERSTAND_VIDEO,
                                    REPRESENT_IMAGE,
                                    UNDERSTAND_VIDEO),
                            new MatchQuestion(
                                    "Caption: {query}\nDoes the above {type} match the caption?"
                                            + " Answer \"Yes\" or \"No\".",
                                    "{query}\nDoes the {type} that comes first show the same content as what"
                                            + " follows it? Answer \"Yes\" or \"No\".",
                                    List.of("Yes", "yes"),
                                    List.of("No", "no")),
                            new Sampling.Uniform(8),
                            28 * 28 * 1280,
                            PositionRule.CLASSIC,
                            null,
                            false,
                            "")
                    .with(
                            ModelUse.NONE
                                    .longVideos(LongVideos.VLM2VEC_V2)
                                    .moment(
                                            new Instructions(
                                                    "Find the clip that corresponds to the described scene"
                                                            + " in the given video:",
                                                    "Select the video clip that aligns with the given"
                                                            + " image:",
                                                    UNDERSTAND_VIDEO,
                                                    "Select the video clip that aligns with the given text"
                                                            + " and image:",
                                                    "Find the clip that corresponds to the given sentence"
                                                            + " and video segment:")));

    /**
     * What VidVec §4 asks models that were not trained to embed: a summary in one word, read from
     * the last token. The paper finds a middle layer best and the last one poor (Fig. 3), and which
     * one depends on the model: without measuring, [layer] stays the last.
     */
    public static final ModelCard ONE_WORD =
            new ModelCard(
                    0,
                    Pooling.LAST,
                    PromptStyle.CHAT,
                    ONE_WORD_INSTRUCTIONS,
                    ONE_WORD_INSTRUCTIONS,
                    VLM2VEC_V2.match,
                    // 2 per second, at most 180: VidVec §5.1
                    new Sampling.Fps(2, 180),
                    28 * 28 * 1280,
                    PositionRule.CLASSIC,
                    null,
                    false,
                    "");

    /**
     * A card over the defaults of its family.
     *
     * @throws IllegalArgumentException if it has an unknown field or a wrong value, by name
     */
    public static ModelCard read(JsonElement element, ModelCard otherwise) {
        CardJson json = CardJson.root(element);
        ModelCard card =
                new ModelCard(
                        json.count("layer", otherwise.layer),
                        json.named("pooling", otherwise.pooling, ModelCard::pooling),
                        json.named("prompt_style", otherwise.style, PromptStyle::of),
                        Instructions.read(json.object("query"), otherwise.query),
                        Instructions.read(json.object("document"), otherwise.document),
                        MatchQuestion.read(json.object("match"), otherwise.match),
                        sampling(json.object("sampling"), otherwise.sampling),
                        json.count("max_pixels", (int) otherwise.maxPixels),
                        json.named("position_rule", otherwise.positionRule, PositionRule::of),
                        json.named("dtype", otherwise.dtype, DType::of),
                        json.bool("random_weights", otherwise.randomWeights),
                        json.string("licence", otherwise.licence),
                        json.string("adapter", otherwise.adapter),
                        PromptFrame.read(json.object("prompt"), otherwise.frame),
                        ProcessorChoices.read(json, otherwise.choices),
                        json.named("quantization", otherwise.quantization, ModelCard::quantization),
                        kvFormer(json, otherwise.kvFormer),
                        ModelUse.read(json, otherwise.use, otherwise.query));
        json.finish();
        return card;
    }

    // pixels; products with a number of frames still fit
    private static final long NO_BOUND = 1L << 40;

    /** The same without bounds of its own on the size of frames. */
    ModelCard asTheCheckpointSays(PositionRule rule, ProcessorChoices choices) {
        return changed(
                draft -> {
                    draft.maxPixels = NO_BOUND;
                    draft.positionRule = rule;
                    draft.choices = choices;
                });
    }

    private ModelCard changed(Consumer<CardDraft> change) {
        CardDraft draft = new CardDraft(this);
        change.accept(draft);
        return draft.card();
    }

    /** The same with other words on its use. */
    ModelCard with(ModelUse other) {
        return changed(draft -> draft.use = other);
    }

    /** The instructions for a side of the search. */
    Instructions instructions(EmbedInput.Role role) {
        return switch (role) {
            case QUERY -> query;
            case MOMENT -> use.moment() == null ? query : use.moment();
            case DOCUMENT -> document;
        };
    }

    /** What a card calls its pooling. */
    String poolingName() {
        return kvFormer == null ? pooling.name().toLowerCase(Locale.ROOT) : KvFormerCard.NAME;
    }

    /** The same read after another layer; 0 for the last. */
    ModelCard reading(int other) {
        return changed(draft -> draft.layer = other);
    }

    /** The same under another licence. */
    ModelCard licensed(String other) {
        return changed(draft -> draft.licence = other);
    }

    /** What decides about its vectors: all but notes for people and the names of files. */
    String recipe() {
        return changed(
                        draft -> {
                            draft.randomWeights = false;
                            draft.licence = "";
                            draft.adapter = "";
                            draft.use = use.ofVectors();
                        })
                .toString();
    }

    private static WeightForm quantization(String name) {
        return switch (name) {
            case "none" -> null;
            case "int8" -> WeightForm.INT8;
            default ->
                    throw new IllegalArgumentException(
                            "unknown quantization [" + name + "]; known are [none, int8]");
        };
    }

    private static KvFormerCard kvFormer(CardJson json, KvFormerCard otherwise) {
        String pooling = json.string("pooling", null);
        if (pooling == null) {
            return otherwise;
        }
        return pooling.equals(KvFormerCard.NAME)
                ? KvFormerCard.read(json.object(KvFormerCard.NAME))
                : null;
    }

    private static Pooling pooling(String name) {
        if (name.equals(KvFormerCard.NAME)) {
            // the head's own
            return Pooling.MEAN;
        }
        for (Pooling pooling : Pooling.values()) {
            if (pooling.name().toLowerCase(Locale.ROOT).equals(name)) {
                return pooling;
            }
        }
        throw new IllegalArgumentException(
                "unknown pooling [" + name + "]; known are [last, mean, kv_former]");
    }

    private static Sampling sampling(CardJson json, Sampling otherwise) {
        if (json == null) {
            return otherwise;
        }
        String strategy = json.string("strategy", "uniform");
        Sampling sampling =
                switch (strategy) {
                    // 8: VLM2Vec-V2 §4.1.2
                    case "uniform" -> new Sampling.Uniform(json.count("frames", 8));
                    // 2 per second, at most 180: VidVec §5.1
                    case "fps" ->
                            new Sampling.Fps(json.number("fps", 2), json.count("max_frames", 180));
                    // 2 per second, at least 4: HF Qwen3VLVideoProcessor; at most as for VidVec
                    case "spread" ->
                            new Sampling.Spread(
                                    json.number("fps", 2),
                                    json.count("min_frames", 4),
                                    json.count("max_frames", 180));
                    // HF Qwen2VLVideoProcessor
                    case "stride" ->
                            new Sampling.Stride(
                                    json.number("fps", 2),
                                    json.count("min_frames", 4),
                                    json.count("max_frames", 180),
                                    json.count("multiple", 2));
                    case "shots" ->
                            new Sampling.Shots(
                                    json.count("frames", 1), json.count("max_frames", 180));
                    default ->
                            throw new IllegalArgumentException(
                                    "unknown [sampling.strategy] ["
                                            + strategy
                                            + "]; known are [uniform, fps, spread, stride,"
                                            + " shots]");
                };
        json.finish();
        return sampling;
    }
}
