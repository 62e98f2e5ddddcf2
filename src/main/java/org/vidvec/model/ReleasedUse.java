package org.vidvec.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a checkpoint was released for, where config.json is the same for all: told by the files that
 * its authors put beside the weights, or by the title of its README. Nothing of them is run.
 */
enum ReleasedUse {
    /** Vectors: sentence-transformers' pooling module, or the released script. */
    EMBEDDING("1_Pooling/config.json", "scripts/qwen3_vl_embedding.py"),
    /** Scores of pairs. */
    RERANKER(
            "1_LogitScore/config.json",
            "additional_chat_templates/reranker.jinja",
            "scripts/qwen3_vl_reranker.py"),
    /** Nothing in particular. */
    ANY;

    private static final String README = "README.md";
    private static final int TITLE_WITHIN = 200;

    private final List<String> files;

    ReleasedUse(String... files) {
        this.files = List.of(files);
    }

    static ReleasedUse of(Path folder) {
        String title = title(folder.resolve(README)).toLowerCase(Locale.ROOT);
        for (ReleasedUse use : List.of(RERANKER, EMBEDDING)) {
            boolean named = title.contains(use.name().toLowerCase(Locale.ROOT));
            if (named || use.files.stream().anyMatch(f -> Files.exists(folder.resolve(f)))) {
                return use;
            }
        }
        return ANY;
    }

    /** The first heading; empty if there is none at the beginning. */
    private static String title(Path readme) {
        if (Files.isRegularFile(readme) == false) {
            return "";
        }
        try (BufferedReader lines = Files.newBufferedReader(readme, StandardCharsets.UTF_8)) {
            return lines.lines()
                    .limit(TITLE_WITHIN)
                    .filter(line -> line.startsWith("# "))
                    .findFirst()
                    .orElse("");
        } catch (IOException | RuntimeException e) {
            // a README that can't be read says nothing
            return "";
        }
    }
}
