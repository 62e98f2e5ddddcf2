package org.vidvec.model;

import static org.junit.Assert.assertArrayEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.vidvec.media.Clip;
import org.vidvec.media.Frame;
import org.vidvec.media.MediaInfo;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import org.vidvec.parity.Parity;

/** Models folders with the fixtures in them. */
public final class TestModels {

    /** The prompts of the parity cases: the chat template and no instruction. */
    public static final String PARITY_CARD =
            """
            {"prompt_style": "chat", "dtype": "float32",
             "query": {"text": "", "image": "", "video": "", "text_image": "", "text_video": ""},
             "document": {"text": "", "image": "", "video": "", "text_image": "", "text_video": ""},
             "match": {"text": "{query}"}}
            """;

    private TestModels() {}

    /** Puts a copy of a fixture's checkpoint into a models folder. */
    public static Path copy(Path models, String id, String fixture, String card)
            throws IOException {
        Path folder = Files.createDirectories(models.resolve(id));
        try (Stream<Path> files = Files.list(Parity.path(fixture + "/checkpoint"))) {
            for (Path file : files.toList()) {
                Files.write(
                        folder.resolve(file.getFileName().toString()), Files.readAllBytes(file));
            }
        }
        if (card != null) {
            write(folder.resolve(ModelCard.FILE), card);
        }
        return folder;
    }

    public static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    public static FolderModelRepository repository(Path models) throws NativeLibraryException {
        return new FolderModelRepository(models, NativeLibraries.fromSystemProperty(), "cpu", 1);
    }

    /** Of qwen2_vl_a with the adapter of its fixture, as transformers merges it. */
    static void assertVectorsOfTheMergedModel(ModelRepository repository, String id)
            throws Exception {
        Parity.Case c = new Parity.Case("qwen2_vl_a/lora", "text");
        Content text = new Content.Text(c.json().get("text").getAsString());
        EmbedInput input = new EmbedInput(List.of(text), EmbedInput.Role.DOCUMENT, null);
        try (LoadedModel model = repository.load(id)) {
            float[] vector = model.embedder().embed(List.of(input)).get(0).vector();
            assertArrayEquals(c.tensors().floats("embedding_last"), vector, 1e-5f);
        }
    }

    public static Content.Video video(List<Frame> frames) {
        Frame first = frames.get(0);
        MediaInfo info = new MediaInfo("video", "raw", "raw", first.width(), first.height(), 1, 1);
        return new Content.Video(new Clip(info, frames));
    }
}
