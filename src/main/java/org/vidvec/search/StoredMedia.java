package org.vidvec.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.common.xcontent.support.XContentMapValues;
import org.elasticsearch.search.lookup.SourceFilter;
import org.vidvec.action.InputSpec;
import org.vidvec.action.InputValue;

/**
 * Where in a document lies what is judged: the frames that the ingest processor kept below its
 * target field, or the original in the field itself.
 */
final class StoredMedia {

    private final String field;
    private final InputSpec.Type type;
    private final TextWeights texts;
    private final SourceFilter filter;

    /** Without texts beside it. */
    StoredMedia(String field, InputSpec.Type type, boolean isObject) {
        this(field, type, isObject, TextWeights.NONE);
    }

    /**
     * @param field as the request names it
     * @param type what a bare value is
     * @param isObject whether the mapping has fields below it, so that it is a target field and its
     *     vectors need not be read
     * @param texts which texts are judged beside it
     */
    StoredMedia(String field, InputSpec.Type type, boolean isObject, TextWeights texts) {
        this.field = field;
        this.type = type;
        this.texts = texts;
        String[] paths =
                Stream.concat(paths(field, isObject), texts.judged().stream())
                        .toArray(String[]::new);
        this.filter = new SourceFilter(paths, null);
    }

    private static Stream<String> paths(String field, boolean isObject) {
        return isObject
                ? Stream.of("frames", "type", "format", "value", "media.frames_sampled")
                        .map(name -> field + "." + name)
                : Stream.of(field);
    }

    /**
     * What one hit holds: one of {@code input} and {@code problem} is null.
     *
     * @param name what errors call it: index, id and field
     * @param input to be judged
     * @param problem why there is none, and the way out
     * @param numFrames how many frames were kept; -1 if the document does not say
     * @param texts judged beside it, by field
     */
    record Found(
            String name,
            InputSpec input,
            String problem,
            int numFrames,
            Map<String, InputSpec.Text> texts)
            implements Writeable {

        /** Without texts. */
        Found(String name, InputSpec input, String problem, int numFrames) {
            this(name, input, problem, numFrames, Map.of());
        }

        private Found(StreamInput in) throws IOException {
            this(
                    in.readString(),
                    in.readOptional(InputSpec::readFrom),
                    in.readOptionalString(),
                    in.readInt(),
                    in.readOrderedMap(
                            StreamInput::readString, i -> (InputSpec.Text) InputSpec.readFrom(i)));
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeString(name);
            out.writeOptionalWriteable(input);
            out.writeOptionalString(problem);
            out.writeInt(numFrames);
            out.writeMap(texts, StreamOutput::writeString, (o, text) -> text.writeTo(o));
        }

        /** As a text, where the host carries nothing else. */
        String encode() throws IOException {
            try (BytesStreamOutput out = new BytesStreamOutput()) {
                writeTo(out);
                BytesRef bytes = out.bytes().toBytesRef();
                ByteBuffer whole = ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length);
                return StandardCharsets.ISO_8859_1
                        .decode(Base64.getEncoder().encode(whole))
                        .toString();
            }
        }

        /** Reads what {@link #encode} gave. */
        static Found decode(String text) {
            try (StreamInput in = StreamInput.wrap(Base64.getDecoder().decode(text))) {
                return new Found(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    String field() {
        return field;
    }

    /** What {@link #find} needs of a document, and no more. */
    SourceFilter filter() {
        return filter;
    }

    /**
     * Finds it.
     *
     * @param document what errors call the document: index and id
     * @param source the document's {@code _source}, filtered
     */
    Found find(String document, Map<String, Object> source) {
        Object frames = single(XContentMapValues.extractValue(field + ".frames", source));
        String name = document + "/" + field;
        try {
            if (frames != null) {
                InputSpec input = new InputSpec.Frames(name + ".frames", strip(frames));
                return new Found(name, input, null, numFrames(source), texts.find(source));
            }
            InputSpec original =
                    original(name, single(XContentMapValues.extractValue(field, source)));
            return original == null
                    ? missing(name)
                    : new Found(name, original, null, -1, texts.find(source));
        } catch (IllegalArgumentException e) {
            return new Found(name, null, "[" + name + "] can't be judged: " + e.getMessage(), -1);
        }
    }

    private Found missing(String name) {
        String problem =
                "["
                        + name
                        + "] has no ["
                        + field
                        + ".frames] to judge; ingest it with [frames] among the processor's"
                        + " [properties] and keep that field in [_source], name the field with the"
                        + " original as [field], or set [allow_rerank_failures]";
        return new Found(name, null, problem, -1);
    }

    private int numFrames(Map<String, Object> source) {
        Object value = XContentMapValues.extractValue(field + ".media.frames_sampled", source);
        return value instanceof Number number ? number.intValue() : -1;
    }

    private static BytesReference strip(Object value) {
        return switch (value) {
            case byte[] bytes -> new BytesArray(bytes);
            case String base64 -> new BytesArray(Base64.getDecoder().decode(base64));
            default ->
                    throw new IllegalArgumentException(
                            "[frames] must be base64, not [" + value.getClass() + "]");
        };
    }

    private InputSpec original(String name, Object value) {
        if (value instanceof String text) {
            InputSpec.Type told =
                    type == InputSpec.Type.TEXT ? null : InputValue.typeOf(name, text);
            return InputValue.read(name, told == null ? type : told, null, text);
        }
        if (value instanceof Map<?, ?> map && map.get("value") instanceof String text) {
            Object word = map.get("type");
            Object format = map.get("format");
            return InputValue.read(
                    name,
                    word == null ? type : InputSpec.Type.fromString(word.toString()),
                    format == null ? null : InputSpec.Format.fromString(format.toString()),
                    text);
        }
        return null;
    }

    /** A list of one, as some clients write it, is that one. */
    private static Object single(Object value) {
        return value instanceof List<?> list && list.size() == 1 ? list.get(0) : value;
    }
}
