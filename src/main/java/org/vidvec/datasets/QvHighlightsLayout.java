package org.vidvec.datasets;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * QVHighlights (Lei et al. 2021): {@code highlight_val_release.jsonl} and the like, with {@code
 * qid}, {@code query}, {@code vid}, {@code duration} and {@code relevant_windows}. The test file
 * has no windows and can't be scored here.
 */
final class QvHighlightsLayout implements Layout {

    private static final Map<String, String> FILES =
            Map.of(
                    "train", "highlight_train_release.jsonl",
                    "validation", "highlight_val_release.jsonl",
                    "test", "highlight_val_release.jsonl");

    @Override
    public String name() {
        return "qvhighlights";
    }

    @Override
    public boolean fits(SetFolder folder) {
        return FILES.values().stream().anyMatch(name -> folder.find(name) != null);
    }

    @Override
    public String read(SetFolder folder, SetBuilder into) throws DatasetException {
        Path file = Layout.need(folder, FILES.get(folder.split()));
        folder.jsonLines(
                file,
                line -> {
                    String id = line.text("vid");
                    String query = line.text("query");
                    double seconds = line.seconds("duration");
                    List<Span> spans =
                            line.list("relevant_windows").stream().map(Fields::span).toList();
                    if (spans.isEmpty()) {
                        throw new IllegalArgumentException("field [relevant_windows] is empty");
                    }
                    into.medium(id, Medium.Kind.VIDEO);
                    into.moment(id, query, spans, seconds);
                });
        return "QVHighlights [" + SetFolder.name(file) + "]: every window of a query counts";
    }
}
