package org.vidvec.action;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.vidvec.words.OneOf;

/**
 * One item of an input as it travels from the node that got the request to the inference node. Its
 * JSON is the host's own form for multimodal input: {@code {"type", "format", "value"}}; see {@link
 * InputParser}.
 */
public sealed interface InputSpec extends Writeable, ToXContentObject {

    /** What the item is. */
    enum Type {
        /** A text. */
        TEXT,
        /** A picture. */
        IMAGE,
        /** A video. */
        VIDEO,
        /** A document, whose pages are read as pictures. */
        PDF;

        /**
         * Reads the word of the JSON.
         *
         * @throws IllegalArgumentException if there is no such type; names those there are
         */
        public static Type fromString(String word) {
            if (word.equals("lookup")) {
                throw new IllegalArgumentException(
                        "[type] [lookup] stands in searches only; it must be one of "
                                + Arrays.toString(values()));
            }
            return OneOf.read("type", word, values());
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How the value of the JSON is to be read. */
    enum Format {
        /** As it stands. */
        TEXT,
        /** The file's bytes, bare or as a data URL. */
        BASE64,
        /** Where the file lies. */
        URL;

        /**
         * Reads the word of the JSON.
         *
         * @throws IllegalArgumentException if there is no such format; names those there are
         */
        public static Format fromString(String word) {
            return OneOf.read("format", word, values());
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the item is. */
    Type type();

    /** The keys of its JSON. */
    void writeFields(XContentBuilder builder) throws IOException;

    @Override
    default XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject();
        writeFields(builder);
        return builder.endObject();
    }

    /** A text. */
    record Text(String value) implements InputSpec {
        @Override
        public Type type() {
            return Type.TEXT;
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeEnum(Wire.TEXT);
            out.writeString(value);
        }

        @Override
        public void writeFields(XContentBuilder builder) throws IOException {
            write(builder, type(), Format.TEXT, value);
        }
    }

    /**
     * A file whose bytes travel with the request.
     *
     * @param name what a user would call it in an error message: a field, {@code input[0]}
     * @param type {@link Type#IMAGE} or {@link Type#VIDEO}
     * @param data the file; at this point already decoded from base64
     */
    record Inline(String name, Type type, BytesReference data) implements InputSpec {
        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeEnum(Wire.INLINE);
            out.writeString(name);
            out.writeEnum(type);
            out.writeBytesReference(data);
        }

        @Override
        public void writeFields(XContentBuilder builder) throws IOException {
            byte[] bytes = BytesReference.toBytes(data);
            write(builder, type, Format.BASE64, Base64.getEncoder().encodeToString(bytes));
        }
    }

    /**
     * A file that the inference node reads from where it lies.
     *
     * @param type {@link Type#IMAGE} or {@link Type#VIDEO}
     * @param uri where
     */
    record Link(Type type, MediaUri uri) implements InputSpec {
        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeEnum(Wire.LINK);
            out.writeEnum(type);
            MediaUri.write(out, uri);
        }

        @Override
        public void writeFields(XContentBuilder builder) throws IOException {
            write(builder, type, Format.URL, uri.toString());
        }
    }

    /**
     * The sampled frames that were kept with a document. Users can't send it; the rescorer does.
     *
     * @param name what a user would call it in an error message: index, id and field
     * @param strip as {@code org.vidvec.media.FrameStrip} wrote it
     */
    record Frames(String name, BytesReference strip) implements InputSpec {
        @Override
        public Type type() {
            return Type.VIDEO;
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeEnum(Wire.FRAMES);
            out.writeString(name);
            out.writeBytesReference(strip);
        }

        /** For logs: it can't be sent. */
        @Override
        public void writeFields(XContentBuilder builder) throws IOException {
            builder.field("type", type().toString()).field("frames_of", name);
        }
    }

    /** Reads what {@link #writeTo} wrote. */
    static InputSpec readFrom(StreamInput in) throws IOException {
        return switch (in.readEnum(Wire.class)) {
            case TEXT -> new Text(in.readString());
            case INLINE ->
                    new Inline(in.readString(), in.readEnum(Type.class), in.readBytesReference());
            case LINK -> new Link(in.readEnum(Type.class), MediaUri.readFrom(in));
            case FRAMES -> new Frames(in.readString(), in.readBytesReference());
        };
    }

    private static void write(XContentBuilder builder, Type type, Format format, String value)
            throws IOException {
        builder.field("type", type.toString())
                .field("format", format.toString())
                .field("value", value);
    }

    /** Which record follows on the wire. */
    enum Wire {
        TEXT,
        INLINE,
        LINK,
        FRAMES
    }
}
