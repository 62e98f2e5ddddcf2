package org.vidvec.backbone;

import static org.hamcrest.Matchers.containsString;
import static org.vidvec.backbone.Vectors.assertNear;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Before;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.DType;
import org.vidvec.engine.Device;
import org.vidvec.engine.Safetensors;
import org.vidvec.engine.WeightEntry;
import org.vidvec.family.Qwen2VlTestCase;
import org.vidvec.prompt.PreparedSequence;

/** Adapters that PEFT wrote, merged, against transformers; and those that are refused. */
public class LoraAdapterTests extends Qwen2VlTestCase {

    // the README's bound: adapters make the states larger
    private static final double STATES = 2e-3;

    private Path adapter;

    @Before
    public void copyAdapter() throws Exception {
        adapter = createTempDir();
        for (String name : LoraAdapter.FILES) {
            Files.copy(fixture("qwen2_vl_a/lora/adapter/" + name), adapter.resolve(name));
        }
    }

    public void testNamesOfTransformers5() throws Exception {
        checkCases("adapter");
    }

    public void testOlderNames() throws Exception {
        checkCases("adapter_older_names");
    }

    private void checkCases(String folder) throws Exception {
        Path lora = fixture("qwen2_vl_a/lora");
        NetworkOptions options =
                new NetworkOptions(Device.CPU, DType.FLOAT32, 0, true, lora.resolve(folder));
        try (VisionLanguageNetwork network = load("qwen2_vl_a", options)) {
            for (String name : List.of("text", "video")) {
                ParityCase c = ParityCase.open(lora, name);
                PreparedSequence sequence = c.sequence("", config("qwen2_vl_a"));
                Trace trace = network.trace(sequence);
                List<float[]> states =
                        c.rows("hidden_states", sequence.length() * network.hiddenSize());
                for (int i = 0; i < states.size(); i++) {
                    String what = folder + " " + name + " hidden_states " + i;
                    assertNear(what, states.get(i), trace.hiddenStates().get(i), STATES);
                }
                assertNear(name, c.floats("logits_last"), trace.logitsLast(), 3e-4);
                float[] last = state(network, sequence, network.layers());
                assertNear(name, c.floats("embedding_last"), Vectors.unit(last), 1e-5);
            }
        }
    }

    public void testMergesBeforeItRounds() throws Exception {
        NetworkOptions options = new NetworkOptions(Device.CPU, DType.BFLOAT16, 0, true, adapter);
        try (VisionLanguageNetwork network = load("qwen2_vl_a", options)) {
            ParityCase c = ParityCase.open(fixture("qwen2_vl_a/lora"), "text");
            float[] last = state(network, c.sequence("", config("qwen2_vl_a")), network.layers());
            Vectors.assertCosine("bf16", c.floats("embedding_last"), last, 0.998);
        }
    }

    public void testScale() throws Exception {
        assertEquals(2.0, LoraConfig.read(adapter).scale(), 0);
        set("use_rslora", "true");
        assertEquals(4.0, LoraConfig.read(adapter).scale(), 0); // 8 / sqrt(4)
    }

    public void testOnlyItsTargetsChange() throws Exception {
        Checkpoint base = Checkpoint.open(fixture("qwen2_vl_a/checkpoint"));
        Checkpoint changed = LoraAdapter.open(adapter).applyTo(base);
        assertEquals(base.entries().keySet(), changed.entries().keySet());
        for (WeightEntry entry : changed.entries().values()) {
            boolean target =
                    entry.name().matches("model\\.layers\\.\\d\\.self_attn\\.[qv]_proj\\.weight");
            assertEquals(entry.name(), target, entry.update() != null);
        }
    }

    /** VideoLLaMA3's tower has projections of the same names, which an expression leaves out. */
    public void testTheVisionTowerStaysUntouched() throws Exception {
        String text = "model.language_model.layers.0.self_attn.q_proj";
        String vision = "model.vision_model.encoder.layers.0.self_attn.q_proj";
        Path base = createTempDir();
        zeros(
                base.resolve("model.safetensors"),
                text + ".weight [8, 8]",
                vision + ".weight [8, 8]");
        for (String named : List.of(text, "model.layers.0.self_attn.q_proj")) {
            Path folder = createTempDir();
            Files.copy(adapter.resolve(LoraConfig.FILE), folder.resolve(LoraConfig.FILE));
            zeros(
                    folder.resolve(LoraAdapter.FILES.get(1)),
                    "base_model.model." + named + ".lora_A.weight [4, 8]",
                    "base_model.model." + named + ".lora_B.weight [8, 4]");
            Checkpoint changed = LoraAdapter.open(folder).applyTo(Checkpoint.open(base));
            assertNotNull(changed.entries().get(text + ".weight").update());
            assertNull(changed.entries().get(vision + ".weight").update());
        }
    }

