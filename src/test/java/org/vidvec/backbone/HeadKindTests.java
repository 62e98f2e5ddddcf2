package org.vidvec.backbone;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.DType;
import org.vidvec.engine.Device;
import org.vidvec.engine.EngineOptions;
import org.vidvec.engine.Safetensors;
import org.vidvec.engine.StoredFloats;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.WeightEntry;
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

    /** Inputs of several lengths at once, as a batch of a training has them. */
    public void testEachHeadLearnsWhatItServes() throws Exception {
        TorchEngine engine =
                TorchEngine.start(NativeLibraries.fromSystemProperty(), new EngineOptions(1));
        float[] states = floats(expected().getAsJsonArray("states"));
        int hidden = expected().get("hidden_size").getAsInt();
        int tokens = states.length / hidden;
        for (HeadKind kind : HeadKind.values()) {
            String name = kind.configName();
            KvFormerConfig config = KvFormerConfig.read(config(name));
            try (KvFormerLearner head = KvFormer.learner(engine, config, false);
                    TensorScope scope = engine.scope()) {
                for (WeightEntry weight : weights(kind)) {
                    head.parameter(scope, weight.name(), StoredFloats.read(weight));
                }
                float[] twice = Arrays.copyOf(states, states.length + hidden);
                System.arraycopy(states, 0, twice, states.length, hidden);
                float[] both =
                        head.embed(
                                        scope,
                                        scope.floats(twice, tokens + 1, hidden),
                                        new long[] {tokens, 1})
                                .toFloats();
                float[] first = Arrays.copyOf(both, hidden);
                double norm = 0;
                for (float x : first) {
                    norm += (double) x * x;
                }
                for (int i = 0; i < hidden; i++) {
                    first[i] /= (float) Math.sqrt(norm);
                }
                assertArrayEquals(name, floats(expected().getAsJsonArray(name)), first, 1e-5f);
            }
        }
    }

    private static Collection<WeightEntry> weights(HeadKind kind) throws Exception {
        Path file = Parity.path("heads").resolve(kind.configName() + ".safetensors");
        return kind.hasWeights() ? Safetensors.open(file).entries().values() : List.of();
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
