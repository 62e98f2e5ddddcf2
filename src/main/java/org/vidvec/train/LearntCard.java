package org.vidvec.train;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.vidvec.model.KvFormerCard;
import org.vidvec.model.ModelCard;
import org.vidvec.samples.AskedSide;

/**
 * The card of what was learnt, over that of its base: a model is asked later what it was asked in
 * training, and read by the head that was learnt.
 */
final class LearntCard {

    private final Path file;
    private final JsonObject json;

    /**
     * @param folder of a model, with the card of its base, or of an adapter, without one
     */
    LearntCard(Path folder) throws IOException {
        file = folder.resolve(ModelCard.FILE);
        json =
                Files.exists(file)
                        ? JsonParser.parseString(Files.readString(file)).getAsJsonObject()
                        : new JsonObject();
    }

    /** Instructions of the run's own; what its sources ask differently stays the base's. */
    LearntCard asking(List<TaskSpec> tasks) {
        Map<String, Map<String, Set<String>>> asked = new TreeMap<>();
        for (TaskSpec task : tasks) {
            for (AskedSide side : task.sides()) {
                asked.computeIfAbsent(side.role(), role -> new TreeMap<>())
                        .computeIfAbsent(side.kind(), kind -> new HashSet<>())
                        .add(side.instruction());
            }
        }
        asked.forEach((role, kinds) -> kinds.forEach((kind, all) -> put(role, kind, all)));
        return this;
    }

    private void put(String role, String kind, Set<String> instructions) {
        String only = instructions.iterator().next();
        if (instructions.size() > 1 || only == null) {
            return;
        }
        if (json.has(role) == false) {
            json.add(role, new JsonObject());
        }
        json.getAsJsonObject(role).addProperty(kind, only);
    }

    /**
     * Another layer than the base's card reads.
     *
     * @param layer from 1
     */
    LearntCard readAt(int layer) {
        json.addProperty("layer", layer);
        return this;
    }

    /**
     * How many hits a rescore judges: an aligned model needs fewer than one whose middle layer is
     * embedded untrained (VidVec §5.1: 10 and 100).
     */
    LearntCard judging(int window) {
        json.addProperty("rerank_window", window);
        return this;
    }

    /**
     * A head beside it, which reads as many tokens of what the model writes as it was learnt with.
     *
     * @param layer that it reads, which may be another than that of the base's card
     */
    LearntCard readByHead(List<TaskSpec> tasks, int layer) {
        json.addProperty("pooling", KvFormerCard.NAME);
        json.remove(KvFormerCard.NAME);
        json.addProperty("layer", layer);
        int tokens = tasks.stream().mapToInt(TaskSpec::captionTokens).max().orElse(0);
        if (tokens > 0) {
            JsonObject fixed = new JsonObject();
            fixed.addProperty("fixed_tokens", tokens);
            json.add(KvFormerCard.NAME, fixed);
        }
        return this;
    }

    /** Writes it, unless it has nothing to say. */
    void write() throws IOException {
        if (json.isEmpty() == false) {
            String text = new GsonBuilder().setPrettyPrinting().create().toJson(json);
            Files.writeString(file, text + "\n");
        }
    }
}
