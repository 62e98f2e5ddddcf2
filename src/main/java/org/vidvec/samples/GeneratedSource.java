package org.vidvec.samples;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.vidvec.world.FrameSize;
import org.vidvec.world.Source;
import org.vidvec.world.Style;

/**
 * Pairs of the generated world: what is shown, and a text about it.
 *
 * @param shown clips, long videos, images or pages; null for two texts without what they are about
 * @param take what makes a pair
 * @param style of the text
 * @param seed another gives others
 * @param samples of an epoch
 * @param frames of what moves
 * @param negatives texts that are wrong by one word, for each pair; of changes clips that other
 *     changes would make of the source, of entailments texts that the first one contradicts
 * @param fromText whether the text searches
 * @param queryInstruction what is asked of what searches; null for what the model's card asks
 * @param targetInstruction what is asked of what is found; null for what the model's card asks
 * @param weight how often a sub-batch comes from here, against the other sources' weights
 */
public record GeneratedSource(
        Source shown,
        Take take,
        Style style,
        long seed,
        int samples,
        int frames,
        FrameSize size,
        int negatives,
        boolean fromText,
        String queryInstruction,
        String targetInstruction,
        double weight)
        implements PairOrigin {

    /** In place of what is shown: two texts without it. */
    public static final String TEXTS = "texts";

    /** What makes a pair. */
    public enum Take {
        /**
         * What is shown and a text about it; of texts the summary and the dense caption of a clip
         * (VidVec §3.4).
         */
        CAPTIONS,
        /** A clip with a change in words, and the clip that is so. */
        CHANGES,
        /** Two short captions of a clip, in other words (VidVec, appendix C.1). */
        REWORDINGS,
        /**
         * All that is so in a picture, and a short text that follows from it, as pairs of NLI are
         * made (VidVec, appendix C.1).
         */
        ENTAILMENTS;

        /** Whether it makes pairs of this. */
        boolean of(Source shown) {
            return switch (this) {
                case CAPTIONS -> true;
                case CHANGES -> shown == Source.CLIP;
                case REWORDINGS, ENTAILMENTS -> shown == null;
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @throws IllegalArgumentException if negatives or pairs are wanted that do not exist
     */
    public GeneratedSource {
        if (take.of(shown) == false) {
            Take[] takes = Take.values();
            throw new IllegalArgumentException(
                    "[data.take] ["
                            + take
                            + "] is for [data.generated] ["
                            + (take.of(null) ? TEXTS : name(Source.CLIP))
                            + "], not for ["
                            + name(shown)
                            + "], which has "
                            + Arrays.stream(takes).filter(t -> t.of(shown)).toList());
        }
        if (negatives > 0 && hasTextsBeside(shown, take, fromText) == false) {
            throw new IllegalArgumentException(
                    "[data.negatives] are texts beside the right one; they need [data.query]"
                            + " [shown], or [data.take] [entailments] of [data.generated] [texts]");
        }
    }

    private static boolean hasTextsBeside(Source shown, Take take, boolean fromText) {
        return switch (take) {
            case CAPTIONS -> shown != null && fromText == false;
            case CHANGES, ENTAILMENTS -> true;
            case REWORDINGS -> false;
        };
    }

    private static String name(Source shown) {
        return shown == null ? TEXTS : shown.name().toLowerCase(Locale.ROOT);
    }

    /** In the words of a description. */
    String name() {
        String pairs = take == Take.CHANGES ? "changed " : "";
        return "generated "
                + pairs
                + name(shown)
                + (shown == null && take != Take.CAPTIONS ? ", " + take : "");
    }

    @Override
    public boolean hasNegatives() {
        return negatives > 0;
    }

    @Override
    public List<AskedSide> sides() {
        PairSource.Kind other = shown == null ? PairSource.Kind.TEXT : PairSource.Kind.of(shown);
        if (take == Take.CHANGES) {
            return List.of(
                    AskedSide.query(other, queryInstruction).besideText(),
                    AskedSide.document(other, targetInstruction));
        }
        return List.of(
                AskedSide.query(fromText ? PairSource.Kind.TEXT : other, queryInstruction),
                AskedSide.document(fromText ? other : PairSource.Kind.TEXT, targetInstruction));
    }
}
