package org.vidvec.quality;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.Caption;
import org.vidvec.datasets.Medium;
import org.vidvec.media.MediaException;
import org.vidvec.model.ModelException;
import org.vidvec.model.WriteOptions;
import org.vidvec.model.Writer;
import org.vidvec.world.SpokenWords;

/**
 * The model describes media, beside what the set says of them. Of clips of the generated world,
 * which of its words for shapes, colours and motions are true?
 */
final class CaptionRun {

    private static final int AT_ONCE = 16;

    /** Captions that the report shows. */
    private static final int SHOWN = 20;

    private final Measured measured;
    private final List<Medium> clips;

    /** The first caption of each medium. */
    private final Map<String, String> truths = new HashMap<>();

    private final Writer writer;
    private final WriteOptions options;

    /**
     * @param maxTokens of a caption
     * @throws QualityException if the set has no captions
     */
    CaptionRun(Measured measured, Writer writer, int maxTokens) throws QualityException {
        this.measured = measured;
        measured.labels().captions().forEach(this::keepTruth);
        this.clips =
                measured.labels().media().stream().filter(m -> truths.containsKey(m.id())).toList();
        this.writer = writer;
        this.options = new WriteOptions(maxTokens, 0, 1, 0, List.of());
        if (clips.isEmpty()) {
            throw new QualityException(
                    "set ["
                            + measured.labels().name()
                            + "] has no captions that the model's could stand beside; leave"
                            + " [--describe] out");
        }
    }

    private void keepTruth(Caption caption) {
        caption.media().keySet().forEach(id -> truths.putIfAbsent(id, caption.text()));
    }

    JsonObject run(Stages stages) throws MediaException, ModelException {
        stages.begins("captions", clips.size());
        int right = 0;
        int all = 0;
        JsonArray shown = new JsonArray();
        for (int from = 0; from < clips.size(); from += AT_ONCE) {
            List<Medium> some = clips.subList(from, Math.min(clips.size(), from + AT_ONCE));
            List<Writer.Written> captions = write(some);
            for (int i = 0; i < some.size(); i++) {
                String caption = captions.get(i).text();
                JsonObject one = json(some.get(i), caption);
                if (measured.words().knows(some.get(i))) {
                    SpokenWords.Score score = measured.words().score(some.get(i), caption);
                    right += score.right();
                    all += score.all();
                    one.addProperty("right", score.right());
                    one.addProperty("words", score.all());
                }
                if (shown.size() < SHOWN) {
                    shown.add(one);
                }
            }
            stages.stepped(some.size());
        }
        JsonObject report = new JsonObject();
        report.addProperty("captions", clips.size());
        if (all > 0) {
            report.addProperty("words", all);
            report.addProperty("right_words", (double) right / all);
        }
        report.add("first", shown);
        return report;
    }

    private List<Writer.Written> write(List<Medium> some) throws MediaException, ModelException {
        List<Writer.Task> tasks = new ArrayList<>();
        for (Medium clip : some) {
            tasks.add(
                    new Writer.Task(
                            measured.shelf().contents(clip), null, piece -> {}, () -> false));
        }
        return writer.write(tasks, options);
    }

    private JsonObject json(Medium clip, String caption) {
        JsonObject json = new JsonObject();
        json.addProperty("id", clip.id());
        json.addProperty("caption", caption);
        json.addProperty("truth", truths.get(clip.id()));
        return json;
    }
}
