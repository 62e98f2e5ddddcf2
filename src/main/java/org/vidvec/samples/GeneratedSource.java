package org.vidvec.samples;

import java.util.List;
import java.util.Locale;
import org.vidvec.world.FrameSize;
import org.vidvec.world.Source;
import org.vidvec.world.Style;

/**
 * Pairs of the generated world: what is shown, and a text about it.
 *
 * @param shown clips, long videos, images or pages; null for two texts of one clip, its summary and
 *     its dense caption (VidVec §3.4)
 * @param changes whether a pair is a clip with a change in words, and the clip that is so; else it
 *     is what is shown and a text about it
 * @param style of the text
 * @param seed another gives others
 * @param samples of an epoch
 * @param frames of what moves
 * @param negatives texts that are wrong by one word, for each pair; of changes clips that other
 *     changes would make of the source
 * @param fromText whether the text searches
 * @param queryInstruction what is asked of what searches; null for what the model's card asks
 * @param targetInstruction what is asked of what is found; null for what the model's card asks
 * @param weight how often a sub-batch comes from here, against the other sources' weights
 */
public record GeneratedSource(
        Source shown,
        boolean changes,
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

    /**
     * @throws IllegalArgumentException if negatives or changes are wanted that do not exist
     */
    public GeneratedSource {
        if (changes && shown != Source.CLIP) {
            throw new IllegalArgumentException(
                    "[data.take] [changes] is for [data.generated] [clip]; it is ["
                            + (shown == null ? "texts" : shown.name().toLowerCase(Locale.ROOT))
                            + "]");
        }
        if (negatives > 0 && changes == false && (fromText || shown == null)) {
            throw new IllegalArgumentException(
                    "[data.negatives] are texts beside the right one; they need [data.query]"
                            + " [shown]");
        }
    }

    @Override
    public boolean hasNegatives() {
        return negatives > 0;
    }

    @Override
    public List<AskedSide> sides() {
        PairSource.Kind other = kind();
        if (changes) {
            return List.of(
                    AskedSide.query(other, queryInstruction).besideText(),
                    AskedSide.document(other, targetInstruction));
        }
        return List.of(
                AskedSide.query(fromText ? PairSource.Kind.TEXT : other, queryInstruction),
                AskedSide.document(fromText ? other : PairSource.Kind.TEXT, targetInstruction));
    }

    private PairSource.Kind kind() {
        if (shown == null) {
            return PairSource.Kind.TEXT;
        }
        return switch (shown) {
            case CLIP, STORY -> PairSource.Kind.VIDEO;
            case IMAGE, PAGE -> PairSource.Kind.IMAGE;
        };
    }
}
