package org.vidvec.model;

import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.engine.DType;
import org.vidvec.engine.WeightForm;
import org.vidvec.media.Sampling;
import org.vidvec.prompt.PositionRule;
import org.vidvec.prompt.PromptStyle;

/** A card while some of its fields are changed. */
final class CardDraft {

    int layer;
    Pooling pooling;
    PromptStyle style;
    Instructions query;
    Instructions document;
    MatchQuestion match;
    Sampling sampling;
    long maxPixels;
    PositionRule positionRule;
    DType dtype;
    boolean randomWeights;
    String licence;
    String adapter;
    PromptFrame frame;
    ProcessorChoices choices;
    WeightForm quantization;
    KvFormerCard kvFormer;
    ModelUse use;

    CardDraft(ModelCard card) {
        layer = card.layer();
        pooling = card.pooling();
        style = card.style();
        query = card.query();
        document = card.document();
        match = card.match();
        sampling = card.sampling();
        maxPixels = card.maxPixels();
        positionRule = card.positionRule();
        dtype = card.dtype();
        randomWeights = card.randomWeights();
        licence = card.licence();
        adapter = card.adapter();
        frame = card.frame();
        choices = card.choices();
        quantization = card.quantization();
        kvFormer = card.kvFormer();
        use = card.use();
    }

    ModelCard card() {
        return new ModelCard(
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
                adapter,
                frame,
                choices,
                quantization,
                kvFormer,
                use);
    }
}
