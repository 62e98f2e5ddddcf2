package org.vidvec.model;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.util.List;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.engine.DType;
import org.vidvec.media.Sampling;
import org.vidvec.moments.Aggregate;
import org.vidvec.prompt.PositionRule;
import org.vidvec.prompt.PromptStyle;

public class ModelCardTests extends ESTestCase {

    public void testAnEmptyCardIsTheRecipeOfVlm2Vec() {
        ModelCard card = of("{}");
        assertEquals(ModelCard.VLM2VEC_V2, card);
        assertEquals(Pooling.LAST, card.pooling());
        assertEquals(0, card.layer());
        assertEquals(new Sampling.Uniform(8), card.sampling());
        assertEquals(PositionRule.CLASSIC, card.positionRule());
        assertEquals(
                "Find a video that contains the following visual content:", card.query().text());
        assertEquals("Understand the content of the provided video.", card.document().video());
    }

    /** The card in docs/reference.md for a Qwen2-VL that was not trained to embed (V-33, V-37). */
    public void testTheOneWordCardOfTheReference() throws Exception {
        String text = Files.readString(PathUtils.get("docs", "reference.md"));
        int from = text.indexOf("```json") + "```json".length();
        ModelCard card = of(text.substring(from, text.indexOf("```", from)));
        assertEquals(ModelCard.ONE_WORD.query(), card.query());
        assertEquals(ModelCard.ONE_WORD.document(), card.document());
        assertEquals(ModelCard.ONE_WORD.query(), card.instructions(EmbedInput.Role.MOMENT));
        assertEquals(ModelCard.ONE_WORD.style(), card.style());
        assertEquals(ModelCard.ONE_WORD.pooling(), card.pooling());
        assertEquals(ModelCard.ONE_WORD.sampling(), card.sampling());
        assertEquals(ModelCard.ONE_WORD.positionRule(), card.positionRule());
        assertNull(card.use().longVideos());
    }

    public void testEveryField() {
        ModelCard card =
                of(
                        """
                        {"layer": 2, "pooling": "mean", "prompt_style": "chat",
                         "query": {"text": "q", "text_video": "qtv"},
                         "document": {"image": "di", "video": "dv", "text_image": "dti"},
                         "match": {"text": "a {query}?", "media": "b {query}", "yes": ["Ja"],
                                   "no": ["Nein", "nein"]},
                         "sampling": {"strategy": "fps", "fps": 0.5, "max_frames": 9},
                         "max_pixels": 100, "position_rule": "spatial", "dtype": "bfloat16",
                         "random_weights": true, "licence": "MIT"}
                        """);
        assertEquals(2, card.layer());
        assertEquals(Pooling.MEAN, card.pooling());
        assertEquals(PromptStyle.CHAT, card.style());
        assertEquals("q", card.query().text());
        assertEquals("qtv", card.query().textVideo());
        assertEquals(ModelCard.VLM2VEC_V2.query().video(), card.query().video());
        assertEquals("di", card.document().image());
        assertEquals("dti", card.document().textImage());
        assertEquals(
                new MatchQuestion(
                        "a {query}?", "b {query}", List.of("Ja"), List.of("Nein", "nein")),
                card.match());
        assertEquals(new Sampling.Fps(0.5, 9), card.sampling());
        assertEquals(100, card.maxPixels());
        assertEquals(PositionRule.SPATIAL, card.positionRule());
        assertEquals(DType.BFLOAT16, card.dtype());
        assertTrue(card.randomWeights());
        assertEquals("MIT", card.licence());
        assertNotEquals(ModelCard.VLM2VEC_V2.recipe(), card.recipe());
        assertEquals(
                ModelCard.VLM2VEC_V2.recipe(),
                of("{\"random_weights\": true, \"licence\": \"MIT\"}").recipe());
    }

    public void testUnknownFieldsAreNamed() {
        assertRefused("{\"layr\": 2}", "unknown field [layr]; known are [layer, pooling,");
        assertRefused(
                "{\"match\": {\"maybe\": \"x\"}}",
                "unknown field [match.maybe]; known are [text, media, yes, no, system, answer,"
                        + " calibration]; remove it");
        assertRefused(
                "{\"sampling\": {\"frames\": 8, \"fps\": 1}}",
                "unknown field [sampling.fps]; known are [strategy, frames]; remove it");
    }

    public void testWrongValuesAreNamed() {
        assertRefused("{\"layer\": 0}", "[layer] must be a whole number of at least [1], not [0]");
        assertRefused(
                "{\"layer\": 1.5}", "[layer] must be a whole number of at least [1], not [1.5]");
        assertRefused("{\"layer\": \"last\"}", "[layer] must be a number, not [\"last\"]");
        assertRefused("{\"licence\": 1}", "[licence] must be a string, not [1]");
        assertRefused(
                "{\"random_weights\": 1}", "[random_weights] must be [true] or [false], not [1]");
        assertRefused("{\"query\": \"x\"}", "[query] must be an object, not [\"x\"]");
        assertRefused(
                "{\"match\": {\"yes\": []}}", "[match.yes] must be a list of strings, not empty");
        assertRefused("{\"dtype\": \"int8\"}", "[dtype]: unknown dtype [int8]");
        assertRefused(
                "{\"prompt_style\": \"x\"}",
                "[prompt_style]: unknown prompt style [x]; known are [chat, chat_end, plain, embed_tokens]");
        assertRefused(
                "{\"sampling\": {\"strategy\": \"scenes\"}}",
                "unknown [sampling.strategy] [scenes]; known are [uniform, fps, spread, stride,"
                        + " shots]");
        assertRefused(
                "{\"match\": {\"text\": \"Really?\"}}",
                "a match question must hold [{query}] once; this does not: [Really?]");
        assertRefused("[]", "it must hold one JSON object");
    }

