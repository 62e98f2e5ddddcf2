package org.vidvec.family;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.engine.Tokenizer;
import org.vidvec.media.Frame;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;
import org.vidvec.prompt.AddedTokens;
import org.vidvec.prompt.PreprocessorConfig;
import org.vidvec.prompt.PromptEncoder;
import org.vidvec.prompt.PromptPart;

/** Messages and frames of a case with images or videos as prompt parts. */
final class MropeFixture {

    /** In the chat templates of all fixtures. */
    static final String SYSTEM = "You are a helpful assistant.";

    private MropeFixture() {}

    static Tokenizer tokenizer(Parity.Case c) throws Exception {
        return Tokenizer.load(
                NativeLibraries.fromSystemProperty(), c.checkpoint().resolve("tokenizer.json"));
    }

    static PromptEncoder encoder(
            Parity.Case c, Tokenizer tokenizer, long imageToken, long videoToken)
            throws IOException {
        JsonObject json = Parity.json(c.fixture() + "/checkpoint/tokenizer.json");
        return new PromptEncoder(tokenizer, AddedTokens.of(json), imageToken, videoToken);
    }

    static PreprocessorConfig pictures(Parity.Case c, String file) throws IOException {
        return PreprocessorConfig.of(Parity.json(c.fixture() + "/checkpoint/" + file));
    }

    /** The parts of the message; the case's own frames, or black ones if the trim dropped them. */
    static List<PromptPart> parts(Parity.Case c) throws IOException {
        if (c.tensors().has("frames") == false) {
            int[] all = new int[c.json().get("num_frames").getAsInt()];
            for (int i = 0; i < all.length; i++) {
                all[i] = i;
            }
            return parts(c, black(c, all));
        }
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : c.tensors().frames("frames")) {
            double time = frames.size() / fps(c);
            frames.add(new Frame(time, frame.width(), frame.height(), frame.rgb()));
        }
        return parts(c, frames);
    }

    /** Black frames of a case's size, at indices of its video. */
    static List<Frame> black(Parity.Case c, int... indices) throws IOException {
        JsonArray size = c.json().getAsJsonArray("frame_size_hw");
        int height = size.get(0).getAsInt();
        int width = size.get(1).getAsInt();
        List<Frame> frames = new ArrayList<>();
        for (int index : indices) {
            byte[] rgb = new byte[height * width * 3];
            frames.add(new Frame(index / fps(c), width, height, rgb));
        }
        return frames;
    }

    private static double fps(Parity.Case c) throws IOException {
        return c.json().has("fps") ? c.json().get("fps").getAsDouble() : 1;
    }

    static List<PromptPart> parts(Parity.Case c, List<Frame> frames) throws IOException {
        List<PromptPart> parts = new ArrayList<>();
        JsonObject message = c.json().getAsJsonArray("messages").get(0).getAsJsonObject();
        for (JsonElement element : message.getAsJsonArray("content")) {
            JsonObject content = element.getAsJsonObject();
            parts.add(
                    switch (content.get("type").getAsString()) {
                        case "image" -> new PromptPart.Image(frames.get(0));
                        case "video" -> new PromptPart.Video(frames);
                        default -> new PromptPart.Text(content.get("text").getAsString());
                    });
        }
        return parts;
    }
}
