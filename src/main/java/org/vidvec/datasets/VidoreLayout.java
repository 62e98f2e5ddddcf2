package org.vidvec.datasets;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * ViDoRe and VisRAG (Faysse et al. 2024): {@code queries}, {@code corpus} and {@code qrels}, which
 * are published as parquet and read here as the JSON lines or CSV that {@code Dataset.to_json} and
 * {@code to_csv} of Hugging Face make of it: {@code query-id} and {@code query}; {@code corpus-id}
 * and {@code image}, the name of the page's picture; {@code query-id}, {@code corpus-id} and {@code
 * score}.
 */
final class VidoreLayout implements Layout {

    private static final String[] ENDINGS = {".jsonl", ".csv", ".tsv"};

    @Override
    public String name() {
        return "vidore";
    }

    @Override
    public boolean fits(SetFolder folder) {
        return folder.find(names("corpus")) != null && folder.find(names("qrels")) != null;
    }

    private static String[] names(String stem) {
        String[] names = new String[ENDINGS.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = stem + ENDINGS[i];
        }
        return names;
    }

    @Override
    public String read(SetFolder folder, SetBuilder into) throws DatasetException {
        Map<String, Map<String, Integer>> relevant = new LinkedHashMap<>();
        read(
                folder,
                "qrels",
                row -> {
                    int score = score(row.text("score", "1"));
                    String query = row.text("query-id");
                    String page = row.text("corpus-id");
                    if (score > 0) {
                        relevant.computeIfAbsent(query, k -> new LinkedHashMap<>())
                                .put(page, score);
                    }
                });
        read(
                folder,
                "corpus",
                row -> {
                    String id = row.text("corpus-id");
                    into.medium(id, Medium.Kind.PAGE, row.text("image", id), null);
                });
        Set<String> asked = new HashSet<>();
        read(
                folder,
                "queries",
                row -> {
                    String id = row.text("query-id");
                    String text = row.text("query");
                    if (relevant.containsKey(id)) {
                        asked.add(id);
                        into.caption(id, text, relevant.get(id));
                    }
                });
        Set<String> silent = new HashSet<>(relevant.keySet());
        silent.removeAll(asked);
        if (silent.isEmpty() == false) {
            throw new DatasetException(
                    "[qrels] of ["
                            + folder.path()
                            + "] names ["
                            + silent.size()
                            + "] queries that [queries] does not have, beginning with "
                            + silent.stream().sorted().limit(5).toList()
                            + "; take all files from one release");
        }
        return "ViDoRe: pages of all documents are candidates, graded relevance";
    }

    private static void read(SetFolder folder, String stem, Consumer<Fields> reader)
            throws DatasetException {
        Path file = Layout.need(folder, names(stem));
        if (SetFolder.name(file).endsWith(".jsonl")) {
            folder.jsonLines(file, reader);
        } else {
            folder.rows(file, row -> reader.accept(row.fields()));
        }
    }

    private static int score(String text) {
        try {
            return (int) Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "field [score] is [" + text + "]; it must be a number", e);
        }
    }
}
