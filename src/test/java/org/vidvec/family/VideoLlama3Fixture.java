package org.vidvec.family;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
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
import org.vidvec.prompt.AddedTokens;
import org.vidvec.prompt.FrameSizing;
import org.vidvec.prompt.PictureProcessor;
import org.vidvec.prompt.PreprocessorConfig;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.ReleasedPictures;

/** The VideoLLaMA3 fixtures: their checkpoints loaded, their messages as prompt parts. */
final class VideoLlama3Fixture {

    /** Names of fixtures in the layout of the first release begin so. */
    static final String RELEASED = "videollama3_qwen2";

    private VideoLlama3Fixture() {}

    static Tokenizer tokenizer(String fixture) throws Exception {
        return Tokenizer.load(
                NativeLibraries.fromSystemProperty(),
                Parity.path(fixture + "/checkpoint/tokenizer.json"));
    }

    static VisionLanguageNetwork network(String fixture, DType dtype) throws Exception {
        TorchEngine engine =
                TorchEngine.start(NativeLibraries.fromSystemProperty(), new EngineOptions(1));
        Path folder = Parity.path(fixture + "/checkpoint");
        VideoLlama3Config config =
                fixture.startsWith(RELEASED)
                        ? VideoLlama3Config.readReleased(folder, -1)
                        : VideoLlama3Config.read(folder);
        return config.load(engine, folder, NetworkOptions.likeReference(dtype, null));
    }

    static VideoLlama3Processor processor(Parity.Case c, Tokenizer tokenizer) throws Exception {
        if (c.fixture().startsWith(RELEASED)) {
            return released(c, tokenizer);
        }
        String folder = c.fixture() + "/checkpoint/";
        VideoLlama3Config config = VideoLlama3Config.read(c.checkpoint());
        JsonObject arguments = c.json().getAsJsonObject("processor_arguments");
        boolean compress = arguments == null || arguments.has("use_token_compression") == false;
        return new VideoLlama3Processor(
                new VideoLlama3Prompt(
                        tokenizer,
                        AddedTokens.of(Parity.json(folder + "tokenizer.json")),
                        "You are a helpful assistant.",
                        new VideoLlama3Prompt.Placeholder("<|image_pad|>", config.imageToken()),
                        new VideoLlama3Prompt.Placeholder("<|video_pad|>", config.videoToken())),
                pictures(folder + "preprocessor_config.json"),
                pictures(folder + "video_preprocessor_config.json"),
                compress);
    }

    private static VideoLlama3Processor released(Parity.Case c, Tokenizer tokenizer)
            throws Exception {
        String folder = c.fixture() + "/checkpoint/";
        VideoLlama3Config config = VideoLlama3Config.readReleased(c.checkpoint(), -1);
        VideoLlama3Prompt.Placeholder placeholder =
                new VideoLlama3Prompt.Placeholder("<image>", config.imageToken());
        JsonElement compress = c.json().get("use_token_compression");
        return new VideoLlama3Processor(
                new VideoLlama3Prompt(
                        tokenizer,
                        AddedTokens.of(Parity.json(folder + "tokenizer.json")),
                        system(c.json()),
                        placeholder,
                        placeholder),
                ReleasedPictures.read(
                        Parity.json(folder + "preprocessor_config.json"),
                        Parity.json(folder + "processor_config.json"),
                        Long.MAX_VALUE),
                compress == null || compress.getAsBoolean());
    }

    private static String system(JsonObject json) {
        JsonObject first = json.getAsJsonArray("messages").get(0).getAsJsonObject();
        if (first.get("role").getAsString().equals("system")) {
            return first.get("content").getAsString();
        }
        boolean added = json.get("add_system_prompt").getAsBoolean();
        return added ? VideoLlama3Prompt.RELEASED_SYSTEM : "";
    }

    private static PictureProcessor pictures(String file) throws IOException {
        PreprocessorConfig config = PreprocessorConfig.of(Parity.json(file));
        return new PictureProcessor(config, FrameSizing.shared(config, Long.MAX_VALUE));
    }

    /** The last message's parts; frames at the times that the case was made with. */
    static List<PromptPart> parts(Parity.Case c) throws IOException {
        List<PromptPart> parts = new ArrayList<>();
        JsonArray messages = c.json().getAsJsonArray("messages");
        JsonObject last = messages.get(messages.size() - 1).getAsJsonObject();
        for (JsonElement element : last.getAsJsonArray("content")) {
            JsonObject content = element.getAsJsonObject();
            parts.add(
                    switch (content.get("type").getAsString()) {
                        case "image" -> new PromptPart.Image(frames(c, content).get(0));
                        case "video" -> new PromptPart.Video(frames(c, content));
                        default -> new PromptPart.Text(content.get("text").getAsString());
                    });
        }
        return parts;
    }

    private static List<Frame> frames(Parity.Case c, JsonObject content) throws IOException {
        TensorFile tensors = c.tensors();
        JsonArray times = content.getAsJsonArray("timestamps");
        double fps = c.json().has("fps") ? c.json().get("fps").getAsDouble() : 1;
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : tensors.frames("frames")) {
            int i = frames.size();
            double time = times == null ? i / fps : times.get(i).getAsDouble();
            frames.add(new Frame(time, frame.width(), frame.height(), frame.rgb()));
        }
        return frames;
    }
}
