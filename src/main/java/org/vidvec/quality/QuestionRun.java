package org.vidvec.quality;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Medium;
import org.vidvec.datasets.Question;
import org.vidvec.media.MediaException;
import org.vidvec.metrics.Answers;
import org.vidvec.model.ModelException;
import org.vidvec.model.WriteOptions;
import org.vidvec.model.Writer;

/**
 * Questions about media (ViLL-E §5.2): the model writes its answer, which must be one of the right
 * ones word by word, as MSR-VTT-QA and MSVD-QA count it.
 */
final class QuestionRun {

    /** Wrong answers that the report shows. */
    private static final int SHOWN = 20;

    private final LabelledSet set;
    private final Shelf shelf;
    private final Writer writer;
    private final int maxTokens;

    /**
     * @param maxTokens of an answer
     */
    QuestionRun(Measured measured, Writer writer, int maxTokens) {
        this.set = measured.labels();
        this.shelf = measured.shelf();
        this.writer = writer;
        this.maxTokens = maxTokens;
    }

    JsonObject run(Stages stages) throws MediaException, ModelException {
        Map<String, Medium> media = new LinkedHashMap<>();
        set.media().forEach(m -> media.put(m.id(), m));
        WriteOptions options = new WriteOptions(maxTokens, 0, 1, 0, List.of());
        stages.begins("questions", set.questions().size());
        int right = 0;
        JsonArray wrong = new JsonArray();
        for (Question question : set.questions()) {
            Writer.Task task =
                    new Writer.Task(
                            shelf.contents(media.get(question.medium())),
                            asked(question),
                            piece -> {},
                            () -> false);
            String answer = writer.write(List.of(task), options).get(0).text();
            if (Answers.isRight(answer, question.answers())) {
                right++;
            } else if (wrong.size() < SHOWN) {
                wrong.add(wrong(question, answer));
            }
            stages.stepped(1);
        }
        JsonObject report = new JsonObject();
        report.addProperty("questions", set.questions().size());
        report.addProperty("accuracy", (double) right / set.questions().size());
        report.add("wrong", wrong);
        return report;
    }

    /** With the options to choose from, where there are any. */
    private static String asked(Question question) {
        return question.options().isEmpty()
                ? question.text()
                : question.text() + "\n" + String.join("\n", question.options());
    }

    private static JsonObject wrong(Question question, String answer) {
        JsonObject wrong = new JsonObject();
        wrong.addProperty("id", question.id());
        wrong.addProperty("question", question.text());
        wrong.addProperty("right", question.answers().get(0));
        wrong.addProperty("answer", answer);
        return wrong;
    }
}
