package org.vidvec.family;

import static org.vidvec.backbone.Vectors.assertNear;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.backbone.Readout;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.backbone.Vectors;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.DType;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;
import org.vidvec.prompt.PreparedSequence;

/** PaliGemma against transformers. */
public class PaliGemmaParityTests extends ESTestCase {

    private static final String FIXTURE = "paligemma_a";

    private static Path checkpoint() {
        return Parity.path(FIXTURE + "/checkpoint");
    }

    private static NetworkCheck check(String name, String prefix, VisionLanguageNetwork network)
            throws Exception {
        Parity.Case c = new Parity.Case(FIXTURE, name);
        TensorFile tensors = c.tensors();
        PreparedSequence sequence =
                PaliGemmaFixture.sequence(tensors, prefix, PaliGemmaConfig.read(checkpoint()));
        return new NetworkCheck(c, tensors, prefix, network, sequence);
    }

    /** Images, several frames, a causal suffix, a text that is all suffix, and one all prefix. */
    public void testFloat32() throws Exception {
        try (VisionLanguageNetwork network =
                PaliGemmaFixture.network(checkpoint(), DType.FLOAT32)) {
            for (String name :
                    List.of(
                            "image",
                            "frames4",
                            "frames3_odd_suffix",
                            "text_causal",
                            "text_short")) {
                check(name, "", network).run();
            }
        }
    }

    public void testBFloat16() throws Exception {
        try (VisionLanguageNetwork network =
                PaliGemmaFixture.network(checkpoint(), DType.BFLOAT16)) {
            check("frames4", "", network).runBFloat16();
        }
    }

    /** Prefixes of two lengths beside each other: padding is seen by nobody. */
    public void testRightPaddedBatch() throws Exception {
        try (VisionLanguageNetwork network =
                PaliGemmaFixture.network(checkpoint(), DType.FLOAT32)) {
            TensorFile tensors = new Parity.Case(FIXTURE, "text_batch").tensors();
            List<PreparedSequence> rows = new ArrayList<>();
            for (int row = 0; row < 2; row++) {
                rows.add(
                        PaliGemmaFixture.sequence(
                                tensors, "row" + row + ".", PaliGemmaConfig.read(checkpoint())));
            }
            for (Pooling pooling : Pooling.values()) {
                List<Readout> together =
                        network.read(rows, ReadoutPlan.state(network.layers(), pooling));
                for (int row = 0; row < 2; row++) {
                    String name = pooling == Pooling.LAST ? "embedding_last" : "embedding_mean";
                    for (String which : List.of("row", "right.row")) {
                        assertNear(
                                which + row + name,
                                tensors.floats(which + row + "." + name),
                                Vectors.unit(together.get(row).state()),
                                NetworkCheck.EMBEDDINGS);
                    }
                }
            }
        }
    }

    /** Released checkpoints have vision_model. in the tower's names. */
    public void testReleasedNames() throws Exception {
        Path folder = createTempDir();
        Files.copy(checkpoint().resolve("config.json"), folder.resolve("config.json"));
        byte[] weights = Files.readAllBytes(checkpoint().resolve("model.safetensors"));
        Files.write(folder.resolve("model.safetensors"), withReleasedNames(weights));
        try (VisionLanguageNetwork network = PaliGemmaFixture.network(folder, DType.FLOAT32)) {
            check("image", "", network).run();
        }
    }

    private static byte[] withReleasedNames(byte[] file) {
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        String header = new String(file, 8, length, StandardCharsets.UTF_8);
        byte[] renamed =
                header.replace("\"vision_tower.", "\"vision_tower.vision_model.")
                        .getBytes(StandardCharsets.UTF_8);
        int padded = (renamed.length + 7) / 8 * 8;
        byte[] result = new byte[8 + padded + file.length - 8 - length];
        ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN).putLong(0, padded);
        Arrays.fill(result, 8, 8 + padded, (byte) ' ');
        System.arraycopy(renamed, 0, result, 8, renamed.length);
        System.arraycopy(file, 8 + length, result, 8 + padded, file.length - 8 - length);
        return result;
    }
}
