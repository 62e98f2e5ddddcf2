package org.vidvec.quality;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.Claim;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Medium;
import org.vidvec.media.MediaException;
import org.vidvec.model.Content;
import org.vidvec.model.Matcher;
import org.vidvec.model.ModelException;

/** Does it match? P(Yes) of the model's head against what is true, by difficulty. */
final class ClaimRun {

    private static final double EVEN = 0.5;

    /** How many were answered, and how many of them rightly. */
    private static final class Count {
        private int all;
        private int right;
        private int yes;
    }

    private final LabelledSet set;
    private final Shelf shelf;
    private final Matcher matcher;

    ClaimRun(Measured measured, Matcher matcher) {
        this.set = measured.labels();
        this.shelf = measured.shelf();
        this.matcher = matcher;
    }

    JsonObject run(Stages stages) throws MediaException, ModelException {
        Map<String, Medium> media = new LinkedHashMap<>();
        set.media().forEach(m -> media.put(m.id(), m));
        Map<String, Count> counts = new LinkedHashMap<>();
        stages.begins("claims", set.claims().size());
        for (Claim claim : set.claims()) {
            Content shown = shelf.contents(media.get(claim.medium())).get(0);
            List<Content> text = List.of(new Content.Text(claim.text()));
            boolean yes = matcher.match(text, List.of(shown)).get(0).pYes() >= EVEN;
            for (String name : List.of("all", claim.difficulty())) {
                Count count = counts.computeIfAbsent(name, k -> new Count());
                count.all++;
                count.right += yes == claim.matches() ? 1 : 0;
                count.yes += yes ? 1 : 0;
            }
            stages.stepped(1);
        }
        JsonObject report = new JsonObject();
        counts.forEach(
                (name, count) -> {
                    if (name.isEmpty() == false) {
                        report.add(name, json(count));
                    }
                });
        return report;
    }

    private static JsonObject json(Count count) {
        JsonObject json = new JsonObject();
        json.addProperty("claims", count.all);
        json.addProperty("accuracy", (double) count.right / count.all);
        json.addProperty("answered_yes", (double) count.yes / count.all);
        return json;
    }
}
