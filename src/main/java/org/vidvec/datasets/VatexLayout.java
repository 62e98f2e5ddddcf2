package org.vidvec.datasets;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * VATEX (Wang et al. 2019): {@code vatex_validation_v1.0.json} and the like, a list of {@code
 * videoID} and ten {@code enCap}. Where a list of ids is there ({@code test_list.txt}; 1,500 of the
 * validation videos in the papers' split), only those.
 */
final class VatexLayout implements Layout {

    private static final Map<String, String[]> FILES =
            Map.of(
                    "train", new String[] {"vatex_training_v1.0.json"},
                    "validation", new String[] {"vatex_validation_v1.0.json"},
                    "test",
                            new String[] {
                                "vatex_public_test_english_v1.1.json", "vatex_validation_v1.0.json"
                            });
    private static final Map<String, String> LISTS =
            Map.of(
                    "train", "train_list.txt",
                    "validation", "val_list.txt",
                    "test", "test_list.txt");

    @Override
    public String name() {
        return "vatex";
    }

    @Override
    public boolean fits(SetFolder folder) {
        return FILES.values().stream().anyMatch(names -> folder.find(names) != null);
    }

    @Override
    public String read(SetFolder folder, SetBuilder into) throws DatasetException {
        Path list = folder.find(LISTS.get(folder.split()));
        Set<String> wanted = new HashSet<>();
        if (list != null) {
            folder.lines(list, (line, text) -> wanted.add(text.strip()));
        }
        // the papers test on a part of the validation videos
        String[] names =
                list == null
                        ? FILES.get(folder.split())
                        : new String[] {
                            "vatex_validation_v1.0.json",
                            "vatex_training_v1.0.json",
                            "vatex_public_test_english_v1.1.json"
                        };
        if (folder.split().equals("train")) {
            names = FILES.get("train");
        }
        Path file = Layout.need(folder, names);
        folder.entries(
                file,
                "videos",
                SetFolder.list(file),
                video -> {
                    String id = video.text("videoID");
                    if (list == null || wanted.contains(id)) {
                        into.medium(id, Medium.Kind.VIDEO);
                        video.texts("enCap").forEach(text -> into.caption(id, text));
                    }
                });
        return "VATEX split [" + folder.split() + "]: ten English captions a video, any counts";
    }
}
