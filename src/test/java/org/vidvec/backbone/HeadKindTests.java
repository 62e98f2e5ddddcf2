package org.vidvec.backbone;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.DType;
import org.vidvec.engine.Device;
import org.vidvec.engine.EngineOptions;
import org.vidvec.engine.TorchEngine;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;

/** The heads that ViLL-E compares, against PyTorch (src/test/parity/heads.py). */
public class HeadKindTests extends ESTestCase {

    private static JsonObject expected() throws Exception {
        return JsonParser.parseString(Files.readString(Parity.path("heads/heads.json")))
                .getAsJsonObject();
    }

    private static float[] floats(JsonArray array) {
        float[] floats = new float[array.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = array.get(i).getAsFloat();
        }
        return floats;
    }

    /** A config file as a user writes it. */
    private static Path config(String kind) throws Exception {
        JsonObject json = new JsonObject();
        for (String size :
                new String[] {
                    "hidden_size", "num_attention_heads", "num_pooling_tokens", "mlp_dim"
                }) {
            json.add(size, expected().get(size));
        }
        json.addProperty("head", kind);
        Path file = createTempDir().resolve("head.json");
        Files.writeString(file, json.toString());
        return file;
    }

    public void testEachHeadEqualsPyTorch() throws Exception {
        TorchEngine engine =
                TorchEngine.start(NativeLibraries.fromSystemProperty(), new EngineOptions(1));
        float[] states = floats(expected().getAsJsonArray("states"));
        for (HeadKind kind : HeadKind.values()) {
            String name = kind.configName();
            KvFormerConfig config = KvFormerConfig.read(config(name));
            Path file = Parity.path("heads").resolve(name + ".safetensors");
            try (KvFormer head = KvFormer.load(engine, file, config, DType.FLOAT32, Device.CPU)) {
                assertArrayEquals(
                        name, floats(expected().getAsJsonArray(name)), head.embed(states), 1e-5f);
                assertEquals(kind.hasWeights(), head.memoryBytes() > 0);
            }
        }
    }

    public void testKindsByName() throws Exception {
        assertEquals(HeadKind.Q_FORMER, KvFormerConfig.read(config("q_former")).kind());
        Path unknown = config("transformer");
        CheckpointException e =
                expectThrows(CheckpointException.class, () -> KvFormerConfig.read(unknown));
        assertEquals(
                "unknown [head] [transformer]; known are [kv_former, k_former, q_former,"
                        + " self_attention, mlp, linear, mean]",
                e.getMessage());
    }

    public void testWeightsOfAnotherHeadAreRefusedByName() throws Exception {
        TorchEngine engine =
                TorchEngine.start(NativeLibraries.fromSystemProperty(), new EngineOptions(1));
        KvFormerConfig config = KvFormerConfig.read(config("q_former"));
        Path file = Parity.path("heads").resolve("k_former.safetensors");
        CheckpointException e =
                expectThrows(
                        CheckpointException.class,
                        () -> KvFormer.load(engine, file, config, DType.FLOAT32, Device.CPU));
        assertTrue(e.getMessage(), e.getMessage().contains("query_tokens"));
    }
}
