package org.vidvec.backbone;

import static org.hamcrest.Matchers.containsString;
import static org.vidvec.backbone.Vectors.assertCosine;
import static org.vidvec.backbone.Vectors.assertNear;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.DType;
import org.vidvec.engine.Device;
import org.vidvec.engine.EngineOptions;
import org.vidvec.engine.TorchEngine;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;

/** Both variants of ViLL-E's head, over texts and over generated tokens, against PyTorch. */
public class KvFormerTests extends ESTestCase {

    private static final String FOLDER = "paligemma_a/kv_former/";
    private static final int HIDDEN = 64;

    private static KvFormer load(String file, KvFormerConfig config, DType dtype) throws Exception {
        TorchEngine engine =
                TorchEngine.start(NativeLibraries.fromSystemProperty(), new EngineOptions(1));
        return KvFormer.load(engine, Parity.path(FOLDER + file), config, dtype, Device.CPU);
    }

    private static KvFormerConfig config() throws Exception {
        return KvFormerConfig.read(Parity.path(FOLDER + "kv_former_config.json"));
    }

    public void testPlain() throws Exception {
        check("kv_former.safetensors", "plain", false);
    }

    public void testGemmaLayer() throws Exception {
        check("kv_former_gemma_layer.safetensors", "gemma_layer", true);
    }

    private void check(String file, String variant, boolean gemmaLayer) throws Exception {
        TensorFile texts = new TensorFile(Parity.path(FOLDER + "text.safetensors"));
        TensorFile video = new TensorFile(Parity.path(FOLDER + "video.safetensors"));
        try (KvFormer head = load(file, config(), DType.FLOAT32)) {
            assertEquals(gemmaLayer, head.isGemmaLayer());
            assertTrue(head.memoryBytes() > 100_000);
            check(head, texts, "text0." + variant, texts.floats("text0.states"));
            check(head, texts, "text1." + variant, texts.floats("text1.states"));
            float[] producing = video.floats("states_producing");
            check(head, video, "producing." + variant, producing);
            check(head, video, "of_tokens." + variant, video.floats("states_of_tokens"));
            // the first five tokens end with the one that counts as <EOS>
            float[] untilEos = Arrays.copyOf(producing, 5 * HIDDEN);
            check(head, video, "producing_until_eos." + variant, untilEos);
        }
    }

    private static void check(KvFormer head, TensorFile tensors, String at, float[] states)
            throws Exception {
        KvFormer.Steps steps = head.trace(states);
        Map<String, float[]> named =
                Map.of(
                        "attention_probs", steps.attentionProbs(),
                        "attention_output", steps.attentionOutput(),
                        "token_embeddings", steps.tokenEmbeddings(),
                        "pooled", steps.pooled(),
                        "embedding", steps.embedding());
        for (Map.Entry<String, float[]> step : named.entrySet()) {
            String name = at + "." + step.getKey();
            assertNear(name, tensors.floats(name), step.getValue(), 1e-5);
        }
        assertArrayEquals(steps.embedding(), head.embed(states), 0);
    }

    public void testBFloat16() throws Exception {
        TensorFile texts = new TensorFile(Parity.path(FOLDER + "text.safetensors"));
        try (KvFormer head = load("kv_former.safetensors", config(), DType.BFLOAT16)) {
            float[] embedding = head.embed(texts.floats("text1.states"));
            assertCosine("bf16", texts.floats("text1.plain.embedding"), embedding, 0.999);
        }
    }

    public void testStatesOfAnotherModel() throws Exception {
        try (KvFormer head = load("kv_former.safetensors", config(), DType.FLOAT32)) {
            for (int size : new int[] {0, 63, 65}) {
                IllegalArgumentException e =
                        expectThrows(
                                IllegalArgumentException.class, () -> head.embed(new float[size]));
                assertEquals(
                        "["
                                + size
                                + "] numbers are no states of the size [64]; give at least one"
                                + " state, of the model that the head was trained with",
                        e.getMessage());
            }
        }
    }

    public void testWeightsThatDoNotFit() throws Exception {
        KvFormerConfig wider = new KvFormerConfig(HIDDEN, 4, 32, 200, 1e-6);
        for (String file : List.of("kv_former.safetensors", "kv_former_gemma_layer.safetensors")) {
            CheckpointException e =
                    expectThrows(CheckpointException.class, () -> load(file, wider, DType.FLOAT32));
            assertThat(e.getMessage(), containsString("[160, 64], not [200, 64]"));
        }
    }

    public void testConfigsThatDoNotFit() throws Exception {
        JsonObject json = Parity.json(FOLDER + "kv_former_config.json");
        Path file = createTempDir().resolve("kv_former_config.json");
        json.addProperty("num_attention_heads", 5);
        Files.writeString(file, json.toString());
        CheckpointException e =
                expectThrows(CheckpointException.class, () -> KvFormerConfig.read(file));
        assertThat(e.getMessage(), containsString("a divisor of hidden_size [64]"));
        json.addProperty("activation", "relu");
        Files.writeString(file, json.toString());
        e = expectThrows(CheckpointException.class, () -> KvFormerConfig.read(file));
        assertThat(e.getMessage(), containsString("is [relu]; supported is [gelu_pytorch_tanh]"));
    }
}
