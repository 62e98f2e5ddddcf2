package org.vidvec.action;

import java.io.IOException;
import java.util.function.Function;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.vidvec.moments.SeedAndMerge;

/**
 * {@link SeedAndMerge} in requests: {@code "merge": {"alpha", "threshold"}}, {@code
 * "center_correct"} and {@code "overlap"}.
 */
public final class MergeParser {

    private static final ObjectParser<Draft, Void> MERGE = new ObjectParser<>("merge");

    static {
        MERGE.declareDouble((draft, value) -> draft.alpha = value, new ParseField("alpha"));
        MERGE.declareDouble((draft, value) -> draft.threshold = value, new ParseField("threshold"));
    }

    private MergeParser() {}

    /** What was read so far. */
    public static final class Draft {
        private double alpha = SeedAndMerge.DEFAULT.alpha();
        private double threshold = SeedAndMerge.DEFAULT.threshold();
        private boolean centre = SeedAndMerge.DEFAULT.centreCorrect();
        private double overlap = SeedAndMerge.DEFAULT.maxOverlap();

        private void take(Draft constants) {
            alpha = constants.alpha;
            threshold = constants.threshold;
        }

        /**
         * All of it.
         *
         * @throws IllegalArgumentException if a number is out of its range
         */
        public SeedAndMerge settings() {
            return new SeedAndMerge(alpha, threshold, centre, overlap);
        }
    }

    /** Has a parser read the three options into a part of what it makes. */
    public static <T> void declare(ObjectParser<T, Void> parser, Function<T, Draft> part) {
        parser.declareObject(
                (value, read) -> part.apply(value).take(read),
                (p, context) -> MERGE.parse(p, new Draft(), null),
                new ParseField("merge"));
        parser.declareBoolean(
                (value, centre) -> part.apply(value).centre = centre,
                new ParseField("center_correct"));
        parser.declareField(
                (value, overlap) -> part.apply(value).overlap = overlap,
                (p, context) -> overlap(p),
                new ParseField("overlap"),
                ObjectParser.ValueType.VALUE);
    }

    private static double overlap(XContentParser parser) throws IOException {
        if (parser.currentToken() == XContentParser.Token.VALUE_NUMBER) {
            return parser.doubleValue();
        }
        return switch (parser.text()) {
            case "drop" -> 0;
            case "keep" -> 1;
            default ->
                    throw new IllegalArgumentException(
                            "unknown [overlap] ["
                                    + parser.text()
                                    + "]; it must be [drop], [keep] or a number [0] to [1]");
        };
    }

    /** Reads what {@link #write} wrote. */
    public static SeedAndMerge read(StreamInput in) throws IOException {
        return new SeedAndMerge(
                in.readDouble(), in.readDouble(), in.readBoolean(), in.readDouble());
    }

    /** For the wire. */
    public static void write(StreamOutput out, SeedAndMerge merge) throws IOException {
        out.writeDouble(merge.alpha());
        out.writeDouble(merge.threshold());
        out.writeBoolean(merge.centreCorrect());
        out.writeDouble(merge.maxOverlap());
    }

    /** The three options. */
    public static void toXContent(XContentBuilder builder, SeedAndMerge merge) throws IOException {
        builder.startObject("merge")
                .field("alpha", merge.alpha())
                .field("threshold", merge.threshold())
                .endObject()
                .field("center_correct", merge.centreCorrect())
                .field("overlap", merge.maxOverlap());
    }
}
