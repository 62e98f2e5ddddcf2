package org.vidvec.train;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.elasticsearch.core.PathUtils;

/** Small sets in the layouts that recipes name, in place of the published ones. */
final class RecipeSets {

    private static final String[] CLIPS = {"sign-eat.mkv", "water-stream.webm", "frog-toy.webm"};

    /** Annotations of each layout, of three videos. */
    private static final Map<String, Map<String, String>> FILES =
            Map.of(
                    "msrvtt",
                    Map.of(
                            "MSRVTT_data.json",
                            """
                            {"videos": [{"video_id": "video0", "split": "train"},
                                        {"video_id": "video1", "split": "train"},
                                        {"video_id": "video2", "split": "train"}],
                             "sentences": [{"video_id": "video0", "caption": "she eats"},
                                           {"video_id": "video1", "caption": "water runs"},
                                           {"video_id": "video2", "caption": "a toy frog"}]}
                            """,
                            "train_qa.json",
                            """
                            [{"video_id": 0, "question": "who eats?", "answer": "woman", "id": 0},
                             {"video_id": 1, "question": "what runs?", "answer": "water", "id": 1}]
                            """),
                    "activitynet",
                    Map.of(
                            "train.json",
                            """
                            {"v_0": {"duration": 2, "timestamps": [[0, 0.5]], "sentences": ["She eats."]},
                             "v_1": {"duration": 2, "timestamps": [[1, 1.5]], "sentences": ["It runs."]},
                             "v_2": {"duration": 2, "timestamps": [[0, 0.6]], "sentences": ["A toy."]}}
                            """,
                            "val_1.json",
                            "{}",
                            "train_q.json",
                            "[{\"video_name\": \"0\", \"question\": \"who eats\", \"question_id\": \"0_1\"}]",
                            "train_a.json",
                            "[{\"question_id\": \"0_1\", \"answer\": \"a woman\"}]"),
                    "didemo",
                    Map.of(
                            "train_data.json",
                            """
                            [{"video": "video0", "description": "she eats", "times": [[0, 0]]},
                             {"video": "video1", "description": "it runs", "times": [[0, 0]]},
                             {"video": "video2", "description": "a toy", "times": [[0, 0]]}]
                            """),
                    "jsonl",
                    Map.of(
                            "captions.jsonl",
                            """
                            {"video": "video0", "id": "a", "caption": "she eats"}
                            {"video": "video0", "id": "b", "caption": "a woman eats"}
                            {"video": "video1", "id": "c", "caption": "water runs"}
                            {"video": "video1", "id": "d", "caption": "a stream"}
                            {"video": "gone", "caption": "not there"}
                            """));

    /** Conversations of two videos each: captions, or questions with their answers. */
    private static final Map<String, String> HOUND =
            Map.of(
                    "captions",
                    """
                    {"id": "a", "video": "video0", "conversations": [{"from": "human", "value": "Describe it."},
                     {"from": "gpt", "value": "she eats"}]}
                    {"id": "b", "video": "video1", "conversations": [{"from": "human", "value": "Describe it."},
                     {"from": "gpt", "value": "water runs"}]}
                    """,
                    "questions",
                    """
                    {"id": "a", "video": "video0", "conversations": [{"from": "human", "value": "<video> Who eats?"},
                     {"from": "gpt", "value": "A woman."}]}
                    {"id": "b", "video": "video1", "conversations": [{"from": "human", "value": "What runs?"},
                     {"from": "gpt", "value": "Water."}]}
                    """);

    private RecipeSets() {}

    /** Writes what a source names, and makes its windows as short as the clips are. */
    static void write(Path folder, JsonObject source) throws Exception {
        if (source.has("pairs")) {
            lines(folder, source);
        } else if (source.get("layout").getAsString().equals("llava_hound")) {
            hound(folder, source);
        } else {
            set(folder, source);
        }
    }

    /** Twelve lines with the fields that a source names, and pictures. */
    private static void lines(Path folder, JsonObject source) throws Exception {
        Path file = folder.resolve(source.get("pairs").getAsString());
        Files.createDirectories(file.getParent());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            JsonObject line = new JsonObject();
            for (String side : List.of("query", "target")) {
                boolean picture = source.has(side + "_type");
                line.addProperty(
                        source.get(side).getAsString(),
                        picture ? "picture" + i + ".png" : "Fish number " + i + " swims");
                if (source.has(side + "_text")) {
                    String words = "<|image_1|> Represent the given image.";
                    line.addProperty(source.get(side + "_text").getAsString(), words);
                }
            }
            lines.add(line.toString());
            BufferedImage image = new BufferedImage(56, 56, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i, i, 0xffffff);
            try (OutputStream out =
                    Files.newOutputStream(file.resolveSibling("picture" + i + ".png"))) {
                ImageIO.write(image, "png", out);
            }
        }
        Files.write(file, lines);
    }

    private static void hound(Path folder, JsonObject source) throws Exception {
        Path set = folder.resolve(source.get("set").getAsString());
        String kind = set.getFileName().toString();
        Files.createDirectories(set);
        Files.writeString(set.resolve(kind + ".jsonl"), joined(HOUND.get(kind)));
        Path media = folder.resolve(source.get("media").getAsString());
        Files.createDirectories(media);
        clips(media, "video");
    }

    /** A line each, where a text block has two. */
    private static String joined(String lines) {
        return lines.replace(",\n ", ", ");
    }

    private static void clips(Path place, String stem) throws Exception {
        Path demo = PathUtils.get(System.getProperty("vidvec.demo.dir"));
        for (int i = 0; i < CLIPS.length; i++) {
            String ending = CLIPS[i].substring(CLIPS[i].lastIndexOf('.'));
            Path copy = place.resolve(stem + i + ending);
            Files.copy(demo.resolve(CLIPS[i]), copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void set(Path folder, JsonObject source) throws Exception {
        Path set = folder.resolve(source.get("set").getAsString());
        Path place = source.get("layout").getAsString().equals("jsonl") ? set.getParent() : set;
        Files.createDirectories(place);
        for (var file : FILES.get(source.get("layout").getAsString()).entrySet()) {
            Files.writeString(place.resolve(file.getKey()), file.getValue());
        }
        clips(place, source.get("layout").getAsString().equals("activitynet") ? "v_" : "video");
        for (String field : List.of("window", "stride")) {
            if (source.has(field)) {
                source.addProperty(field, source.get(field).getAsDouble() / 20);
            }
        }
    }
}
