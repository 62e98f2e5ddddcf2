package org.vidvec.backbone;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.engine.DType;
import org.vidvec.engine.Device;
import org.vidvec.engine.EngineOptions;
import org.vidvec.engine.Tokenizer;
import org.vidvec.engine.TorchEngine;
import org.vidvec.media.Frame;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;

/** The VideoLLaMA3 fixtures: their checkpoints loaded, their messages as prompt parts. */
final class VideoLlama3Fixture {

    private VideoLlama3Fixture() {}

    static Tokenizer tokenizer(String fixture) throws Exception {
        return Tokenizer.load(
                NativeLibraries.fromSystemProperty(),
                Parity.path(fixture + "/checkpoint/tokenizer.json"));
    }

    static TorchNetwork network(String fixture, DType dtype) throws Exception {
        TorchEngine engine =
                TorchEngine.start(NativeLibraries.fromSystemProperty(), new EngineOptions(1));
        NetworkOptions options = new NetworkOptions(Device.CPU, dtype, 0, true);
        return VideoLlama3Network.load(engine, Parity.path(fixture + "/checkpoint"), options);
    }

    static VideoLlama3Processor processor(Parity.Case c, Tokenizer tokenizer) throws Exception {
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
