package org.vidvec.datasets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * LLaVA-Hound (Zhang et al. 2024), the form of LLaVA's conversations: JSON lines with {@code id},
 * {@code video} and {@code conversations} of {@code from} ({@code human}, {@code gpt}) and {@code
 * value}. In a file with {@code caption} in its name the answers are captions of the video, in any
 * other they are answers to the questions.
 */
final class LlavaHoundLayout implements Layout {

    private static final String VIDEO = "<video>";

    @Override
    public String name() {
        return "llava_hound";
    }

    @Override
    public boolean fits(SetFolder folder) throws DatasetException {
        for (Path file : folder.endingWith(".jsonl")) {
            if (SetFolder.firstLine(file).contains("\"conversations\"")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String read(SetFolder folder, SetBuilder into) throws DatasetException {
        List<String> names = new ArrayList<>();
        for (Path file : folder.endingWith(".jsonl")) {
            boolean captions = SetFolder.name(file).contains("caption");
            folder.jsonLines(file, line -> add(line, captions, into));
            names.add(SetFolder.name(file));
        }
        return "LLaVA-Hound " + names + ": captions and questions by a language model";
    }

    private static void add(Fields line, boolean captions, SetBuilder into) {
        String id = line.text("video");
        List<Fields> turns = line.objects("conversations");
        if (turns.size() < 2 || turns.size() % 2 != 0) {
            throw new IllegalArgumentException(
                    "field [conversations] has ["
                            + turns.size()
                            + "] turns; it must have questions with their answers");
        }
        List<String> asked = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (int i = 0; i < turns.size(); i += 2) {
            asked.add(turns.get(i).text("value").replace(VIDEO, "").strip());
            told.add(turns.get(i + 1).text("value"));
        }
        into.medium(id, Medium.Kind.VIDEO);
        for (int i = 0; i < asked.size(); i++) {
            if (captions) {
                into.caption(id, told.get(i));
            } else {
                into.question(id, asked.get(i), List.of(told.get(i)), List.of());
            }
        }
    }
}
