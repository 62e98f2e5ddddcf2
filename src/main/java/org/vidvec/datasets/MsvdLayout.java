package org.vidvec.datasets;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * MSVD (Chen and Dolan 2011): {@code AllVideoDescriptions.txt} with a video's id and a description
 * a line, and the lists of ids {@code train_list.txt}, {@code val_list.txt}, {@code test_list.txt}
 * (1,200, 100 and 670). The captions that others pass on as a pickle are not read: a pickle is a
 * program.
 */
final class MsvdLayout implements Layout {

    private static final String[] CAPTIONS = {"AllVideoDescriptions.txt", "video_descriptions.txt"};
    private static final Map<String, String> LISTS =
            Map.of(
                    "train", "train_list.txt",
                    "validation", "val_list.txt",
                    "test", "test_list.txt");

    @Override
    public String name() {
        return "msvd";
    }

    @Override
    public boolean fits(SetFolder folder) {
        return folder.find(CAPTIONS) != null;
    }

    @Override
    public String read(SetFolder folder, SetBuilder into) throws DatasetException {
        Path captions = Layout.need(folder, CAPTIONS);
        Path list = Layout.need(folder, LISTS.get(folder.split()));
        Set<String> wanted = new LinkedHashSet<>();
        folder.lines(list, (line, text) -> wanted.add(text.strip()));
        wanted.forEach(id -> into.medium(id, Medium.Kind.VIDEO));
        folder.lines(
                captions,
                (line, text) -> {
                    if (text.startsWith("#")) {
                        return;
                    }
                    String[] parts = text.strip().split("\\s+", 2);
                    if (parts.length < 2) {
                        throw new IllegalArgumentException(
                                "[" + text + "] must be a video's id, a space and a description");
                    }
                    if (wanted.contains(parts[0])) {
                        into.caption(parts[0], parts[1]);
                    }
                });
        return "MSVD split [" + folder.split() + "]: any caption of a video counts";
    }
}
