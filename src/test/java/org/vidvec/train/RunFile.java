package org.vidvec.train;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vidvec.parity.Parity;

/** A small run on the smallest checkpoint with the prompts of a card: twelve pairs of sentences. */
final class RunFile {

    private static final String[] WHO = {"A chef", "A train", "Three dolphins", "A black cat"};
    private static final String[] WHERE = {"on a boat", "across the beach", "past a field"};

    private final Path folder;
    private final JsonObject json;

    RunFile(Path folder) throws IOException {
        this.folder = folder;
        List<String> lines = new ArrayList<>();
        for (String who : WHO) {
            for (String where : WHERE) {
                String sentence = who + " dances " + where;
                String dense = sentence + " while it rains, then turns around and waves.";
                lines.add(new Gson().toJson(Map.of("summary", sentence, "dense", dense)));
            }
        }
        Files.write(folder.resolve("pairs.jsonl"), lines);
        json =
                JsonParser.parseString(
                                """
                                {
                                  "output": "run",
                                  "data": {"pairs": "pairs.jsonl", "query": "summary", "target": "dense"},
                                  "loss": {"name": "info_nce", "tau": 0.05},
                                  "lora": {"rank": 4, "targets": ["q_proj", "v_proj", "down_proj"]},
                                  "optimizer": {"learning_rate": 0.01, "warmup_steps": 2},
                                  "batch": {"size": 4},
                                  "steps": 6, "checkpoint_every": 2, "seed": 7, "threads": 1
                                }
                                """)
                        .getAsJsonObject();
        json.addProperty("model", Parity.path("qwen2_vl_a/checkpoint").toString());
    }

    /** The description, to be changed. */
    JsonObject json() {
        return json;
    }

    RunFile with(String field, Object value) {
        json.add(field, new Gson().toJsonTree(value));
        return this;
    }

    Path pairs() {
        return folder.resolve("pairs.jsonl");
    }

    RunSpec spec() throws Exception {
        Path file = folder.resolve("run.json");
        Files.writeString(file, json.toString());
        return RunSpec.read(file);
    }
}
