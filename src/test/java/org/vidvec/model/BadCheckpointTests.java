package org.vidvec.model;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.junit.Before;

/** Model folders that are damaged or made to harm: refused by name, and the next one loads. */
public class BadCheckpointTests extends ESTestCase {

    private static final String WEIGHTS = "model.safetensors";

    private Path models;
    private Path folder;

    @Before
    public void makeFolder() throws Exception {
        models = createTempDir().resolve("models");
        folder =
                TestModels.copy(
                        models,
                        "m",
                        "qwen3_text_a",
                        "{\"match\": {\"yes\": [\"Yes\"], \"no\": [\"No\"]}}");
    }

    public void testTheFolderItselfIsGood() throws Exception {
        assertEquals(List.of(), TestModels.repository(models).problems("m"));
        TestModels.repository(models).load("m").close();
    }

    public void testMissingShards() throws Exception {
        index(
                "{\"embed_tokens.weight\":\"model-1.safetensors\",\"norm.weight\":\"model-2.safetensors\"}");
        refused(
                "shard [model-1.safetensors], which [m/model.safetensors.index.json] names, is missing; download it");
        refused("shard [model-2.safetensors]");
    }

    public void testAShardOutOfTheFolder() throws Exception {
        for (String name : List.of("../m/model.safetensors", "/etc/passwd", "..", "a\\b")) {
            index("{\"norm.weight\":\"" + name.replace("\\", "\\\\") + "\"}");
            refused("names the shard [" + name + "], which is not a plain file name");
        }
    }

    public void testAShardThatIsALinkOut() throws Exception {
        Path outside = createTempDir().resolve("secret.safetensors");
        Files.move(folder.resolve(WEIGHTS), outside);
        try {
            Files.createSymbolicLink(folder.resolve(WEIGHTS), outside);
        } catch (UnsupportedOperationException | IOException e) {
            assumeTrue("no symbolic links here: " + e, false);
        }
        refused("[m/model.safetensors] is a link that leads out of [models] or nowhere");
    }

    public void testWrongShapes() throws Exception {
        config("\"intermediate_size\": 72", "\"intermediate_size\": 71");
        refused(
                "tensor [layers.0.mlp.gate_proj.weight] of [m/model.safetensors] has the shape [72, 32], not [71, 32] as config.json says");
        assertEquals("all of them", 9, TestModels.repository(models).problems("m").size());
    }

    public void testMoreLayersThanThereAre() throws Exception {
        config("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 4");
        refused("no tensor [model.layers.3.input_layernorm.weight] in [m]");
        config("\"num_hidden_layers\": 4", "\"num_hidden_layers\": 1000000000");
        refused(
                "field [num_hidden_layers] of [m/config.json] is 1000000000; it must be a number of layers of at most [1000]");
    }

    public void testSizesThatMakeNoNetwork() throws Exception {
        config("\"head_dim\": 16", "\"head_dim\": 0");
        refused("field [head_dim] of [m/config.json] is 0; it must be a positive integer");
        config("\"head_dim\": 0", "\"head_dim\": 15");
        refused(
                "field [head_dim] of [m/config.json] is 15; it must be one that gives heads of an even number");
        config("\"head_dim\": 15", "\"head_dim\": 1e400");
        refused("field [head_dim] of [m/config.json] is ");
        config("\"head_dim\": 1e400", "\"head_dim\": 16");
        config("\"vocab_size\": 1152", "\"vocab_size\": 2147483648");
        refused(
                "field [vocab_size] of [m/config.json] is 2147483648; it must be a positive integer of at most [16777216]");
    }

    public void testUnknownFamily() throws Exception {
        config("\"qwen3\"", "\"sundial\"");
        refused("unknown [model_type] [sundial] in [config.json]; known are [qwen2_vl, ");
    }

    public void testTruncatedWeights() throws Exception {
        byte[] whole = Files.readAllBytes(folder.resolve(WEIGHTS));
        for (int length : new int[] {0, 7, 8, 100, whole.length / 2, whole.length - 1}) {
            Files.write(folder.resolve(WEIGHTS), Arrays.copyOf(whole, length));
            refused("[m/model.safetensors]");
        }
    }

    public void testHeaderThatClaimsMoreThanTheFile() throws Exception {
        for (long length : new long[] {-1, 1L << 40, Long.MAX_VALUE, Integer.MAX_VALUE}) {
            byte[] whole = Files.readAllBytes(folder.resolve(WEIGHTS));
            ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
            Files.write(folder.resolve(WEIGHTS), whole);
            refused("[m/model.safetensors] says that its header has [" + length + "] bytes");
        }
    }

