package org.vidvec.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;

/** Tensors out of and into files, without natives. */
public class SafetensorsWriterTests extends ESTestCase {

    public void testWhatIsWrittenIsRead() throws Exception {
        Path file = createTempDir().resolve("a.safetensors");
        float[] large = new float[300_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = i * 0.5f - 3;
        }
        new SafetensorsWriter()
                .add("b", new long[] {2, 3}, () -> new float[] {1, -2, 3, 4.5f, 5, Float.MIN_VALUE})
                .add("a", new long[] {300_000}, () -> large)
                .add("none", new long[] {0, 4}, () -> new float[0])
                .write(file);
        Map<String, WeightEntry> entries = Safetensors.open(file).entries();
        assertEquals(List.of("b", "a", "none"), List.copyOf(entries.keySet()));
        assertArrayEquals(new long[] {2, 3}, entries.get("b").shape());
        float[] b = StoredFloats.read(entries.get("b"));
        assertArrayEquals(new float[] {1, -2, 3, 4.5f, 5, Float.MIN_VALUE}, b, 0);
        assertArrayEquals(large, StoredFloats.read(entries.get("a")), 0);
        assertEquals("aligned", 0, entries.get("b").offset() % 64);
    }

    public void testAWrongNumberOfValues() throws Exception {
        Path file = createTempDir().resolve("a.safetensors");
        SafetensorsWriter writer =
                new SafetensorsWriter().add("b", new long[] {2, 3}, () -> new float[5]);
        IllegalArgumentException e =
                expectThrows(IllegalArgumentException.class, () -> writer.write(file));
        assertEquals("[b] has [5] values, which is not its shape", e.getMessage());
    }

    public void testHalfPrecisionIsWidened() throws Exception {
        Path file = createTempDir().resolve("half.safetensors");
        String header =
                "{\"h\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[0,6]},"
                        + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[6,10]}}";
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 10).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        // 1.5, -2 and the smallest of float16; 1 and -pi of bfloat16
        bytes.putShort((short) 0x3e00).putShort((short) 0xc000).putShort((short) 1);
        bytes.putShort((short) 0x3f80).putShort((short) 0xc049);
        Files.write(file, bytes.array());
        Map<String, WeightEntry> entries = Safetensors.open(file).entries();
        float[] half = StoredFloats.read(entries.get("h"));
        assertArrayEquals(new float[] {1.5f, -2, (float) Math.pow(2, -24)}, half, 0);
        assertArrayEquals(new float[] {1, -3.140625f}, StoredFloats.read(entries.get("b")), 0);
    }

    public void testWholeNumbersAreRefused() throws Exception {
        Path file = Parity.path("qwen2_vl_a/training/training_step.safetensors");
        WeightEntry ids = Safetensors.open(file).entries().get("caption0.input_ids");
        CheckpointException e =
                expectThrows(CheckpointException.class, () -> StoredFloats.read(ids));
        assertTrue(e.getMessage(), e.getMessage().contains("is stored as [I64]"));
        String name = "step0.caption_embeddings";
        float[] values = StoredFloats.read(Safetensors.open(file).entries().get(name));
        assertArrayEquals(new TensorFile(file).floats(name), values, 0);
    }
}