    /** A safetensors file of zeros; each tensor is {@code name [rows, columns]}. */
    private static void zeros(Path file, String... tensors) throws Exception {
        StringBuilder header = new StringBuilder();
        int at = 0;
        for (String tensor : tensors) {
            String[] parts = tensor.split(" ", 2);
            String[] sizes = parts[1].substring(1, parts[1].length() - 1).split(", ");
            int end = at + 4 * Integer.parseInt(sizes[0]) * Integer.parseInt(sizes[1]);
            header.append(header.isEmpty() ? "{" : ",");
            header.append("\"" + parts[0] + "\":{\"dtype\":\"F32\",\"shape\":" + parts[1]);
            header.append(",\"data_offsets\":[" + at + "," + end + "]}");
            at = end;
        }
        byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + at).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, bytes.putLong(json.length).put(json).array());
    }

    public void testNamesOfOneModule() {
        for (String name :
                List.of(
                        "model.layers.3.mlp.up_proj",
                        "model.language_model.layers.3.mlp.up_proj",
                        "language_model.model.layers.3.mlp.up_proj")) {
            assertEquals("layers.3.mlp.up_proj", ModuleNames.canonical(name));
        }
        for (String name :
                List.of(
                        "model.vision_model.encoder.layers.3.self_attn.q_proj",
                        "model.vision_encoder.encoder.layers.3.self_attn.q_proj",
                        "vision_tower.vision_model.encoder.layers.3.self_attn.q_proj",
                        "model.vision_tower.encoder.layers.3.self_attn.q_proj")) {
            assertEquals("vision.encoder.layers.3.self_attn.q_proj", ModuleNames.canonical(name));
        }
    }

    public void testMissingFiles() throws Exception {
        for (String name : LoraAdapter.FILES) {
            Path folder = createTempDir();
            String other = LoraAdapter.FILES.get(1 - LoraAdapter.FILES.indexOf(name));
            Files.copy(adapter.resolve(other), folder.resolve(other));
            refused(folder, "[" + name + "] is missing in the adapter folder [");
        }
    }

    public void testUnsupportedOptions() throws Exception {
        String[][] options = {
            {"use_dora", "true"},
            {"modules_to_save", "[\"embed_tokens\"]"},
            {"rank_pattern", "{\"q_proj\": 8}"},
            {"fan_in_fan_out", "true"},
            {"layer_replication", "[[0, 2]]"},
        };
        for (String[] option : options) {
            String before = Files.readString(adapter.resolve(LoraConfig.FILE));
            set(option[0], option[1]);
            refused(
                    adapter,
                    "option ["
                            + option[0]
                            + "] of ["
                            + adapter.resolve(LoraConfig.FILE)
                            + "] is "
                            + option[1].replace(" ", "")
                            + ", which is not supported; merge the adapter into its base");
            Files.write(adapter.resolve(LoraConfig.FILE), before.getBytes(StandardCharsets.UTF_8));
        }
        set("init_lora_weights", "\"pissa\"");
        refused(adapter, "field [init_lora_weights] of [", "] is [pissa]; supported is [true,");
        set("bias", "\"all\"");
        set("init_lora_weights", "true");
        refused(adapter, "field [bias] of [", "] is [all]; supported is [none]");
        set("peft_type", "\"IA3\"");
        refused(adapter, "field [peft_type] of [", "] is [IA3]; supported is [LORA]");
    }

    public void testAnotherBase() throws Exception {
        refused(
                createCopy("layers.4.", "layers.9."),
                "changes [model.language_model.layers.9.self_attn.q_proj], which the model in [",
                "] does not have; use the base that it was trained on");
        refused(
                createCopy("layers.4.self_attn.q_proj", "layers.4.self_attn.k_proj"),
                "lora_B.weight] of [",
                "] has the shape [64, 4], not [32, 4] as rank [4] and the model need;");
    }

    public void testWrongRank() throws Exception {
        set("r", "8");
        refused(adapter, "lora_A.weight] of [", "] has the shape [4, 64], not [8, 64] as rank [8]");
    }

    public void testTensorsThatAreNoLora() throws Exception {
        refused(
                createCopy("q_proj.lora_A.weight", "q_proj.lora_C.weight"),
                "lora_C.weight] of [",
                "], stored as [F32], is none of LoRA's: only lora_A and lora_B");
        refused(
                createCopy("4.self_attn.q_proj.lora_A", "4.self_attn.o_proj.lora_A"),
                "must have a lora_A and a lora_B for each weight; it has lora_A of [");
    }

    /** The adapter with other names in its header, of the same length. */
    private Path createCopy(String from, String to) throws Exception {
        Path folder = createTempDir();
        Files.copy(adapter.resolve(LoraConfig.FILE), folder.resolve(LoraConfig.FILE));
        String name = LoraAdapter.FILES.get(1);
        String bytes = Files.readString(adapter.resolve(name), StandardCharsets.ISO_8859_1);
        Files.write(
                folder.resolve(name),
                bytes.replace(from, to).getBytes(StandardCharsets.ISO_8859_1));
        assertFalse(Safetensors.open(folder.resolve(name)).entries().isEmpty());
        return folder;
    }

    private void set(String option, String value) throws Exception {
        Path file = adapter.resolve(LoraConfig.FILE);
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        json.add(option, JsonParser.parseString(value));
        Files.write(file, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void refused(Path folder, String... parts) throws Exception {
        Checkpoint base = Checkpoint.open(fixture("qwen2_vl_a/checkpoint"));
        CheckpointException e =
                expectThrows(
                        CheckpointException.class, () -> LoraAdapter.open(folder).applyTo(base));
        for (String part : parts) {
            assertThat(e.getMessage(), containsString(part));
        }
    }
}
