package org.vidvec.quality;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.datasets.Medium;
import org.vidvec.media.MediaException;
import org.vidvec.model.ModelException;
import org.vidvec.model.WriteOptions;
import org.vidvec.model.Writer;
import org.vidvec.world.SpokenWords;

/** The model describes clips; which of its words for shapes, colours and motions are true? */
final class CaptionRun {

    private static final int AT_ONCE = 16;

    /** Captions that the report shows. */
    private static final int SHOWN = 20;

    private final Measured measured;
    private final List<Medium> clips;
    private final Writer writer;
    private final WriteOptions options;

    /**
     * @param maxTokens of a caption
     * @throws QualityException if nothing is known that a caption could be checked by
     */
    CaptionRun(Measured measured, Writer writer, int maxTokens) throws QualityException {
        this.measured = measured;
        this.clips = measured.labels().media().stream().filter(measured.words()::knows).toList();
        this.writer = writer;
        this.options = new WriteOptions(maxTokens, 0, 1, 0, List.of());
        if (clips.isEmpty()) {
            throw new QualityException(
                    "set ["
                            + measured.labels().name()
                            + "] has no clips whose words are known; leave [--describe] out, or"
                            + " measure on [world]");
        }
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
                SpokenWords.Score score = measured.words().score(some.get(i), caption);
                right += score.right();
                all += score.all();
                if (shown.size() < SHOWN) {
                    shown.add(json(some.get(i), caption, score));
                }
            }
            stages.stepped(some.size());
        }
        JsonObject report = new JsonObject();
        report.addProperty("captions", clips.size());
        report.addProperty("words", all);
        report.addProperty("right_words", (double) right / all);
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

    private static JsonObject json(Medium clip, String caption, SpokenWords.Score score) {
        JsonObject json = new JsonObject();
        json.addProperty("id", clip.id());
        json.addProperty("caption", caption);
        json.addProperty("right", score.right());
        json.addProperty("words", score.all());
        return json;
    }
}
