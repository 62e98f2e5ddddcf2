package org.vidvec.model;

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

    private final List<String> files;

    ReleasedUse(String... files) {
        this.files = List.of(files);
    }

    static ReleasedUse of(Path folder) {
        String title = Readme.of(folder).title().toLowerCase(Locale.ROOT);
        for (ReleasedUse use : List.of(RERANKER, EMBEDDING)) {
            boolean named = title.contains(use.name().toLowerCase(Locale.ROOT));
            if (named || use.files.stream().anyMatch(f -> Files.exists(folder.resolve(f)))) {
                return use;
            }
        }
        return ANY;
    }
}
