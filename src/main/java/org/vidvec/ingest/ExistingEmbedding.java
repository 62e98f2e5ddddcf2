package org.vidvec.ingest;

import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.hash.MessageDigests;
import org.elasticsearch.ingest.IngestDocument;
import org.vidvec.action.InputSpec;
import org.vidvec.action.ModelFingerprints;
import org.vidvec.action.MomentsSpec;

/**
 * Tells whether a document already holds what embedding it would give: the vector of the same bytes
 * by the same model.
 *
 * @param options where it would lie
 * @param fingerprints what the model is now
 */
record ExistingEmbedding(ProcessorOptions options, ModelFingerprints fingerprints) {

    /**
     * Answers true if the document holds it. A link's bytes are not known here and a text has no
     * hash, so both answer false.
     */
    void check(IngestDocument document, InputSpec spec, ActionListener<Boolean> listener) {
        String fingerprint = text(document, "model.fingerprint");
        boolean sameBytes =
                fingerprint != null
                        && isComplete(document)
                        && spec instanceof InputSpec.Inline inline
                        && sha256(inline.data()).equals(text(document, "media.sha256"));
        if (sameBytes == false) {
            listener.onResponse(false);
            return;
        }
        fingerprints.of(options.modelId(), listener.map(current -> current.contains(fingerprint)));
    }

    /** Whether each wanted part is there. */
    private boolean isComplete(IngestDocument document) {
        for (ProcessorOptions.Property property : options.properties()) {
            String part =
                    switch (property) {
                        case EMBEDDING -> "embedding";
                        case FRAMES -> "frames";
                        case MEDIA -> "media";
                        case MOMENTS -> "moments";
                        case PAGES -> "pages";
                        case CAPTION -> "caption";
                    };
            if (document.hasField(options.targetField() + "." + part) == false) {
                return false;
            }
        }
        MomentsSpec moments = options.embedding().moments();
        return moments == null || moments.captions() == false || hasCaptions(document);
    }

    /** Whatever else a document may have there counts as none. */
    private boolean hasCaptions(IngestDocument document) {
        String field = options.targetField() + ".moments";
        return document.getFieldValue(field, Object.class) instanceof List<?> moments
                && moments.stream()
                        .allMatch(m -> m instanceof Map<?, ?> map && map.containsKey("caption"));
    }

    private String text(IngestDocument document, String path) {
        String full = options.targetField() + "." + path;
        return document.hasField(full)
                        && document.getFieldValue(full, Object.class) instanceof String text
                ? text
                : null;
    }

    private static String sha256(BytesReference data) {
        return MessageDigests.toHexString(MessageDigests.digest(data, MessageDigests.sha256()));
    }
}
