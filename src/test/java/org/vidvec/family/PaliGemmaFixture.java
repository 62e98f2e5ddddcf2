package org.vidvec.family;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineOptions;
import org.vidvec.engine.Tokenizer;
import org.vidvec.engine.TorchEngine;
import org.vidvec.media.Frame;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;
import org.vidvec.prompt.Patches;
import org.vidvec.prompt.PictureProcessor;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PreprocessorConfig;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.VisionInput;
import org.vidvec.resize.ResizeKernel;

/** The PaliGemma fixture: its checkpoint loaded, its cases as sequences. */
final class PaliGemmaFixture {

    private PaliGemmaFixture() {}

    static VisionLanguageNetwork network(Path checkpoint, DType dtype) throws Exception {
        TorchEngine engine =
                TorchEngine.start(NativeLibraries.fromSystemProperty(), new EngineOptions(1));
        NetworkOptions options = NetworkOptions.likeReference(dtype, null);
        return PaliGemmaConfig.read(checkpoint).load(engine, checkpoint, options);
    }

    static Tokenizer tokenizer(Path checkpoint) throws Exception {
        return Tokenizer.load(
                NativeLibraries.fromSystemProperty(), checkpoint.resolve("tokenizer.json"));
    }

    static PaliGemmaProcessor processor(Path checkpoint, Tokenizer tokenizer) throws Exception {
        PaliGemmaConfig config = PaliGemmaConfig.read(checkpoint);
        List<String> added = new ArrayList<>(List.of("<image>", "<bos>", "<unused0>", "<unused1>"));
        return new PaliGemmaProcessor(
                new PaliGemmaPrompt(tokenizer, added, config.imageToken()), config, pictures());
    }

    /** SigLIP's, as the fixture's preprocessor_config.json says. */
    static PreprocessorConfig pictures() {
        float[] halves = {0.5f, 0.5f, 0.5f};
        return new PreprocessorConfig(
                1,
                Long.MAX_VALUE,
                new Patches(14, 1, 1),
                halves,
                halves,
                1 / 255.0,
                ResizeKernel.BICUBIC);
    }

    /** The input tensors of a case; patches are cut from its resized frames. */
    static PreparedSequence sequence(TensorFile tensors, String prefix, PaliGemmaConfig config) {
        long[] ids = tensors.longs(prefix + "input.input_ids");
        long[] positions = tensors.longs(prefix + "position_ids");
        int prefixLength = 0;
        for (long type : tensors.longs(prefix + "input.token_type_ids")) {
            prefixLength += type == 0 ? 1 : 0;
        }
        List<VisionInput> vision = new ArrayList<>();
        if (tensors.has("resized_frames")) {
            List<Frame> frames = tensors.frames("resized_frames");
            PictureProcessor pictures =
                    PaliGemmaProcessor.pictures(PaliGemmaFixture.pictures(), config.vision());
            vision.add(
                    new VisionInput(
                            pictures.rows(frames), pictures.grid(frames), 1, config.imageToken()));
        }
        long[][] axes = {positions, positions, positions};
        return new PreparedSequence(ids, axes, vision, prefixLength);
    }

    /** What the case's processor was given: each frame is an image of its own. */
    static List<PromptPart> parts(Parity.Case c, String frames) throws Exception {
        List<PromptPart> parts = new ArrayList<>();
        JsonObject json = c.json();
        if (json.has("prompt") == false) {
            return List.of(new PromptPart.Text(json.get("text").getAsString()));
        }
        parts.add(new PromptPart.Video(c.tensors().frames(frames)));
        parts.add(new PromptPart.Text(json.get("prompt").getAsString().replace("<image>", "")));
        return parts;
    }
}
