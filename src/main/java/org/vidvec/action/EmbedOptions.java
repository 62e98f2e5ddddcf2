package org.vidvec.action;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.vidvec.model.EmbedInput;

/**
 * How items are to be embedded.
 *
 * @param role whether they search or are found: the two have different prompts, and queries
 *     overtake documents
 * @param instruction replaces the model's own; null for that
 * @param sampling which frames of a video are looked at; null for the model's own
 * @param keepFrames whether the sampled frames are wanted back
 */
public record EmbedOptions(
        EmbedInput.Role role, String instruction, SamplingSpec sampling, boolean keepFrames)
        implements Writeable {

    /** Reads what {@link #writeTo} wrote. */
    public EmbedOptions(StreamInput in) throws IOException {
        this(
                in.readEnum(EmbedInput.Role.class),
                in.readOptionalString(),
                in.readOptionalWriteable(SamplingSpec::new),
                in.readBoolean());
    }

    /** A query with the model's own sampling. */
    public static EmbedOptions query(String instruction) {
        return new EmbedOptions(EmbedInput.Role.QUERY, instruction, null, false);
    }

    /** A document. */
    public static EmbedOptions document(
            String instruction, SamplingSpec sampling, boolean keepFrames) {
        return new EmbedOptions(EmbedInput.Role.DOCUMENT, instruction, sampling, keepFrames);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeEnum(role);
        out.writeOptionalString(instruction);
        out.writeOptionalWriteable(sampling);
        out.writeBoolean(keepFrames);
    }
}
