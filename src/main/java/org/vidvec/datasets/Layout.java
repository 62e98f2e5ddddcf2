package org.vidvec.datasets;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** How a set is published: which files it has and what is in them. */
interface Layout {

    /** By which it may be asked for. */
    String name();

    /** Whether the folder has its files. */
    boolean fits(SetFolder folder) throws DatasetException;

    /**
     * Reads annotations.
     *
     * @return the protocol, for reports
     * @throws DatasetException if a file is not there, can't be read, or has a bad line that may
     *     not be left out
     */
    String read(SetFolder folder, SetBuilder into) throws DatasetException;

    /** Whether the field that holds captions may be named. */
    default boolean choosesCaptions() {
        return false;
    }

    /**
     * Reads the questions of MSR-VTT-QA and MSVD-QA: each has {@code video_id}, {@code question}
     * and one {@code answer}. Those of media that the set does not have are left out.
     *
     * @param id of a medium, by its {@code video_id}; may add it to the set
     */
    static void questions(SetFolder folder, Path file, SetBuilder into, UnaryOperator<String> id)
            throws DatasetException {
        folder.entries(
                file,
                "questions",
                SetFolder.list(file),
                entry -> {
                    String number = entry.text("video_id");
                    String question = entry.text("question");
                    String answer = entry.text("answer");
                    String medium = id.apply(number);
                    if (into.knows(medium)) {
                        into.question(medium, question, List.of(answer), List.of());
                    }
                });
    }

    /** The file, or a sentence about what is missing. */
    static Path need(SetFolder folder, String... names) throws DatasetException {
        Path file = folder.find(names);
        if (file == null) {
            throw new DatasetException(
                    "["
                            + folder.path()
                            + "] has none of the files "
                            + List.of(names)
                            + " of split ["
                            + folder.split()
                            + "]; name another [--split] or [--layout]");
        }
        return file;
    }
}
