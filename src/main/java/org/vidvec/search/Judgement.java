package org.vidvec.search;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.Explanation;
import org.vidvec.action.CalibrationSpec;
import org.vidvec.action.MatchAction;
import org.vidvec.action.ModelSummary;
import org.vidvec.action.RerankMode;

/**
 * What the model said of one hit, or why it said nothing: one of {@code outcome} and {@code
 * problem} is null.
 *
 * @param outcome the model's logits
 * @param texts what it said of the hit's texts
 * @param problem why there is none
 * @param numFrames how many frames were kept of it; -1 if not known
 * @param model that judged; null if none did
 */
record Judgement(
        MatchAction.Outcome outcome,
        List<OfText> texts,
        String problem,
        int numFrames,
        ModelSummary model) {

    /**
     * What the model said of a text of a hit.
     *
     * @param field where the text lies
     * @param weight how much it says beside the video, whose weight is 1; above 0
     * @param outcome the model's logits
     */
    record OfText(String field, float weight, MatchAction.Outcome outcome) {

        /** Its score before it is weighted. */
        Explanation explain(CalibrationSpec calibration) {
            return Explanation.match(
                    (float) calibration.score(outcome),
                    "score of the text in ["
                            + field
                            + "], of weight ["
                            + weight
                            + "] beside the video");
        }
    }

    static Judgement failed(String problem) {
        return new Judgement(null, List.of(), problem, -1, null);
    }

    boolean isJudged() {
        return outcome != null;
    }

    /** The final score. */
    double score(double first, RescoreSpec spec) {
        return isJudged()
                ? spec.blend().judged(first, judged(spec.calibration()))
                : spec.blend().unjudged(first);
    }

    /** The video's score and those of the texts, by weight. */
    private double judged(CalibrationSpec calibration) {
        double sum = calibration.score(outcome);
        double weights = 1;
        for (OfText text : texts) {
            sum += text.weight() * calibration.score(text.outcome());
            weights += text.weight();
        }
        return sum / weights;
    }

    /**
     * How the final score came about.
     *
     * @param time that judging took
     */
    Explanation explain(Explanation first, RescoreSpec spec, Explanation time) {
        ScoreBlend blend = spec.blend();
        float value = (float) score(first.getValue().doubleValue(), spec);
        if (isJudged() == false) {
            return Explanation.match(
                    value,
                    "not judged by vidvec model ["
                            + spec.modelId()
                            + "], so below the hits that were: "
                            + problem,
                    first);
        }
        List<Explanation> details = new ArrayList<>();
        details.add(Explanation.match(first.getValue(), "first score, before the rescore", first));
        details.add(head(spec.mode()));
        if (spec.calibration().isNone() == false) {
            details.add(calibrated(spec.calibration()));
        }
        texts.forEach(text -> details.add(text.explain(spec.calibration())));
        details.add(Explanation.match(blend.queryWeight(), "query_weight"));
        details.add(Explanation.match(blend.rescoreWeight(), "rescore_query_weight"));
        if (numFrames >= 0) {
            details.add(Explanation.match(numFrames, "frames judged"));
        }
        details.add(Explanation.match(model.layers(), "layer that the head reads, the last"));
        details.add(time);
        String description =
                "vidvec rescore with score_mode ["
                        + blend.mode()
                        + "], calibration ["
                        + spec.calibration().name()
                        + "], by model ["
                        + spec.modelId()
                        + "] with fingerprint ["
                        + model.fingerprint()
                        + "], of:";
        return Explanation.match(value, description, details);
    }

    private Explanation head(RerankMode mode) {
        boolean alone = mode == RerankMode.POINTWISE;
        return Explanation.match(
                (float) outcome.pYes(),
                alone
                        ? "P(Yes), softmax over the two logits"
                        : "its part of all candidates, softmax over their letters",
                Explanation.match(
                        (float) outcome.yesLogit(), alone ? "yes logit" : "logit of its letter"),
                Explanation.match(
                        (float) outcome.noLogit(),
                        alone ? "no logit" : "log of the others' summed exponentials"));
    }

    private Explanation calibrated(CalibrationSpec calibration) {
        List<Explanation> others = new ArrayList<>();
        for (int i = 0; i < outcome.references().size(); i++) {
            MatchAction.Outcome other = new MatchAction.Outcome(outcome.references().get(i), null);
            String text = calibration.references().get(i);
            others.add(
                    Explanation.match(
                            (float) (other.yesLogit() - other.noLogit()),
                            "yes logit less no logit for ["
                                    + (text.isEmpty() ? "an empty query" : text)
                                    + "]"));
        }
        return Explanation.match(
                (float) calibration.score(outcome),
                "calibrated score [" + calibration.name() + "]",
                others);
    }
}
