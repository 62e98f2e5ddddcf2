package org.vidvec.search;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.vidvec.action.EmbedOptions;

/**
 * What a query vector is made of.
 *
 * @param modelId which model embeds; null for the one that the field's mapping names
 * @param input what is searched for, in order
 * @param style how it is read
 * @param context a video or image that the words are about, read before them (ViLL-E §5.1); null
 *     for none
 * @param instruction replaces the model's own; null for that
 * @param timeout how long the search may wait for the vector
 */
record QuerySpec(
        String modelId,
        List<QueryItem> input,
        Style style,
        QueryItem context,
        String instruction,
        TimeValue timeout)
        implements Writeable, ToXContentFragment {

    /** How long a query may wait for its vector if the request does not say. */
    static final TimeValue DEFAULT_TIMEOUT = TimeValue.timeValueSeconds(30);

    /**
     * How several items are read.
     *
     * @param mode what is searched for
     * @param fusion how several items become one vector
     * @param excludeSource whether documents of the input are left out of the hits
     * @param truncate what becomes of texts that are too long
     */
    record Style(
            QueryMode mode, Fusion fusion, boolean excludeSource, EmbedOptions.Truncate truncate)
            implements Writeable {

        /** One pass, in search of whole documents. */
        static final Style DEFAULT =
                new Style(QueryMode.RETRIEVAL, Fusion.JOINT, true, EmbedOptions.Truncate.NONE);

        Style(StreamInput in) throws IOException {
            this(
                    in.readEnum(QueryMode.class),
                    in.readEnum(Fusion.class),
                    in.readBoolean(),
                    in.readEnum(EmbedOptions.Truncate.class));
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeEnum(mode);
            out.writeEnum(fusion);
            out.writeBoolean(excludeSource);
            out.writeEnum(truncate);
        }
    }

    /**
     * @throws IllegalArgumentException if something is missing or does not go together
     */
    QuerySpec {
        Requirements.require(
                "input", "a text, an object [type, format, value] or a list of them", input);
        Requirements.positive("timeout", timeout);
        input = List.copyOf(input);
        if (style.fusion == Fusion.JOINT && input.stream().anyMatch(i -> i.weight() != null)) {
            throw new IllegalArgumentException(
                    "[weight] has no meaning with [fusion] [joint], where the model reads all items"
                            + " in one pass; leave it out, or set [fusion] to [weighted]");
        }
        if (style.mode == QueryMode.COMPOSED) {
            requireBoth(input);
        }
        if (context != null) {
            requireContext(context, input, style);
        }
    }

    private static void requireBoth(List<QueryItem> input) {
        boolean words = input.stream().anyMatch(QueryItem::isText);
        boolean source = input.stream().anyMatch(item -> item.isText() == false);
        if (words == false || source == false) {
            throw new IllegalArgumentException(
                    "[mode] [composed] requires a "
                            + (words ? "video, an image or a [lookup]" : "text")
                            + " among [input], "
                            + (words
                                    ? "which the text changes"
                                    : "which says what is to be different")
                            + "; add one, or set [mode] to [retrieval]");
        }
    }

    private static void requireContext(QueryItem context, List<QueryItem> input, Style style) {
        boolean onlyWords = input.stream().allMatch(QueryItem::isText);
        if (context.isText() || onlyWords == false || style.fusion == Fusion.WEIGHTED) {
            throw new IllegalArgumentException(
                    "[context] must be a video, an image or a [lookup] before an [input] of texts,"
                            + " with [fusion] [joint]");
        }
    }

    /** Reads what {@link #writeTo} wrote. */
    QuerySpec(StreamInput in) throws IOException {
        this(
                in.readOptionalString(),
                in.readCollectionAsImmutableList(QueryItem::new),
                new Style(in),
                in.readOptionalWriteable(QueryItem::new),
                in.readOptionalString(),
                in.readTimeValue());
    }

    /** The same by a model of that name. */
    QuerySpec by(String model) {
        return new QuerySpec(model, input, style, context, instruction, timeout);
    }

    /** The context, if there is one, then the input. */
    List<QueryItem> all() {
        return Stream.concat(Stream.ofNullable(context), input.stream()).toList();
    }

    /** Stored documents that are to be left out of the hits. */
    List<Lookup> excluded() {
        if (style.excludeSource == false) {
            return List.of();
        }
        return input.stream().filter(i -> i.lookup() != null).map(QueryItem::lookup).toList();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeOptionalString(modelId);
        out.writeCollection(input);
        style.writeTo(out);
        out.writeOptionalWriteable(context);
        out.writeOptionalString(instruction);
        out.writeTimeValue(timeout);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        if (modelId != null) {
            builder.field("model_id", modelId);
        }
        QueryItem.write(builder, "input", input, params);
        builder.field("mode", style.mode.toString())
                .field("fusion", style.fusion.toString())
                .field("exclude_source", style.excludeSource)
                .field("truncate", style.truncate.toString());
        if (context != null) {
            builder.field("context");
            context.toXContent(builder, params);
        }
        if (instruction != null) {
            builder.field("instruction", instruction);
        }
        return builder.field("timeout", timeout.getStringRep());
    }
}
