package org.vidvec.engine;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.elasticsearch.test.ESTestCase;

/** Headers that are right, and every way that we know in which they are not. */
public class SafetensorsTests extends ESTestCase {

    private static final String A =
            "\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}";
    private static final String B =
            "\"b\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[16,24]}";

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(createTempDir().resolve(name), bytes);
    }

    private Path file(String json, int dataBytes) throws IOException {
        return write("model.safetensors", bytes(json, dataBytes));
    }

    private static byte[] bytes(String json, int dataBytes) {
        byte[] header = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + header.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }

    private static void refused(Path file, String... messages) {
        CheckpointException e =
                expectThrows(CheckpointException.class, () -> Safetensors.open(file));
        assertThat(e.getMessage(), containsString("[" + file + "]"));
        for (String message : messages) {
            assertThat(e.getMessage(), containsString(message));
        }
    }

    public void testReadsAHeader() throws Exception {
        String json = "{\"__metadata__\":{\"format\":\"pt\"}," + A + "," + B + "}   ";
        Safetensors read = Safetensors.open(file(json, 24));
        assertEquals(List.of("a", "b"), List.copyOf(read.entries().keySet()));
        WeightEntry b = read.entries().get("b");
        assertEquals(StoredType.BF16, b.type());
        assertArrayEquals(new long[] {4}, b.shape());
        assertEquals(8 + json.length() + 16, b.offset());
        assertEquals(8, b.bytes());
    }

    public void testReadsScalarsAndEmptyTensors() throws Exception {
        String json =
                "{\"s\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
                        + "\"e\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[8,8]}}";
        Safetensors read = Safetensors.open(file(json, 8));
        assertEquals(1, read.entries().get("s").size());
        assertEquals(0, read.entries().get("e").size());
    }

    public void testMissingFile() {
        refused(createTempDir().resolve("model.safetensors"), "can't read");
    }

    public void testFileThatIsCutOff() throws Exception {
        byte[] whole = bytes("{" + A + "," + B + "}", 24);
        for (int length = 0; length < whole.length; length++) {
            Path cut = write("model.safetensors", Arrays.copyOf(whole, length));
            CheckpointException e =
                    expectThrows(CheckpointException.class, () -> Safetensors.open(cut));
            assertThat(e.getMessage(), containsString("[" + cut + "]"));
        }
        refused(write("cut", Arrays.copyOf(whole, 5)), "has [5] bytes, less than a safetensors");
        refused(
                write("cut", Arrays.copyOf(whole, whole.length - 1)),
                "tensor [b] of [",
                "lies at [16,24] of [23] bytes of data: the file is cut off");
    }

    public void testFileThatIsTooLong() throws Exception {
        refused(file("{" + A + "," + B + "}", 25), "but its tensors end at [");
    }

    public void testHeaderLength() throws Exception {
        for (long length : new long[] {-1, 0, 1, 1000, (16L << 20) + 1, Long.MAX_VALUE}) {
            byte[] bytes = bytes("{" + A + "}", 16);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
            refused(
                    write("x.safetensors", bytes),
                    "says that its header has [" + length + "] bytes");
        }
    }

    public void testPickles() throws Exception {
        refused(
                write("pytorch_model.bin", "PK\003\004 a zip".getBytes(StandardCharsets.UTF_8)),
                "is a PyTorch pickle");
        byte[] bare = {(byte) 0x80, 2, (byte) 0x8a, 10, 'l', (byte) 0xfc, (byte) 0x9c, 'F', 'x'};
        refused(write("old.bin", bare), "is a PyTorch pickle", "convert the checkpoint");
    }

    public void testHeadersThatAreNotJson() throws Exception {
        for (String json : List.of("[]", "{\"a\":1}", "{\"a\":{", "null", "{\"a\":null}", "xx")) {
            refused(file(json, 16), "is not the JSON of a safetensors file");
        }
        refused(file("{\"a\":{\"dtype\":\"F32\"}}", 16), "tensor [a] of [", "has no [shape]");
        refused(file("{\"a\":{\"dtype\":\"F32\",\"shape\":[4]}}", 16), "has no [data_offsets]");
        refused(file("{\"a\":{\"shape\":[4]}}", 16), "has no [dtype]");
        refused(
                file("{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0]}}", 16),
                "tensor [a] of [",
                "has the [data_offsets] [0], not two");
    }

    public void testUnknownType() throws Exception {
        refused(
                file("{" + A.replace("F32", "F8_E4M3") + "}", 16),
                "is stored as [F8_E4M3]; known are [F64, F32, F16, BF16, I64,");
    }

    public void testSizesThatDoNotFit() throws Exception {
        refused(
                file("{" + A.replace("[2,2]", "[2,3]") + "}", 16),
                "of shape [2, 3] and type [F32] needs [24] bytes, not [16]");
        refused(file("{" + A.replace("[2,2]", "[-2,-2]") + "}", 16), "has the negative size [-2]");
        refused(
                file("{" + A.replace("[2,2]", "[4611686018427387904,4]") + "}", 16),
                "of shape [4611686018427387904, 4] and type [F32] needs more bytes than a file");
        refused(file("{" + A.replace("[0,16]", "[16,0]") + "}", 16), "lies at [16,0]");
        refused(file("{" + A.replace("[0,16]", "[-16,0]") + "}", 16), "lies at [-16,0]");
    }

    public void testOverlapsAndGaps() throws Exception {
        refused(
                file("{" + A + "," + B.replace("[16,24]", "[12,20]") + "}", 24),
                "tensor [b] of [",
                "tensors overlap or leave a gap");
        refused(
                file("{" + A + "," + B.replace("[16,24]", "[17,25]") + "}", 25),
                "tensors overlap or leave a gap");
    }

    public void testCheckpointOfOneFile() throws Exception {
        Path folder = file("{" + A + "," + B + "}", 24).getParent();
        Checkpoint checkpoint = Checkpoint.open(folder);
        assertEquals(8, checkpoint.parameters());
        assertEquals(List.of(folder.resolve("model.safetensors")), checkpoint.files());
    }

    public void testCheckpointOfShards() throws Exception {
        Checkpoint b = Checkpoint.open(getDataPath("/parity/qwen2_vl_b/checkpoint"));
        assertEquals(2, b.files().size());
        assertTrue(b.entries().containsKey("model.norm.weight"));
        assertFalse(b.entries().containsKey("lm_head.weight"));
    }

    public void testEmptyFolder() throws Exception {
        Path folder = createTempDir();
        badCheckpoint(folder, "no [model.safetensors] and no [model.safetensors.index.json]");
        Files.write(folder.resolve("pytorch_model.bin"), new byte[1]);
        badCheckpoint(folder, "[pytorch_model.bin] is a pickle, which can run code");
    }

    public void testBadIndex() throws Exception {
        Path folder = file("{" + A + "}", 16).getParent();
        index(folder, "{\"weight_map\":{\"a\":\"two.safetensors\"}}");
        badCheckpoint(folder, "shard [two.safetensors], which [");
        index(folder, "{\"weight_map\":{\"z\":\"model.safetensors\"}}");
        badCheckpoint(folder, "says that [model.safetensors] holds [z], but it does not");
        index(folder, "{\"weight_map\":{\"a\":\"../model.safetensors\"}}");
        badCheckpoint(folder, "names the shard [../model.safetensors], which is not a plain");
        index(folder, "{}");
        badCheckpoint(folder, "has no [weight_map]");
        index(folder, "{\"weight_map\":[]}");
        badCheckpoint(folder, "is not the JSON of a shard index");
    }

    private static void index(Path folder, String json) throws IOException {
        Files.writeString(folder.resolve("model.safetensors.index.json"), json);
    }

    private static void badCheckpoint(Path folder, String message) {
        CheckpointException e =
                expectThrows(CheckpointException.class, () -> Checkpoint.open(folder));
        assertThat(e.getMessage(), containsString(message));
    }
}
