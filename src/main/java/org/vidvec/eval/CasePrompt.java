package org.vidvec.eval;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vidvec.media.Frame;
import org.vidvec.model.ProcessorChoices;
import org.vidvec.prompt.PromptPart;

/** The prompt of a case, from its JSON and its frames. */
final class CasePrompt {

    private static final String IMAGE = "<image>";
    private static final String TEXT_EMBEDDING = "<unused0>";
    private static final String VIDEO_EMBEDDING = "<unused1>";
    private static final String COMPRESSION = "use_token_compression";

    private static final String IMAGES = "content of type [image]";
    private static final String VIDEOS = "content of type [video]";

    /** What a conversation may have, and how often. */
    private static final Map<String, Integer> MOST =
            Map.of(
                    "a message of [system]",
                    1,
                    "a message of [user]",
                    1,
                    IMAGES,
                    1,
                    VIDEOS,
                    1,
                    "content of type [text]",
                    Integer.MAX_VALUE);

    private static final Set<String> ARGUMENTS =
            Set.of(
                    COMPRESSION,
                    "do_sample_frames",
                    "fps",
                    "num_frames",
                    "min_frames",
                    "max_frames");

    private CasePrompt() {}

    /**
     * What a case asks for that no prompt of ours has; empty if there is nothing.
     *
     * @param json of the case
     */
    static String unsupported(JsonObject json, Reference tensors) {
        Set<String> others = new TreeSet<>(arguments(json).keySet());
        others.removeAll(ARGUMENTS);
        if (others.isEmpty() == false) {
            return "the processor was given " + others;
        }
        if (has(json, "messages")) {
            return unsupported(json.getAsJsonArray("messages"), tensors);
        }
        boolean asked = List.of("texts", "text", "prompt").stream().anyMatch(f -> has(json, f));
        return asked ? "" : "it has no [messages], [texts], [text] or [prompt]";
    }

    private static String unsupported(JsonArray messages, Reference tensors) {
        Map<String, Integer> seen = new TreeMap<>();
        for (JsonElement element : messages) {
            JsonObject message = element.getAsJsonObject();
            seen.merge("a message of [" + text(message, "role") + "]", 1, Integer::sum);
            if (message.get("content").isJsonArray()) {
                for (JsonElement part : message.getAsJsonArray("content")) {
                    String type = text(part.getAsJsonObject(), "type");
                    seen.merge("content of type [" + type + "]", 1, Integer::sum);
                }
            }
        }
        for (Map.Entry<String, Integer> each : seen.entrySet()) {
            Integer most = MOST.get(each.getKey());
            if (most == null || each.getValue() > most) {
                return "it has "
                        + each.getKey()
                        + (most == null ? "" : " " + each.getValue() + "x");
            }
        }
        boolean pictures = seen.containsKey(IMAGES) || seen.containsKey(VIDEOS);
        return pictures && tensors.has("frames") == false ? "it has no [frames]" : "";
    }

    /** What the processor was called with. */
    static JsonObject arguments(JsonObject json) {
        return has(json, "processor_arguments")
                ? json.getAsJsonObject("processor_arguments")
                : new JsonObject();
    }

    /** What is asked of the processor beside the prompt. */
    static ProcessorChoices choices(JsonObject json) {
        Boolean compress = null;
        for (JsonObject place : List.of(json, arguments(json))) {
            if (has(place, COMPRESSION)) {
                compress = place.get(COMPRESSION).getAsBoolean();
            }
        }
        boolean file = has(json, "image_given_as") && text(json, "image_given_as").contains("PIL");
        return new ProcessorChoices(compress, file);
    }

    /** Whether the processor chose among the frames. */
    static boolean samples(JsonObject json) {
        return isTrue(json, "do_sample_frames") || isTrue(arguments(json), "do_sample_frames");
    }

    /** Whether the prompt is read without a bidirectional prefix. */
    static boolean isCausal(JsonObject json) {
        return has(json, "input_ids_rule") && text(json, "input_ids_rule").contains("causal");
    }

    /** Frames per second of a case's frames. */
    static double fps(JsonObject json) {
        return has(json, "fps") ? json.get("fps").getAsDouble() : 1;
    }

    /** All frames of a case at their times; none for texts. */
    static List<Frame> frames(JsonObject json, Reference tensors) throws IOException {
        return tensors.has("frames") ? tensors.frames("frames", times(json, tensors)) : List.of();
    }

    /** The parts of a prompt with these frames. */
    static List<PromptPart> of(JsonObject json, List<Frame> frames) {
        List<PromptPart> parts = new ArrayList<>();
        if (json.has("messages")) {
            addMessages(parts, json, frames);
        } else {
            addPrompt(parts, json, frames);
        }
        if (has(json, "suffix")) {
            parts.add(new PromptPart.Suffix(text(json, "suffix")));
        }
        return parts;
    }

    private static void addMessages(List<PromptPart> parts, JsonObject json, List<Frame> frames) {
        if (has(json, "add_system_prompt") && isTrue(json, "add_system_prompt") == false) {
            parts.add(new PromptPart.SystemMessage(""));
        }
        for (JsonElement element : json.getAsJsonArray("messages")) {
            JsonObject message = element.getAsJsonObject();
            JsonElement content = message.get("content");
            if (content.isJsonArray()) {
                addAll(parts, content.getAsJsonArray(), frames);
            } else if (text(message, "role").equals("system")) {
                parts.add(new PromptPart.SystemMessage(content.getAsString()));
            } else {
                parts.add(new PromptPart.Text(content.getAsString()));
            }
        }
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

    /** Frames as so many images, then words with tokens that ask for embeddings among them. */
    private static void addPrompt(List<PromptPart> parts, JsonObject json, List<Frame> frames) {
        frames.forEach(frame -> parts.add(new PromptPart.Image(frame)));
        String words = text(json, has(json, "text") ? "text" : "prompt").replace(IMAGE, "");
        for (String piece : words.split("(?=<unused[01]>)|(?<=<unused[01]>)")) {
            parts.add(
                    switch (piece) {
                        case TEXT_EMBEDDING -> PromptPart.Embed.TEXT;
                        case VIDEO_EMBEDDING -> PromptPart.Embed.VIDEO;
                        default -> new PromptPart.Text(piece);
                    });
        }
    }

    private static double[] times(JsonObject json, Reference tensors) {
        long[] shape = tensors.shape("frames");
        double[] times = new double[shape.length == 3 ? 1 : Math.toIntExact(shape[0])];
        for (int i = 0; i < times.length; i++) {
            times[i] = i / fps(json);
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
