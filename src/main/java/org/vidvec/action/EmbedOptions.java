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
 * @param moments what is wanted of a video's windows; null for nothing
 */
public record EmbedOptions(
        EmbedInput.Role role,
        String instruction,
        SamplingSpec sampling,
        boolean keepFrames,
        MomentsSpec moments)
        implements Writeable {

    /** Without moments. */
    public EmbedOptions(
            EmbedInput.Role role, String instruction, SamplingSpec sampling, boolean keepFrames) {
        this(role, instruction, sampling, keepFrames, null);
    }

    /** Reads what {@link #writeTo} wrote. */
    public EmbedOptions(StreamInput in) throws IOException {
        this(
                in.readEnum(EmbedInput.Role.class),
                in.readOptionalString(),
                in.readOptionalWriteable(SamplingSpec::new),
                in.readBoolean(),
                in.readOptionalWriteable(MomentsSpec::new));
    }

    /** A query with the model's own sampling. */
    public static EmbedOptions query(String instruction) {
        return new EmbedOptions(EmbedInput.Role.QUERY, instruction, null, false);
    }

    /** The same for a query of any kind. */
    public static EmbedOptions query(QueryKind kind, String instruction) {
        return new EmbedOptions(kind.role(), instruction, null, false);
    }

    /** A document. */
    public static EmbedOptions document(
            String instruction, SamplingSpec sampling, boolean keepFrames, MomentsSpec moments) {
        return new EmbedOptions(
                EmbedInput.Role.DOCUMENT, instruction, sampling, keepFrames, moments);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeEnum(role);
        out.writeOptionalString(instruction);
        out.writeOptionalWriteable(sampling);
        out.writeBoolean(keepFrames);
        out.writeOptionalWriteable(moments);
    }
}
