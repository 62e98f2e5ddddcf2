package org.vidvec.action;

import static org.elasticsearch.xcontent.ConstructingObjectParser.optionalConstructorArg;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.xcontent.ConstructingObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParseException;
import org.elasticsearch.xcontent.XContentParser;
import org.vidvec.inference.MomentsWanted;
import org.vidvec.media.Windows;
import org.vidvec.moments.Aggregate;

/**
 * What is wanted of a video's windows, or a document's pages, as it stands in requests: {@code
 * {"strategy": "sliding", "window": "10s", "stride": "5s"}}.
 *
 * @param kind of media whose parts these are
 * @param windows where they lie
 * @param maxMoments a video that gives more is refused; 0 for the node's own limit
 * @param keep whether their vectors are wanted; else they serve to {@code aggregate} only
 * @param captions whether a text about each is wanted too
 * @param aggregate how they become the video's vector; null where it has one of its own
 * @param aggregateFrom in seconds: shorter videos have a vector of their own all the same
 */
public record MomentsSpec(
        MomentsWanted.Kind kind,
        Windows windows,
        int maxMoments,
        boolean keep,
        boolean captions,
        Aggregate aggregate,
        double aggregateFrom)
        implements Writeable {

    // ViLL-E App. C and Table 13: 10 s every 5 s
    private static final double WINDOW = 10;
    private static final double STRIDE = 5;
    // VLM2Vec-V2's authors: windows where a video is longer than 3 minutes
    private static final double AGGREGATE_FROM = 180;
    // ours: a shot below 2 s goes with the next one; one above 30 s is cut
    private static final double MIN_SHOT = 2;
    private static final double MAX_SHOT = 30;

    /** ViLL-E's windows, all kept. */
    public static final MomentsSpec DEFAULT =
            video(new Windows.Sliding(WINDOW, STRIDE), 0, false, null, AGGREGATE_FROM);

    /** Each page of a document, all kept. */
    public static final MomentsSpec PAGES = pages(null);

    /** No windows at all, those of the model's card neither. */
    public static final MomentsSpec NONE = DEFAULT.keeping(false);

    private static final ConstructingObjectParser<MomentsSpec, Void> PARSER =
            new ConstructingObjectParser<>("moments", false, args -> new Given(args).spec());

    private static final ConstructingObjectParser<MomentsSpec, Void> PAGES_PARSER =
            new ConstructingObjectParser<>("pages", false, args -> pages((Aggregate) args[0]));

    static {
        PAGES_PARSER.declareString(
                optionalConstructorArg(), Aggregate::fromString, new ParseField("aggregate"));
        PARSER.declareString(optionalConstructorArg(), new ParseField("strategy"));
        for (String time : Given.TIMES) {
            PARSER.declareString(
                    optionalConstructorArg(),
                    value -> TimeValue.parseTimeValue(value, time),
                    new ParseField(time));
        }
        PARSER.declareInt(optionalConstructorArg(), new ParseField("max_moments"));
        PARSER.declareString(
                optionalConstructorArg(), Aggregate::fromString, new ParseField("aggregate"));
        PARSER.declareBoolean(optionalConstructorArg(), new ParseField("captions"));
    }

    /** Reads what {@link #writeTo} wrote. */
    public MomentsSpec(StreamInput in) throws IOException {
        this(
                in.readEnum(MomentsWanted.Kind.class),
                readWindows(in),
                in.readVInt(),
                in.readBoolean(),
                in.readBoolean(),
                in.readOptionalEnum(Aggregate.class),
                in.readDouble());
    }

    private static Windows readWindows(StreamInput in) throws IOException {
        return in.readBoolean()
                ? new Windows.Sliding(in.readDouble(), in.readDouble())
                : new Windows.Shots(in.readDouble(), in.readDouble());
    }

    /**
     * Reads the JSON; without a strategy it is {@code sliding}. The parser stands on its start.
     *
     * @return {@link #NONE} for the strategy {@code none}
     * @throws IllegalArgumentException if a field is unknown or a value out of range
     */
    public static MomentsSpec parse(XContentParser parser) throws IOException {
        return parse(PARSER, parser);
    }

    /** Reads an object, and refuses it with the reason alone. */
    static <T> T parse(ConstructingObjectParser<T, Void> reader, XContentParser parser)
            throws IOException {
        try {
            return reader.parse(parser, null);
        } catch (XContentParseException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            // the reason is what a user needs, not where the parser stood
            throw root instanceof IllegalArgumentException reason ? reason : e;
        }
    }

    private static MomentsSpec video(
            Windows windows,
            int maxMoments,
            boolean captions,
            Aggregate aggregate,
            double aggregateFrom) {
        return new MomentsSpec(
                MomentsWanted.Kind.VIDEO,
                windows,
                maxMoments,
                true,
                captions,
                aggregate,
                aggregateFrom);
    }

    private static MomentsSpec pages(Aggregate aggregate) {
        return new MomentsSpec(
                MomentsWanted.Kind.PDF, Windows.fixed(1), 0, true, false, aggregate, 0);
    }

    /**
     * Reads {@code {"aggregate"}}: each page of a document, all kept, and how they become its
     * vector, if at all. The parser stands on its start.
     *
     * @throws IllegalArgumentException if a field is unknown, or there is no such way
     */
    public static MomentsSpec parsePages(XContentParser parser) throws IOException {
        return parse(PAGES_PARSER, parser);
    }

    /** Whether nothing is done with any part. */
    public boolean isNone() {
        return keep == false && aggregate == null;
    }

    /** The same with or without the vectors themselves. */
    public MomentsSpec keeping(boolean wanted) {
        return new MomentsSpec(
                kind, windows, maxMoments, wanted, captions, aggregate, aggregateFrom);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeEnum(kind);
        switch (windows) {
            case Windows.Sliding sliding -> {
                out.writeBoolean(true);
                out.writeDouble(sliding.windowSeconds());
                out.writeDouble(sliding.strideSeconds());
            }
            case Windows.Shots shots -> {
                out.writeBoolean(false);
                out.writeDouble(shots.minSeconds());
                out.writeDouble(shots.maxSeconds());
            }
        }
        out.writeVInt(maxMoments);
        out.writeBoolean(keep);
        out.writeBoolean(captions);
        out.writeOptionalEnum(aggregate);
        out.writeDouble(aggregateFrom);
    }

    /** The options of a request in the parser's order, null where they were left out. */
    private record Given(Object[] args) {

        private static final List<String> TIMES =
                List.of("window", "stride", "min_length", "max_length", "aggregate_from");

        private static final List<String> OPTIONS =
                Stream.concat(TIMES.stream(), Stream.of("max_moments", "aggregate", "captions"))
                        .toList();

        MomentsSpec spec() {
            String strategy = args[0] == null ? "sliding" : (String) args[0];
            Windows windows =
                    switch (strategy) {
                        case "sliding" -> {
                            allow(strategy, "window", "stride");
                            double window = seconds("window", WINDOW);
                            // half of the window, as the paper has it
                            yield new Windows.Sliding(window, seconds("stride", window / 2));
                        }
                        case "fixed" -> {
                            allow(strategy, "window");
                            yield Windows.fixed(seconds("window", STRIDE));
                        }
                        case "shots" -> {
                            allow(strategy, "min_length", "max_length");
                            yield new Windows.Shots(
                                    seconds("min_length", MIN_SHOT),
                                    seconds("max_length", MAX_SHOT));
                        }
                        case "none" -> {
                            requireAlone();
                            yield null;
                        }
                        default ->
                                throw new IllegalArgumentException(
                                        "unknown [strategy] ["
                                                + strategy
                                                + "]; it must be one of [sliding, fixed, shots,"
                                                + " none]");
                    };
            return windows == null ? NONE : over(windows);
        }

        private MomentsSpec over(Windows windows) {
            Integer max = (Integer) args[TIMES.size() + 1];
            if (max != null && max < 1) {
                throw new IllegalArgumentException(
                        "[max_moments] must be at least [1], not [" + max + "]");
            }
            Aggregate aggregate = (Aggregate) args[TIMES.size() + 2];
            if (aggregate == null && given("aggregate_from") != null) {
                throw new IllegalArgumentException(
                        "[aggregate_from] has no effect without [aggregate]; leave it out, or add"
                                + " [aggregate]");
            }
            return video(
                    windows,
                    max == null ? 0 : max,
                    Boolean.TRUE.equals(args[TIMES.size() + 3]),
                    aggregate,
                    seconds("aggregate_from", AGGREGATE_FROM));
        }

        /** There is nothing that another option could be of. */
        private void requireAlone() {
            for (int i = 1; i < args.length; i++) {
                if (args[i] != null) {
                    throw new IllegalArgumentException(
                            "[strategy] [none] has no ["
                                    + OPTIONS.get(i - 1)
                                    + "]; leave it out, or choose [sliding], [fixed] or [shots]");
                }
            }
        }

        private void allow(String strategy, String... lengths) {
            for (String time : TIMES.subList(0, TIMES.size() - 1)) {
                if (given(time) != null && List.of(lengths).contains(time) == false) {
                    throw new IllegalArgumentException(
                            "[strategy] ["
                                    + strategy
                                    + "] has no ["
                                    + time
                                    + "]; it takes "
                                    + List.of(lengths));
                }
            }
        }

        private Object given(String time) {
            return args[1 + TIMES.indexOf(time)];
        }

        private double seconds(String time, double otherwise) {
            TimeValue value = (TimeValue) given(time);
            if (value != null && value.millis() < 0) {
                throw new IllegalArgumentException(
                        "[" + time + "] must not be negative, but is [" + value + "]");
            }
            return value == null ? otherwise : value.millis() / 1000.0;
        }
    }
}
