package org.vidvec.eval;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.backbone.PromptPart;
import org.vidvec.media.Frame;

/** The prompt of a case, from its JSON and its frames. */
final class CasePrompt {

    private static final String IMAGE = "<image>";

    private CasePrompt() {}

    /**
     * What a case asks for that no prompt of ours has; empty if there is nothing.
     *
     * @param json of the case
     */
    static String unsupported(JsonObject json) {
        if (isTrue(json, "do_sample_frames")) {
            return "frames are sampled before the processor, not by it";
        }
        if (has(json, "suffix")) {
            return "a suffix after the prompt is not offered";
        }
        if (has(json, "input_ids_rule") && text(json, "input_ids_rule").contains("causal")) {
            return "a prompt without its bidirectional prefix is not offered";
        }
        if (has(json, "use_token_compression") && isTrue(json, "use_token_compression") == false) {
            return "compression is switched off";
        }
        if (has(json, "processor_arguments")
                && json.getAsJsonObject("processor_arguments").isEmpty() == false) {
            return "the processor was given " + json.get("processor_arguments");
        }
        if (has(json, "image_given_as") && text(json, "image_given_as").contains("PIL")) {
            return "height and width of image files are not exchanged";
        }
        return "";
    }

    /**
     * The parts of a prompt.
     *
     * @param tensors with the {@code frames} if there are any
     */
    static List<PromptPart> of(JsonObject json, Reference tensors) throws IOException {
        List<Frame> frames =
                tensors.has("frames") ? tensors.frames("frames", times(json, tensors)) : List.of();
        if (json.has("messages") == false) {
            return withoutMessages(json, frames);
        }
        List<PromptPart> parts = new ArrayList<>();
        for (JsonElement message : json.getAsJsonArray("messages")) {
            JsonElement content = message.getAsJsonObject().get("content");
            if (content.isJsonArray()) {
                addAll(parts, content.getAsJsonArray(), frames);
            }
        }
        return parts;
    }

    private static void addAll(List<PromptPart> parts, JsonArray contents, List<Frame> frames) {
        for (JsonElement element : contents) {
            JsonObject content = element.getAsJsonObject();
            parts.add(
                    switch (text(content, "type")) {
                        case "image" -> new PromptPart.Image(frames.get(0));
                        case "video" -> new PromptPart.Video(frames);
                        default -> new PromptPart.Text(text(content, "text"));
                    });
        }
    }

    /** Frames as so many images, then words. */
    private static List<PromptPart> withoutMessages(JsonObject json, List<Frame> frames) {
        List<PromptPart> parts = new ArrayList<>();
        frames.forEach(frame -> parts.add(new PromptPart.Image(frame)));
        String words = text(json, has(json, "text") ? "text" : "prompt");
        parts.add(new PromptPart.Text(words.replace(IMAGE, "")));
        return parts;
    }

    private static double[] times(JsonObject json, Reference tensors) {
        long[] shape = tensors.shape("frames");
        double[] times = new double[shape.length == 3 ? 1 : Math.toIntExact(shape[0])];
        double fps = has(json, "fps") ? json.get("fps").getAsDouble() : 1;
        for (int i = 0; i < times.length; i++) {
            times[i] = i / fps;
        }
        JsonArray given = timestamps(json);
        for (int i = 0; i < Math.min(given.size(), times.length); i++) {
            times[i] = given.get(i).getAsDouble();
        }
        return times;
    }

    private static JsonArray timestamps(JsonObject json) {
        if (json.has("messages")) {
            for (JsonElement message : json.getAsJsonArray("messages")) {
                JsonElement content = message.getAsJsonObject().get("content");
                JsonArray parts =
                        content.isJsonArray() ? content.getAsJsonArray() : new JsonArray();
                for (JsonElement part : parts) {
                    if (has(part.getAsJsonObject(), "timestamps")) {
                        return part.getAsJsonObject().getAsJsonArray("timestamps");
                    }
                }
            }
        }
        return new JsonArray();
    }

    static boolean has(JsonObject json, String field) {
        return json.has(field) && json.get(field).isJsonNull() == false;
    }

    private static String text(JsonObject json, String field) {
        return json.get(field).getAsString();
    }

    private static boolean isTrue(JsonObject json, String field) {
        return has(json, field) && json.get(field).getAsBoolean();
    }
}
