package org.vidvec.search;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * A stored document as input; the keys are those of the host's own {@code lookup} builder.
 *
 * @param index where it lies
 * @param id which
 * @param path the field with the media, or the processor's target field with its frames
 * @param routing null for none
 */
record Lookup(String index, String id, String path, String routing)
        implements Writeable, ToXContentObject {

    /** The type of such an item. */
    static final String TYPE = "lookup";

    /**
     * @throws IllegalArgumentException if a part is missing
     */
    Lookup {
        Requirements.require("index", "where the document of a [lookup] lies", index);
        Requirements.require("id", "the id of the document of a [lookup]", id);
        Requirements.require("path", "the field of the document of a [lookup]", path);
    }

    /** Reads what {@link #writeTo} wrote. */
    Lookup(StreamInput in) throws IOException {
        this(in.readString(), in.readString(), in.readString(), in.readOptionalString());
    }

    /** What errors call it. */
    String name() {
        return index + "/" + id;
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(index);
        out.writeString(id);
        out.writeString(path);
        out.writeOptionalString(routing);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject();
        writeFields(builder);
        return builder.endObject();
    }

    void writeFields(XContentBuilder builder) throws IOException {
        builder.field("type", TYPE).field("index", index).field("id", id).field("path", path);
        if (routing != null) {
            builder.field("routing", routing);
        }
    }
}
