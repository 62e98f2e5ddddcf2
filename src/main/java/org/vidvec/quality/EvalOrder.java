package org.vidvec.quality;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import org.vidvec.media.Sampling;
import org.vidvec.model.ModelInfo;

/**
 * Everything that decides about a report, as it is stored in it and read again to repeat it.
 *
 * @param set {@code world}, a folder or an annotation file
 * @param layout of a folder; null to tell by its files
 * @param media folder of the media; null for the set's own
 * @param split train, validation or test
 * @param limit media that are used; 0 for all
 * @param captions {@code all} or {@code first}: of each medium
 * @param skips whether bad lines and media that can't be decoded are left out and counted
 * @param model folder of the checkpoint
 * @param queryInstruction null for the card's own
 * @param documentInstruction null for the card's own
 * @param rerank candidates of each query that the head judges; 0 for none
 * @param dualSoftmax what cosines are multiplied by, one over the temperature, from texts to media
 *     and from media to texts; empty for none
 * @param window of moments, in seconds
 * @param stride of moments, in seconds
 * @param mergeAlpha part of the seed's score at which a neighbour joins a segment
 * @param mergeThreshold score at which a neighbour joins a segment
 * @param answerTokens of written answers; 0 to ask no questions
 * @param captionTokens of written captions; 0 for none
 * @param threads that one operation uses; 0 for one per core
 * @param device auto, cpu or cuda:N
 * @param seed of the world
 * @param size of the world's frames
 * @param longVideos of the world
 * @param further what is measured beside; null in reports from before there was any
 * @param sample which frames are looked at, as {@link Sampling#of} reads it; null for the model's
 * @param captionField of entries, which holds their captions; null for the layout's own
 * @param tunesSoftmax whether the factors of dual softmax are chosen on other media
 */
public record EvalOrder(
        String set,
        String layout,
        String media,
        String split,
        int limit,
        String captions,
        @SerializedName("skip_bad") boolean skips,
        String model,
        @SerializedName("query_instruction") String queryInstruction,
        @SerializedName("document_instruction") String documentInstruction,
        int rerank,
        @SerializedName("dual_softmax") List<Double> dualSoftmax,
        double window,
        double stride,
        @SerializedName("merge_alpha") double mergeAlpha,
        @SerializedName("merge_threshold") double mergeThreshold,
        @SerializedName("answer_tokens") int answerTokens,
        @SerializedName("caption_tokens") int captionTokens,
        int threads,
        String device,
        long seed,
        String size,
        @SerializedName("long_videos") int longVideos,
        FurtherRuns further,
        String sample,
        @SerializedName("caption_field") String captionField,
        @SerializedName("tune_dual_softmax") boolean tunesSoftmax) {

    /** Nothing further where a report does not say. */
    public EvalOrder {
        further = further == null ? FurtherRuns.NONE : further;
    }

    /** The name of the generated set. */
    public static final String WORLD = "world";

    /** The same for another model, of which all but the head is measured. */
    public EvalOrder vectorsOf(String other) {
        return new EvalOrder(
                set,
                layout,
                media,
                split,
                limit,
                captions,
                skips,
                other,
                queryInstruction,
                documentInstruction,
                0,
                List.of(),
                window,
                stride,
                mergeAlpha,
                mergeThreshold,
                0,
                0,
                threads,
                device,
                seed,
                size,
                longVideos,
                further.ofVectors(),
                sample,
                captionField,
                false);
    }

    /** Which frames are looked at. */
    Sampling sampling(ModelInfo model) {
        return sample == null ? model.sampling() : Sampling.of(sample);
    }
}