    public void testTensorsThatClaimMoreThanTheFile() throws Exception {
        header(
                "{\"norm.weight\":{\"dtype\":\"F32\",\"shape\":[1099511627776],\"data_offsets\":[0,4398046511104]}}");
        refused(
                "tensor [norm.weight] of [m/model.safetensors] lies at [0,4398046511104] of [8] bytes of data: the file is cut off");
        header(
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[2,6]}}");
        refused("tensors overlap or leave a gap");
        header("{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[-8,0]}}");
        refused("tensor [a] of [m/model.safetensors] lies at [-8,0]");
        header(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,4294967296],\"data_offsets\":[0,8]}}");
        refused("[4294967296, 4294967296, 4294967296] and type [F32] needs more bytes than a file");
        header("{\"a\":{\"dtype\":\"U8\",\"shape\":[7.5],\"data_offsets\":[0,8]}}");
        refused("is not the JSON of a safetensors file");
        header("{\"a\":{\"dtype\":\"U8\",\"shape\":[1e999999999],\"data_offsets\":[0,8]}}");
        refused("is not the JSON of a safetensors file");
    }

    public void testTheSameTensorTwice() throws Exception {
        header(
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}}");
        refused("tensor [a] of [m/model.safetensors] is there twice");
    }

    public void testAHeaderThatIsNoText() throws Exception {
        byte[] json =
                "{\"?\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]}}"
                        .getBytes(StandardCharsets.UTF_8);
        json[2] = (byte) 0xff;
        header(json);
        refused("the header of [m/model.safetensors] is not the JSON of a safetensors file");
        header("[".repeat(100_000));
        refused("the header of [m/model.safetensors] is not the JSON of a safetensors file");
        header("{\"a\":" + "[".repeat(100_000));
        refused("the header of [m/model.safetensors] is not the JSON of a safetensors file");
    }

    public void testWeightsThatAreNoNumbers() throws Exception {
        short nan = (short) 0x7fc0;
        short infinite = (short) 0xff80;
        for (short bits : new short[] {nan, infinite}) {
            byte[] whole = Files.readAllBytes(folder.resolve(WEIGHTS));
            byte[] broken = whole.clone();
            ByteBuffer.wrap(broken).order(ByteOrder.LITTLE_ENDIAN).putShort(whole.length - 2, bits);
            Files.write(folder.resolve(WEIGHTS), broken);
            refused("] of [m/model.safetensors] holds numbers that are none (NaN) or infinite");
            Files.write(folder.resolve(WEIGHTS), whole);
            TestModels.repository(models).load("m").close();
        }
    }

    public void testPickles() throws Exception {
        byte[] pickle = {
            (byte) 0x80, 2, 'c', 'o', 's', '\n', 's', 'y', 's', 't', 'e', 'm', '\n', '.'
        };
        Files.write(folder.resolve(WEIGHTS), pickle);
        refused("[m/model.safetensors] is a PyTorch pickle, which can run code and is not read");
        Files.delete(folder.resolve(WEIGHTS));
        for (String name :
                List.of("pytorch_model.bin", "model.pt", "pytorch_model-00001-of-00002.bin")) {
            Files.write(folder.resolve(name), pickle);
            refused("(its [" + name + "] is a pickle, which can run code and is not read)");
            Files.delete(folder.resolve(name));
        }
    }

    public void testJsonThatIsMadeToHarm() throws Exception {
        String deep = "{\"model_type\":" + "{\"a\":".repeat(200_000);
        TestModels.write(folder.resolve("config.json"), deep);
        refused("[m/config.json] is not JSON");
        TestModels.copy(models, "m", "qwen3_text_a", null);
        TestModels.write(folder.resolve("tokenizer.json"), "[".repeat(200_000));
        refused("tokenizer");
        TestModels.write(
                folder.resolve("tokenizer.json"),
                "{\"model\": {\"type\": \"Python\", \"code\": \"import os\"}}");
        refused("tokenizer");
        TestModels.copy(models, "m", "qwen3_text_a", null);
        TestModels.write(folder.resolve("vidvec.json"), "{\"query\":" + "{\"a\":".repeat(200_000));
        refused("[m/vidvec.json] is not JSON");
    }

    public void testFilesThatAreTooLargeForTheHeap() throws Exception {
        for (String name : List.of("config.json", "tokenizer.json")) {
            byte[] before = Files.readAllBytes(folder.resolve(name));
            try (var channel =
                    Files.newByteChannel(folder.resolve(name), StandardOpenOption.WRITE)) {
                channel.position(3L << 30).write(ByteBuffer.wrap(new byte[1])); // a hole on disk
            }
            refused("[m/" + name + "] has [3221225473] bytes, over the limit of [");
            Files.write(folder.resolve(name), before);
        }
    }

    /** Refused when it is loaded, said by whoever looks, without the node's paths; others load. */
    private void refused(String message) throws Exception {
        FolderModelRepository repository = TestModels.repository(models);
        ModelException e = expectThrows(ModelException.class, () -> repository.load("m").close());
        assertThat(e.getMessage(), containsString(message));
        assertThat(e.getMessage(), not(containsString(models.getParent().toString())));
        assertNull("a cause would be shown with its paths", e.getCause());
    }

    private void index(String weightMap) throws IOException {
        TestModels.write(
                folder.resolve("model.safetensors.index.json"),
                "{\"weight_map\":" + weightMap + "}");
    }

    private void config(String from, String to) throws IOException {
        String config = Files.readString(folder.resolve("config.json"));
        assertThat(config, containsString(from));
        TestModels.write(folder.resolve("config.json"), config.replace(from, to));
    }

    private void header(String json) throws IOException {
        header(json.getBytes(StandardCharsets.UTF_8));
    }

    private void header(byte[] json) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(folder.resolve(WEIGHTS), file.putLong(json.length).put(json).array());
    }
}
