package org.vidvec.action;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.vidvec.inference.Moment;

/**
 * {@link Moment} on the wire and in responses.
 *
 * @param start in seconds from the first frame
 * @param end in seconds
 * @param vector [dims], norm 1
 * @param caption what the model writes about it; null where nobody asked
 */
public record EmbeddedMoment(double start, double end, float[] vector, String caption)
        implements Writeable, ToXContentObject {

    EmbeddedMoment(Moment moment) {
        this(moment.start(), moment.end(), moment.vector(), moment.caption());
    }

    /** Without a caption. */
    public EmbeddedMoment(double start, double end, float[] vector) {
        this(start, end, vector, null);
    }

    /** Reads what {@link #writeTo} wrote. */
    public EmbeddedMoment(StreamInput in) throws IOException {
        this(in.readDouble(), in.readDouble(), in.readFloatArray(), in.readOptionalString());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeDouble(start);
        out.writeDouble(end);
        out.writeFloatArray(vector);
        out.writeOptionalString(caption);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject().field("start", start).field("end", end).array("embedding", vector);
        if (caption != null) {
            builder.field("caption", caption);
        }
        return builder.endObject();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof EmbeddedMoment other
                && start == other.start
                && end == other.end
                && Arrays.equals(vector, other.vector)
                && Objects.equals(caption, other.caption);
    }

    @Override
    public int hashCode() {
        return Objects.hash(start, end, Arrays.hashCode(vector), caption);
    }
}
