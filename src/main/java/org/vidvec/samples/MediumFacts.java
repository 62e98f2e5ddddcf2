package org.vidvec.samples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.Caption;
import org.vidvec.datasets.Claim;
import org.vidvec.datasets.DatasetException;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Medium;
import org.vidvec.datasets.Question;

/**
 * All that a set says of one medium.
 *
 * @param captions true of it
 * @param claims true and false ones
 */
record MediumFacts(
        Medium medium,
        List<String> captions,
        List<Question> questions,
        List<Claim> claims,
        List<SetMoments.Known> moments) {

    private MediumFacts(Medium medium) {
        this(medium, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /**
     * What a set says, medium by medium in its order.
     *
     * @param moments of its videos; null to leave them out
     * @throws DatasetException if a text can't be used and may not be left out
     */
    static List<MediumFacts> of(LabelledSet set, SetMoments moments, SetTexts texts)
            throws DatasetException {
        Map<String, MediumFacts> facts = new LinkedHashMap<>();
        set.media().forEach(medium -> facts.put(medium.id(), new MediumFacts(medium)));
        for (Caption caption : set.captions()) {
            if (texts.isUsable(caption.text(), true)) {
                caption.media().keySet().forEach(id -> facts.get(id).captions.add(caption.text()));
            }
        }
        for (Question question : set.questions()) {
            if (texts.isUsable(question.text(), true)) {
                facts.get(question.medium()).questions.add(question);
            }
        }
        for (Claim claim : set.claims()) {
            if (texts.isUsable(claim.text(), true)) {
                facts.get(claim.medium()).claims.add(claim);
            }
        }
        List<SetMoments.Known> all = moments == null ? List.of() : moments.all();
        for (SetMoments.Known moment : all) {
            if (texts.isUsable(moment.text(), true)) {
                facts.get(moment.video().id()).moments.add(moment);
            }
        }
        return List.copyOf(facts.values());
    }

    /** Claims of one truth, as texts. */
    List<String> claims(boolean matches) {
        return claims.stream().filter(c -> c.matches() == matches).map(Claim::text).toList();
    }

    /** True claims; its captions where there are none. */
    List<String> trueTexts() {
        List<String> claimed = claims(true);
        return claimed.isEmpty() ? captions : claimed;
    }

    boolean hasTrueText() {
        return trueTexts().isEmpty() == false;
    }
}
