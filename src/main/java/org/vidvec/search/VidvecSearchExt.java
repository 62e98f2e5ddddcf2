package org.vidvec.search;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.search.SearchExtBuilder;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;

/**
 * {@code ext.vidvec} of a search. The node that got the search puts the query's vector in before
 * any shard starts.
 */
public final class VidvecSearchExt extends SearchExtBuilder {

    /** Its name in requests. */
    public static final String NAME = "vidvec";

    private static final ObjectParser<MomentsRequest[], Void> PARSER =
            new ObjectParser<>("ext.vidvec", () -> new MomentsRequest[1]);

    static {
        PARSER.declareObject(
                (found, moments) -> found[0] = moments,
                (parser, context) -> MomentsRequest.parse(parser),
                new ParseField("moments"));
    }

    private final MomentsRequest moments;
    // null until it was made
    private final float[] vector;

    VidvecSearchExt(MomentsRequest moments, float[] vector) {
        this.moments = Requirements.require("moments", "what is searched for in each hit", moments);
        this.vector = vector;
    }

    /** Reads what {@link #writeTo} wrote. */
    public VidvecSearchExt(StreamInput in) throws IOException {
        this(new MomentsRequest(in), in.readOptionalFloatArray());
    }

    /**
     * Reads the JSON. The parser stands on its start.
     *
     * @throws IllegalArgumentException if an option is missing, unknown or out of range
     */
    public static VidvecSearchExt fromXContent(XContentParser parser) {
        return new VidvecSearchExt(PARSER.apply(parser, null)[0], null);
    }

    MomentsRequest moments() {
        return moments;
    }

    /** Of the query; null before it was made. */
    float[] vector() {
        return vector;
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        moments.writeTo(out);
        out.writeOptionalFloatArray(vector);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject(NAME).field("moments");
        moments.toXContent(builder, params);
        return builder.endObject();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof VidvecSearchExt other
                && moments.equals(other.moments)
                && Arrays.equals(vector, other.vector);
    }

    @Override
    public int hashCode() {
        return Objects.hash(moments, Arrays.hashCode(vector));
    }
}
