package org.vidvec.samples;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Texts that do not match a medium: the set's own false claims, and where it has none of it,
 * captions of other media that are not said of this one as well.
 */
final class FalseTexts {

    private final List<String> captions;

    /**
     * @param facts of all media of a set
     */
    FalseTexts(List<MediumFacts> facts) {
        captions = facts.stream().flatMap(f -> f.captions().stream()).toList();
    }

    boolean areThereFor(MediumFacts facts) {
        return facts.claims(false).isEmpty() == false || other(facts, 0) != null;
    }

    /** One of them; only where some are there. */
    String one(MediumFacts facts, SplittableRandom random) {
        List<String> claimed = facts.claims(false);
        return claimed.isEmpty()
                ? other(facts, random.nextInt(captions.size()))
                : LabelledFlagged.one(claimed, random);
    }

    /** The first caption of something else from a place on; null if there is none. */
    private String other(MediumFacts facts, int from) {
        Set<String> own = new HashSet<>(facts.captions());
        own.addAll(facts.claims(true));
        for (int i = 0; i < captions.size(); i++) {
            String caption = captions.get((from + i) % captions.size());
            if (own.contains(caption) == false) {
                return caption;
            }
        }
        return null;
    }
}
