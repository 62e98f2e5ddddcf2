package org.vidvec.datasets;

import com.google.gson.JsonElement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * DiDeMo (Hendricks et al. 2017): {@code test_data.json} and the like, a list of descriptions, each
 * with the segments of 5 seconds that several annotators chose. Retrieval reads the sentences of a
 * video as one paragraph; a moment is where most annotators agree.
 */
final class DidemoLayout implements Layout {

    private static final int SEGMENT_SECONDS = 5;
    private static final Map<String, String> FILES =
            Map.of(
                    "train", "train_data.json",
                    "validation", "val_data.json",
                    "test", "test_data.json");

    @Override
    public String name() {
        return "didemo";
    }

    @Override
    public boolean fits(SetFolder folder) {
        return FILES.values().stream().anyMatch(name -> folder.find(name) != null);
    }

    @Override
    public String read(SetFolder folder, SetBuilder into) throws DatasetException {
        Path file = Layout.need(folder, FILES.get(folder.split()));
        Map<String, List<String>> sentences = new LinkedHashMap<>();
        folder.entries(
                file,
                "descriptions",
                SetFolder.list(file),
                entry -> {
                    String id = entry.text("video");
                    String text = entry.text("description");
                    Span span = span(entry);
                    into.medium(id, Medium.Kind.VIDEO);
                    into.moment(id, text, List.of(span), Double.NaN);
                    sentences.computeIfAbsent(id, k -> new ArrayList<>()).add(text);
                });
        sentences.forEach((id, texts) -> into.caption(id, String.join(" ", texts)));
        return "DiDeMo split [" + folder.split() + "]: a video's sentences are one paragraph";
    }

    /** What most annotators chose; of equals the first. */
    private static Span span(Fields entry) {
        Map<Span, Integer> votes = new LinkedHashMap<>();
        for (JsonElement times : entry.list("times")) {
            Span segments = Fields.span(times);
            Span seconds =
                    new Span(
                            segments.start() * SEGMENT_SECONDS,
                            (segments.end() + 1) * SEGMENT_SECONDS);
            votes.merge(seconds, 1, Integer::sum);
        }
        return votes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow(() -> new IllegalArgumentException("field [times] is empty"))
                .getKey();
    }
}
