package org.vidvec.parity;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.core.PathUtils;

/** The fixtures that Hugging Face transformers wrote; see their README for what is what. */
public final class Parity {

    /** The cases with frames. */
    public static final List<Case> VISION =
            List.of(
                    new Case("qwen2_vl_a", "image"),
                    new Case("qwen2_vl_a", "video"),
                    new Case("qwen2_vl_a", "video_odd"),
                    new Case("qwen2_vl_a", "video_many_frames"),
                    new Case("qwen2_vl_a", "video_rerank"),
                    new Case("qwen2_vl_b", "video"));

    /** The cases of one text. */
    public static final List<Case> TEXT =
            List.of(new Case("qwen2_vl_a", "text_short"), new Case("qwen2_vl_b", "text_short"));

    private Parity() {}

    /** A case of a fixture. */
    public record Case(String fixture, String name) {
        public TensorFile tensors() throws IOException {
            return new TensorFile(path(fixture + "/cases/" + name + ".safetensors"));
        }

        public JsonObject json() throws IOException {
            return Parity.json(fixture + "/cases/" + name + ".json");
        }

        public Path checkpoint() {
            return path(fixture + "/checkpoint");
        }
    }

    /** A file or folder below the fixtures. */
    public static Path path(String relative) {
        try {
            return PathUtils.get(Parity.class.getResource("/parity/" + relative).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    public static JsonObject json(String relative) throws IOException {
        return JsonParser.parseString(Files.readString(path(relative))).getAsJsonObject();
    }
}
