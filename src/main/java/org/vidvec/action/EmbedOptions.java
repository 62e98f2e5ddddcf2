package org.vidvec.action;

import java.io.IOException;
import java.util.Locale;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.vidvec.model.EmbedInput;
import org.vidvec.words.OneOf;

/**
 * How items are to be embedded.
 *
 * @param role whether they search or are found: the two have different prompts, and queries
 *     overtake documents
 * @param instruction replaces the model's own; null for that
 * @param sampling which frames of a video are looked at; null for the model's own
 * @param keepFrames whether the sampled frames are wanted back
 * @param moments what is wanted of a video's windows or a document's pages; null for what the
 *     model's card says of long videos
 * @param truncate whether texts are cut at their end where the model can't read all
 */
public record EmbedOptions(
        EmbedInput.Role role,
        String instruction,
        SamplingSpec sampling,
        boolean keepFrames,
        MomentsSpec moments,
        boolean truncate)
        implements Writeable {

    /** Without moments. */
    public EmbedOptions(
            EmbedInput.Role role, String instruction, SamplingSpec sampling, boolean keepFrames) {
        this(role, instruction, sampling, keepFrames, null);
    }

    /** Refused where it is too long. */
    public EmbedOptions(
            EmbedInput.Role role,
            String instruction,
            SamplingSpec sampling,
            boolean keepFrames,
            MomentsSpec moments) {
        this(role, instruction, sampling, keepFrames, moments, false);
    }

    /** Reads what {@link #writeTo} wrote. */
    public EmbedOptions(StreamInput in) throws IOException {
        this(
                in.readEnum(EmbedInput.Role.class),
                in.readOptionalString(),
                in.readOptionalWriteable(SamplingSpec::new),
                in.readBoolean(),
                in.readOptionalWriteable(MomentsSpec::new),
                in.readBoolean());
    }

    /** A query with the model's own sampling. */
    public static EmbedOptions query(String instruction) {
        return new EmbedOptions(EmbedInput.Role.QUERY, instruction, null, false);
    }

    /** The same for a query of any kind. */
    public static EmbedOptions query(QueryKind kind, String instruction) {
        return new EmbedOptions(kind.role(), instruction, null, false);
    }

    /** The same with texts cut at their end, or not. */
    public EmbedOptions truncating(boolean wanted) {
        return new EmbedOptions(role, instruction, sampling, keepFrames, moments, wanted);
    }

    /** The words of {@code truncate} in requests. */
    public enum Truncate {
        /** What is too long is refused. */
        NONE,
        /** Texts are cut at their end. */
        END;

        /**
         * Reads the word of the JSON.
         *
         * @throws IllegalArgumentException if there is no such way; names those there are
         */
        public static Truncate fromString(String word) {
            return OneOf.read("truncate", word, values());
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
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
        out.writeBoolean(truncate);
    }
}
