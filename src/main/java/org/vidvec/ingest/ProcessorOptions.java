package org.vidvec.ingest;

import java.util.EnumSet;
import org.elasticsearch.core.TimeValue;
import org.vidvec.action.InputSpec;
import org.vidvec.action.MomentsSpec;
import org.vidvec.action.SamplingSpec;

/**
 * The processor's options, checked.
 *
 * @param modelId which model
 * @param field what is read
 * @param targetField what is written
 * @param properties which parts are written
 * @param embedding how the field is read and embedded
 * @param handling what happens around it
 */
record ProcessorOptions(
        String modelId,
        String field,
        String targetField,
        EnumSet<Property> properties,
        Reading embedding,
        Handling handling) {

    /** A part of what is written. */
    enum Property {
        /** The vector and how many tokens it took. */
        EMBEDDING,
        /** The sampled frames. */
        FRAMES,
        /** Facts of the file. */
        MEDIA,
        /** The vectors of a video's windows. */
        MOMENTS,
        /** The vectors of a document's pages. */
        PAGES,
        /** What the model writes about it. */
        CAPTION
    }

    /**
     * How the field is read and embedded.
     *
     * @param type what a value is that does not say so itself
     * @param instruction replaces the model's own; null for that
     * @param sampling which frames of a video are looked at; null for the model's own
     * @param moments how a video is cut into windows; null for as the model's card says
     * @param pages what is wanted of a document's pages; null for nothing
     */
    record Reading(
            InputSpec.Type type,
            String instruction,
            SamplingSpec sampling,
            MomentsSpec moments,
            MomentsSpec pages) {

        /** What is wanted of the parts of a value; null for nothing. */
        MomentsSpec parts(InputSpec.Type of) {
            return of == InputSpec.Type.PDF ? pages : moments;
        }
    }

    /**
     * What happens around the embedding.
     *
     * @param skipExisting whether a document that holds the embedding of the same bytes by the same
     *     model is left as it is
     * @param removeBinary whether the field is removed afterwards
     * @param ignoreMissing whether a document without the field is left as it is
     * @param timeout for a document, waiting for a full queue included
     */
    record Handling(
            boolean skipExisting, boolean removeBinary, boolean ignoreMissing, TimeValue timeout) {}
}
