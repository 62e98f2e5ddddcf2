package org.vidvec.model;

import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.test.ESTestCase;

/** Which card a folder gets by what lies in it, and what a card may not say of it. */
public class ReleasedCardTests extends ESTestCase {

    private final Path models = createTempDir();

    private ModelInfo describe(String id) throws Exception {
        return TestModels.repository(models).describe(id);
    }

    /** VidVec-7B's README: aligned, so read last and with 10 judged (VidVec section 5.1). */
    public void testVidVecsOwnReleaseIsReadLast() throws Exception {
        Path folder = TestModels.copy(models, "m", "videollama3_qwen2_a", null);
        TestModels.write(
                folder.resolve("README.md"),
                "---\nlicense: apache-2.0\nlanguage: en\n---\n\n# VidVec-7B\n\nlicense: mine\n");
        ModelInfo info = describe("m");
        assertEquals(4, info.layers());
        assertEquals(4, info.layer());
        assertEquals(10, info.rerankWindow());
        assertEquals("apache-2.0", info.recipe().licence());
        assertEquals(Attention.CAUSAL, info.recipe().attention());
        assertEquals("last", info.recipe().pooling());
        assertEquals("Summarize above sentence in one word:", info.recipe().query().text());
        assertNull(info.recipe().longVideos());
    }

    public void testTheModelThatItBeganWithIsReadInTheMiddle() throws Exception {
        Path folder = TestModels.copy(models, "m", "videollama3_qwen2_a", null);
        TestModels.write(folder.resolve("README.md"), "# VideoLLaMA 3\nUsed by VidVec.\n");
        ModelException e = expectThrows(ModelException.class, () -> describe("m"));
        assertTrue(e.getMessage(), e.getMessage().contains("reads [layer] [24]"));
    }

    public void testACardsLicenceComesBeforeTheReadmes() throws Exception {
        Path folder = TestModels.copy(models, "m", "qwen2_vl_a", "{\"licence\": \"MIT\"}");
        TestModels.write(folder.resolve("README.md"), "---\nlicense: gemma\n---\n# x\n");
        assertEquals("MIT", describe("m").recipe().licence());
        assertEquals(LongVideos.VLM2VEC_V2, describe("m").recipe().longVideos());
    }

    public void testACardOfAnotherBackboneIsRefused() throws Exception {
        TestModels.copy(models, "m", "qwen2_vl_a", "{\"backbone\": \"video_llama_3\"}");
        String message =
                "[backbone] is [video_llama_3], but [model_type] is [qwen2_vl] in [config.json];"
                        + " take card and checkpoint from one model, or remove [backbone]";
        ModelException e = expectThrows(ModelException.class, () -> describe("m"));
        assertTrue(e.getMessage(), e.getMessage().endsWith(message));
        List<String> problems = TestModels.repository(models).problems("m");
        assertTrue(problems.toString(), problems.get(0).endsWith(message));
    }

    public void testACardOfAnotherAttentionIsRefused() throws Exception {
        TestModels.copy(models, "causal", "qwen2_vl_a", "{\"attention\": \"prefix\"}");
        ModelException e = expectThrows(ModelException.class, () -> describe("causal"));
        assertTrue(
                e.getMessage(),
                e.getMessage()
                        .endsWith(
                                "[attention] is [prefix], but the decoder of [qwen2_vl] was trained"
                                        + " with [causal]; set it to that, or remove it"));
        TestModels.copy(
                models,
                "prefix",
                "paligemma_a",
                "{\"backbone\": \"paligemma\", \"attention\": \"prefix\"}");
        assertEquals(Attention.PREFIX, describe("prefix").recipe().attention());
        assertEquals("mean", describe("prefix").recipe().pooling());
    }

    /** ViLL-E §5.3 says 25, its appendix H 20: a card may have either. */
    public void testHowManyOfViLLEsAreJudged() throws Exception {
        TestModels.copy(models, "m", "paligemma_a", null);
        assertEquals(25, describe("m").rerankWindow());
        TestModels.copy(models, "h", "paligemma_a", "{\"rerank_window\": 20}");
        assertEquals(20, describe("h").rerankWindow());
    }
}
