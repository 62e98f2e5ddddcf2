package org.vidvec.datasets;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * MSR-VTT (Xu et al. 2016): {@code MSRVTT_data.json} with {@code videos} and {@code sentences}, and
 * the tables of the 1k-A split (Yu et al. 2018), {@code MSRVTT_JSFUSION_test.csv} with one sentence
 * for each of 1,000 videos and {@code MSRVTT_train.9k.csv} with the ids that are left to learn
 * from; and of MSRVTT-QA (Xu et al. 2017) {@code train_qa.json}, {@code val_qa.json} and {@code
 * test_qa.json}, whose videos are numbers.
 */
final class MsrVttLayout implements Layout {

    private static final String[] DATA = {
        "MSRVTT_data.json",
        "MSR_VTT.json",
        "train_val_videodatainfo.json",
        "videodatainfo_2017.json"
    };
    private static final String TEST = "MSRVTT_JSFUSION_test.csv";
    private static final String TRAIN = "MSRVTT_train.9k.csv";
    private static final Map<String, String> QUESTIONS =
            Map.of(
                    "train", "train_qa.json",
                    "validation", "val_qa.json",
                    "test", "test_qa.json");

    @Override
    public String name() {
        return "msrvtt";
    }

    @Override
    public boolean fits(SetFolder folder) {
        return folder.find(TEST) != null || folder.find(DATA) != null;
    }

    @Override
    public String read(SetFolder folder, SetBuilder into) throws DatasetException {
        Path test = folder.find(TEST);
        if (folder.split().equals("test") && test != null) {
            folder.rows(
                    test,
                    row -> {
                        String id = row.get("video_id");
                        String sentence = row.get("sentence");
                        into.medium(id, Medium.Kind.VIDEO);
                        into.caption(id, sentence);
                    });
            questions(folder, into);
            return "MSR-VTT 1k-A: one sentence for each of 1,000 videos";
        }
        String protocol = sentences(folder, into);
        questions(folder, into);
        return protocol;
    }

    private static void questions(SetFolder folder, SetBuilder into) throws DatasetException {
        Path file = folder.find(QUESTIONS.get(folder.split()));
        if (file == null) {
            return;
        }
        Layout.questions(folder, file, into, number -> "video" + number);
    }

    private static String sentences(SetFolder folder, SetBuilder into) throws DatasetException {
        Path data = Layout.need(folder, DATA);
        Path train = folder.find(TRAIN);
        Set<String> wanted = new HashSet<>();
        boolean listed = folder.split().equals("train") && train != null;
        if (listed) {
            folder.rows(train, row -> wanted.add(row.get("video_id")));
        }
        Fields json = Fields.of(SetFolder.json(data));
        folder.entries(
                data,
                "videos",
                json.list("videos"),
                video -> {
                    String id = video.text("video_id");
                    if (listed ? wanted.contains(id) : isOf(folder.split(), video)) {
                        into.medium(id, Medium.Kind.VIDEO);
                    }
                });
        folder.entries(
                data,
                "sentences",
                json.list("sentences"),
                sentence -> {
                    String id = sentence.text("video_id");
                    String caption = sentence.text("caption");
                    if (into.knows(id)) {
                        into.caption(id, caption);
                    }
                });
        return "MSR-VTT split [" + folder.split() + "]: 20 sentences a video";
    }

    /** The official release calls validation {@code validate}. */
    private static boolean isOf(String split, Fields video) {
        List<String> names =
                split.equals("validation") ? List.of("validate", "validation") : List.of(split);
        return names.contains(video.text("split", split));
    }
}