    public void testCalibration() {
        assertEquals(CardCalibration.NONE, of("{}").match().calibration());
        String dual =
                "{\"match\": {\"calibration\": {\"kind\": \"dual_softmax\","
                        + " \"temperature\": 0.25, \"queries\": [\"a cat\", \"a train\"]}}}";
        CardCalibration own = of(dual).match().calibration();
        assertEquals(
                new CardCalibration(Calibration.DUAL_SOFTMAX, 0.25, List.of("a cat", "a train")),
                own);
        assertEquals(List.of("a cat", "a train"), own.references());
        CardCalibration prior =
                of("{\"match\": {\"calibration\": {\"kind\": \"prior\"}}}").match().calibration();
        assertEquals(List.of(""), prior.references());
        assertEquals(1, prior.temperature(), 0);
        assertEquals(
                "stored vectors stay those of the model", of("{}").recipe(), of(dual).recipe());
        assertEquals(
                "what fingerprints of stored vectors were made of",
                "MatchQuestion[text={query}?, media={query}, yes=[Yes], no=[No, no], system=s,"
                        + " answer=a]",
                new MatchQuestion(
                                "{query}?",
                                "{query}",
                                List.of("Yes"),
                                List.of("No", "no"),
                                "s",
                                "a",
                                own)
                        .toString());
    }

    public void testCalibrationsThatMeanNothingAreRefusedByName() {
        assertCalibrationRefused(
                "\"kind\": \"platt\"",
                "[match.calibration.kind]: unknown [calibration] [platt]; it must be one of [none,"
                        + " logit_difference, prior, dual_softmax]");
        assertCalibrationRefused(
                "\"kind\": \"dual_softmax\"",
                "[match.calibration.kind] [dual_softmax] requires [match.calibration.queries]");
        assertCalibrationRefused(
                "\"kind\": \"prior\", \"queries\": [\"a\"]",
                "[match.calibration.queries] has no effect with [match.calibration.kind] [prior]");
        assertCalibrationRefused(
                "\"temperature\": 2",
                "[match.calibration.temperature] has no effect with [match.calibration.kind] [none]");
        assertCalibrationRefused(
                "\"kind\": \"dual_softmax\", \"temperature\": 0, \"queries\": [\"a\"]",
                "[match.calibration.temperature] must be [0.001] or more, not [0.0]");
        assertCalibrationRefused(
                "\"kind\": \"dual_softmax\", \"queries\": [" + "\"a\", ".repeat(64) + "\"a\"]",
                "[match.calibration.queries] holds [65] texts, over the limit of [64]");
        assertCalibrationRefused(
                "\"scale\": 2",
                "unknown field [match.calibration.scale]; known are [kind, temperature, queries]");
    }

    private static void assertCalibrationRefused(String calibration, String message) {
        assertRefused("{\"match\": {\"calibration\": {" + calibration + "}}}", message);
    }

    public void testLongVideos() {
        LongVideos released = of("{}").use().longVideos();
        assertEquals(new LongVideos(180, 30, Aggregate.MAX), released);
        LongVideos own =
                of("{\"long_videos\": {\"from\": 60, \"window\": 12.5, \"aggregate\": \"centroid\"}}")
                        .use()
                        .longVideos();
        assertEquals(new LongVideos(60, 12.5, Aggregate.CENTROID), own);
        assertFalse(own.contains(59.9));
        assertTrue(own.contains(60));
        ModelCard whole = of("{\"long_videos\": {\"aggregate\": \"none\"}}");
        assertNull(whole.use().longVideos());
        assertNotEquals("other vectors", of("{}").recipe(), whole.recipe());
        assertNull(
                ModelCard.read(JsonParser.parseString("{}"), ModelCard.ONE_WORD)
                        .use()
                        .longVideos());
        assertRefused(
                "{\"long_videos\": {\"aggregate\": \"mean\"}}",
                "[long_videos]: unknown [aggregate] [mean]; it must be one of [max, centroid]");
        assertRefused(
                "{\"long_videos\": {\"window\": 0}}",
                "[long_videos]: [long_videos.from] and [long_videos.window] must be above [0]");
        assertRefused(
                "{\"long_videos\": {\"length\": 1}}",
                "unknown field [long_videos.length]; known are [aggregate, from, window]; remove it");
    }

    public void testWhatACardTakesForGrantedDoesNotChangeVectors() {
        ModelCard card = of("{\"backbone\": \"qwen2_vl\", \"attention\": \"causal\"}");
        assertEquals(new CardPremise("qwen2_vl", Attention.CAUSAL), card.use().premise());
        assertEquals(ModelCard.VLM2VEC_V2.recipe(), card.recipe());
        assertRefused(
                "{\"attention\": \"full\"}",
                "[attention]: unknown attention [full]; known are [causal, prefix]");
    }

    private static void assertRefused(String json, String message) {
        IllegalArgumentException e = expectThrows(IllegalArgumentException.class, () -> of(json));
        assertTrue(e.getMessage(), e.getMessage().startsWith(message));
    }

    private static ModelCard of(String json) {
        return ModelCard.read(JsonParser.parseString(json), ModelCard.VLM2VEC_V2);
    }

    public void testSpreadSampling() {
        String json = "{\"sampling\": {\"strategy\": \"spread\", \"min_frames\": 2}}";
        ModelCard card = ModelCard.read(JsonParser.parseString(json), ModelCard.ONE_WORD);
        assertEquals(new Sampling.Spread(2, 2, 180), card.sampling());
    }
}
