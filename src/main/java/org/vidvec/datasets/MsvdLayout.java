package org.vidvec.datasets;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * MSVD (Chen and Dolan 2011): {@code AllVideoDescriptions.txt} with a video's id and a description
 * a line, and the lists of ids {@code train_list.txt}, {@code val_list.txt}, {@code test_list.txt}
 * (1,200, 100 and 670); and of MSVD-QA (Xu et al. 2017) {@code train_qa.json}, {@code val_qa.json}
 * and {@code test_qa.json}, whose videos are numbers that {@code youtube_mapping.txt} gives the ids
 * of, a line {@code -4wsuPCjDBc_5_15 vid1}; without captions they are a set alone. The captions
 * that others pass on as a pickle are not read: a pickle is a program.
 */
final class MsvdLayout implements Layout {

    private static final String[] CAPTIONS = {"AllVideoDescriptions.txt", "video_descriptions.txt"};
    private static final Map<String, String> LISTS =
            Map.of(
                    "train", "train_list.txt",
                    "validation", "val_list.txt",
                    "test", "test_list.txt");

    private static final String MAPPING = "youtube_mapping.txt";
    private static final Map<String, String> QUESTIONS =
            Map.of(
                    "train", "train_qa.json",
                    "validation", "val_qa.json",
                    "test", "test_qa.json");

    @Override
    public String name() {
        return "msvd";
    }

    @Override
    public boolean fits(SetFolder folder) {
        return folder.find(CAPTIONS) != null || folder.find(MAPPING) != null;
    }

    @Override
    public String read(SetFolder folder, SetBuilder into) throws DatasetException {
        Path asked = folder.find(QUESTIONS.get(folder.split()));
        boolean captioned = asked == null || folder.find(CAPTIONS) != null;
        if (captioned) {
            descriptions(folder, into);
        }
        if (asked != null) {
            questions(folder, asked, captioned, into);
        }
        return captioned
                ? "MSVD split [" + folder.split() + "]: any caption of a video counts"
                : "MSVD-QA split [" + folder.split() + "]: questions alone";
    }

    /**
     * @param captioned whether the videos of the split are known: others are left out
     */
    private static void questions(SetFolder folder, Path asked, boolean captioned, SetBuilder into)
            throws DatasetException {
        Path mapping = Layout.need(folder, MAPPING);
        Map<String, String> ids = new HashMap<>();
        folder.lines(
                mapping,
                (line, text) -> {
                    String[] parts = text.strip().split("\\s+");
                    if (parts.length != 2) {
                        throw new IllegalArgumentException(
                                "[" + text + "] must be a video's id, a space and [vid1]");
                    }
                    ids.put(parts[1], parts[0]);
                });
        Layout.questions(
                folder,
                asked,
                into,
                number -> {
                    String id = ids.get("vid" + number);
                    if (id == null) {
                        throw new IllegalArgumentException(
                                "field [video_id] is ["
                                        + number
                                        + "], which ["
                                        + mapping
                                        + "] does not have");
                    }
                    if (captioned == false) {
                        into.medium(id, Medium.Kind.VIDEO);
                    }
                    return id;
                });
    }

    private static void descriptions(SetFolder folder, SetBuilder into) throws DatasetException {
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
    }
}
