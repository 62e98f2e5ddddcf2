package org.vidvec.quality;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Medium;
import org.vidvec.datasets.Question;
import org.vidvec.media.MediaException;
import org.vidvec.metrics.Answers;
import org.vidvec.metrics.Choices;
import org.vidvec.metrics.PriorAnswers;
import org.vidvec.model.ModelException;
import org.vidvec.model.WriteOptions;
import org.vidvec.model.Writer;

/**
 * Questions about media (ViLL-E §5.2): the model writes its answer, which must be one of the right
 * ones word by word, as MSR-VTT-QA and MSVD-QA count it, or name the right option by its letter.
 */
final class QuestionRun {

    /** Wrong answers that the report shows. */
    private static final int SHOWN = 20;

    private static final int AT_ONCE = 16;

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
        List<Question> all = set.questions();
        stages.begins("questions", all.size());
        int right = 0;
        JsonArray wrong = new JsonArray();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<Question> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            List<Writer.Written> answers = answers(some, media);
            for (int i = 0; i < some.size(); i++) {
                String answer = answers.get(i).text();
                if (Answers.isRight(answer, some.get(i))) {
                    right++;
                } else if (wrong.size() < SHOWN) {
                    wrong.add(wrong(some.get(i), answer));
                }
            }
            stages.stepped(some.size());
        }
        JsonObject report = new JsonObject();
        report.addProperty("questions", all.size());
        report.addProperty("accuracy", (double) right / all.size());
        report.addProperty("without_looking", PriorAnswers.accuracy(all));
        report.add("wrong", wrong);
        return report;
    }

    private List<Writer.Written> answers(List<Question> some, Map<String, Medium> media)
            throws MediaException, ModelException {
        List<Writer.Task> tasks = new ArrayList<>();
        for (Question question : some) {
            tasks.add(
                    new Writer.Task(
                            shelf.contents(media.get(question.medium())),
                            asked(question),
                            piece -> {},
                            () -> false));
        }
        return writer.write(tasks, new WriteOptions(maxTokens, 0, 1, 0, List.of()));
    }

    /** With the options to choose from, where there are any. */
    private static String asked(Question question) {
        return question.options().isEmpty()
                ? question.text()
                : question.text()
                        + "\n"
                        + String.join("\n", new Choices(question.options()).lines());
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
