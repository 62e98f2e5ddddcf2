package org.vidvec.quality;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import org.vidvec.model.Calibration;

/**
 * What is measured beside retrieval, if it is asked for.
 *
 * @param calibrations of the rerank, beside P(Yes)
 * @param contextualized whether moments are also looked for by texts that are read behind sparse
 *     frames of their video (ViLL-E §5.1)
 * @param composed clips of the world that are looked for by another clip and what differs (ViLL-E
 *     §5.3); 0 for none
 * @param crossModal clips, images and pages of the world, each so many, that are looked for by
 *     their texts among all (VLM2Vec-V2 §3.1); 0 for none
 */
public record FurtherRuns(
        List<Calibration> calibrations,
        boolean contextualized,
        int composed,
        @SerializedName("cross_modal") int crossModal) {

    /** Nothing. */
    public static final FurtherRuns NONE = new FurtherRuns(List.of(), false, 0, 0);

    /** The same without what needs the head. */
    FurtherRuns ofVectors() {
        return new FurtherRuns(List.of(), contextualized, composed, crossModal);
    }
}
