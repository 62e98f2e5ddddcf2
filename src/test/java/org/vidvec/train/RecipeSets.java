package org.vidvec.train;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

    private RecipeSets() {}

    /** Writes the set that a source names, and makes its windows as short as the clips are. */
    static void write(Path folder, JsonObject source) throws Exception {
        Path set = folder.resolve(source.get("set").getAsString());
        Path place = source.get("layout").getAsString().equals("jsonl") ? set.getParent() : set;
        Files.createDirectories(place);
        for (var file : FILES.get(source.get("layout").getAsString()).entrySet()) {
            Files.writeString(place.resolve(file.getKey()), file.getValue());
        }
        Path demo = PathUtils.get(System.getProperty("vidvec.demo.dir"));
        String stem = source.get("layout").getAsString().equals("activitynet") ? "v_" : "video";
        for (int i = 0; i < CLIPS.length; i++) {
            String ending = CLIPS[i].substring(CLIPS[i].lastIndexOf('.'));
            Files.copy(demo.resolve(CLIPS[i]), place.resolve(stem + i + ending));
        }
        for (String field : List.of("window", "stride")) {
            if (source.has(field)) {
                source.addProperty(field, source.get(field).getAsDouble() / 20);
            }
        }
    }
}
