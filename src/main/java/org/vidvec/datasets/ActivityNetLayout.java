package org.vidvec.datasets;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * ActivityNet Captions (Krishna et al. 2017): {@code val_1.json} and the like, {@code duration},
 * {@code timestamps} and {@code sentences} by video. Retrieval reads the sentences of a video as
 * one paragraph (4,917 videos of val1). And of ActivityNet-QA (Yu et al. 2019) {@code train_q.json}
 * with {@code train_a.json} and the like, whose videos have no {@code v_} before their names.
 */
final class ActivityNetLayout implements Layout {

    private static final Map<String, String[]> FILES =
            Map.of(
                    "train", new String[] {"train.json"},
                    "validation", new String[] {"val_1.json"},
                    "test", new String[] {"val_1.json", "val_2.json"});

    private static final String PREFIX = "v_";

    @Override
    public String name() {
        return "activitynet";
    }

    @Override
    public boolean fits(SetFolder folder) {
        return folder.find("val_1.json", "val_2.json") != null;
    }

    @Override
    public String read(SetFolder folder, SetBuilder into) throws DatasetException {
        Path file = Layout.need(folder, FILES.get(folder.split()));
        JsonObject videos;
        try {
            videos = Fields.of(SetFolder.json(file)).json();
        } catch (IllegalArgumentException e) {
            throw new DatasetException("[" + file + "]: " + e.getMessage(), e);
        }
        for (Map.Entry<String, JsonElement> video : videos.entrySet()) {
            folder.bad()
                    .read(
                            "video [" + video.getKey() + "] of [" + file + "]",
                            () -> add(video.getKey(), Fields.of(video.getValue()), into));
        }
        questions(folder, into);
        return "ActivityNet Captions ["
                + SetFolder.name(file)
                + "]: a video's sentences are one paragraph";
    }

    private static void questions(SetFolder folder, SetBuilder into) throws DatasetException {
        String part = folder.split().equals("validation") ? "val" : folder.split();
        Path asked = folder.find(part + "_q.json");
        Path told = folder.find(part + "_a.json");
        if (asked == null || told == null) {
            return;
        }
        Map<String, String> answers = new HashMap<>();
        folder.entries(
                told,
                "answers",
                SetFolder.list(told),
                entry -> answers.put(entry.text("question_id"), entry.text("answer")));
        folder.entries(
                asked,
                "questions",
                SetFolder.list(asked),
                entry -> {
                    String question = entry.text("question");
                    String answer = answers.get(entry.text("question_id"));
                    if (answer == null) {
                        throw new IllegalArgumentException(
                                "field [question_id] is ["
                                        + entry.text("question_id")
                                        + "], which has no answer in ["
                                        + told
                                        + "]");
                    }
                    String name = entry.text("video_name");
                    String id = name.startsWith(PREFIX) ? name : PREFIX + name;
                    if (into.knows(id)) {
                        into.question(id, question, List.of(answer), List.of());
                    }
                });
    }

    private static void add(String id, Fields video, SetBuilder into) {
        double seconds = video.seconds("duration");
        List<JsonElement> times = video.list("timestamps");
        List<String> sentences = video.texts("sentences");
        if (times.size() != sentences.size()) {
            throw new IllegalArgumentException(
                    "field [timestamps] has ["
                            + times.size()
                            + "] entries and [sentences] has ["
                            + sentences.size()
                            + "]");
        }
        List<Span> spans = times.stream().map(ActivityNetLayout::span).toList();
        into.medium(id, Medium.Kind.VIDEO);
        into.caption(id, String.join(" ", sentences));
        for (int i = 0; i < sentences.size(); i++) {
            into.moment(id, sentences.get(i), List.of(spans.get(i)), seconds);
        }
    }

    /** A few are published with their ends exchanged. */
    private static Span span(JsonElement pair) {
        if (pair.isJsonArray()
                && pair.getAsJsonArray().size() == 2
                && pair.getAsJsonArray().get(0).getAsDouble()
                        > pair.getAsJsonArray().get(1).getAsDouble()) {
            return new Span(
                    pair.getAsJsonArray().get(1).getAsDouble(),
                    pair.getAsJsonArray().get(0).getAsDouble());
        }
        return Fields.span(pair);
    }
}
