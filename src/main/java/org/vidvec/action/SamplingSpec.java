package org.vidvec.action;

import static org.elasticsearch.xcontent.ConstructingObjectParser.optionalConstructorArg;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ConstructingObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.vidvec.media.Sampling;

/**
 * {@link Sampling} as it stands in requests: {@code {"strategy": "fps", "fps": 2.0, "max_frames":
 * 180}} or {@code {"strategy": "uniform", "frames": 8}}.
 *
 * @param sampling what it says
 */
public record SamplingSpec(Sampling sampling) implements Writeable, ToXContentObject {

    // VidVec: 2 frames per second, at most 180
    private static final double DEFAULT_FPS = 2.0;
    private static final int DEFAULT_MAX_FRAMES = 180;
    // VLM2Vec-V2: 8 frames
    private static final int DEFAULT_FRAMES = 8;
    // Qwen2-VL and Qwen3-VL: at least 4 frames
    private static final int DEFAULT_MIN_FRAMES = 4;
    // Qwen2-VL: two frames are one patch
    private static final int DEFAULT_MULTIPLE = 2;

    private static final int UNIFORM = 0;
    private static final int FPS = 1;
    private static final int SPREAD = 2;
    private static final int STRIDE = 3;

    private static final int TIMESTAMPS = 4;
    private static final int SHOTS = 5;

    private static final String ONE_OF = "one of [fps, shots, spread, stride, timestamps, uniform]";

    private static final String TAKES =
            "[fps] takes [fps, max_frames], [spread] takes [fps, min_frames, max_frames], [stride]"
                    + " takes these and [multiple], [uniform] takes [frames], [shots] takes [frames,"
                    + " max_frames], [timestamps] takes [timestamps]";

    private static final ConstructingObjectParser<SamplingSpec, Void> PARSER =
            new ConstructingObjectParser<>(
                    "sampling", false, args -> new SamplingSpec(new Given(args).sampling()));

    static {
        PARSER.declareString(optionalConstructorArg(), new ParseField("strategy"));
        PARSER.declareDouble(optionalConstructorArg(), new ParseField("fps"));
        PARSER.declareInt(optionalConstructorArg(), new ParseField("max_frames"));
        PARSER.declareInt(optionalConstructorArg(), new ParseField("frames"));
        PARSER.declareInt(optionalConstructorArg(), new ParseField("min_frames"));
        PARSER.declareInt(optionalConstructorArg(), new ParseField("multiple"));
        PARSER.declareDoubleArray(optionalConstructorArg(), new ParseField("timestamps"));
    }

    /** Reads what {@link #writeTo} wrote. */
    public SamplingSpec(StreamInput in) throws IOException {
        this(read(in));
    }

    private static Sampling read(StreamInput in) throws IOException {
        int kind = in.readVInt();
        return switch (kind) {
            case UNIFORM -> new Sampling.Uniform(in.readVInt());
            case FPS -> new Sampling.Fps(in.readDouble(), in.readVInt());
            case SPREAD -> new Sampling.Spread(in.readDouble(), in.readVInt(), in.readVInt());
            case STRIDE ->
                    new Sampling.Stride(
                            in.readDouble(), in.readVInt(), in.readVInt(), in.readVInt());
            case TIMESTAMPS ->
                    new Sampling.Timestamps(in.readCollectionAsList(StreamInput::readDouble));
            case SHOTS -> new Sampling.Shots(in.readVInt(), in.readVInt());
            default -> throw new IOException("unknown kind of sampling [" + kind + "]");
        };
    }

    /**
     * Reads the JSON. The parser stands on its start.
     *
     * @throws IllegalArgumentException if a field is unknown, the strategy is missing or a value
     *     out of range
     */
    public static SamplingSpec parse(XContentParser parser) throws IOException {
        return MomentsSpec.parse(PARSER, parser);
    }

    /** The options of a request in the parser's order, null where they were left out. */
    private record Given(Object[] args) {

        private static final List<String> NAMES =
                List.of(
                        "strategy",
                        "fps",
                        "max_frames",
                        "frames",
                        "min_frames",
                        "multiple",
                        "timestamps");

        Sampling sampling() {
            String strategy = (String) args[0];
            if (strategy == null) {
                // models differ in theirs, and this node does not know them
                throw new IllegalArgumentException(
                        "[sampling] requires [strategy], "
                                + ONE_OF
                                + "; leave [sampling] out for the model's own");
            }
            return switch (strategy) {
                case "fps" -> {
                    allow(List.of("fps", "max_frames"));
                    yield new Sampling.Fps(fps(), count("max_frames", DEFAULT_MAX_FRAMES));
                }
                case "uniform" -> {
                    allow(List.of("frames"));
                    yield new Sampling.Uniform(count("frames", DEFAULT_FRAMES));
                }
                case "spread" -> {
                    allow(List.of("fps", "min_frames", "max_frames"));
                    yield new Sampling.Spread(
                            fps(),
                            count("min_frames", DEFAULT_MIN_FRAMES),
                            count("max_frames", DEFAULT_MAX_FRAMES));
                }
                case "stride" -> {
                    allow(List.of("fps", "min_frames", "max_frames", "multiple"));
                    yield new Sampling.Stride(
                            fps(),
                            count("min_frames", DEFAULT_MIN_FRAMES),
                            count("max_frames", DEFAULT_MAX_FRAMES),
                            count("multiple", DEFAULT_MULTIPLE));
                }
                case "shots" -> {
                    allow(List.of("frames", "max_frames"));
                    yield new Sampling.Shots(
                            count("frames", 1), count("max_frames", DEFAULT_MAX_FRAMES));
                }
                case "timestamps" -> {
                    allow(List.of("timestamps"));
                    yield new Sampling.Timestamps(times());
                }
                default ->
                        throw new IllegalArgumentException(
                                "unknown [strategy] [" + strategy + "]; it must be " + ONE_OF);
            };
        }

        private void allow(List<String> options) {
            for (int i = 1; i < args.length; i++) {
                if (args[i] != null && options.contains(NAMES.get(i)) == false) {
                    throw new IllegalArgumentException(
                            "[strategy] [" + args[0] + "] has no [" + NAMES.get(i) + "]; " + TAKES);
                }
            }
        }

        private double fps() {
            return args[1] == null ? DEFAULT_FPS : (Double) args[1];
        }

        private int count(String name, int otherwise) {
            Object value = args[NAMES.indexOf(name)];
            return value == null ? otherwise : (Integer) value;
        }

        @SuppressWarnings("unchecked")
        private List<Double> times() {
            Object value = args[NAMES.indexOf("timestamps")];
            return value == null ? List.of() : (List<Double>) value;
        }
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        switch (sampling) {
            case Sampling.Fps fps -> {
                out.writeVInt(FPS);
                out.writeDouble(fps.framesPerSecond());
                out.writeVInt(fps.maxFrames());
            }
            case Sampling.Uniform uniform -> {
                out.writeVInt(UNIFORM);
                out.writeVInt(uniform.frames());
            }
            case Sampling.Spread spread -> {
                out.writeVInt(SPREAD);
                out.writeDouble(spread.framesPerSecond());
                out.writeVInt(spread.minFrames());
                out.writeVInt(spread.maxFrames());
            }
            case Sampling.Stride stride -> {
                out.writeVInt(STRIDE);
                out.writeDouble(stride.framesPerSecond());
                out.writeVInt(stride.minFrames());
                out.writeVInt(stride.maxFrames());
                out.writeVInt(stride.multiple());
            }
            case Sampling.Timestamps times -> {
                out.writeVInt(TIMESTAMPS);
                out.writeCollection(times.seconds(), StreamOutput::writeDouble);
            }
            case Sampling.Shots shots -> {
                out.writeVInt(SHOTS);
                out.writeVInt(shots.framesPerShot());
                out.writeVInt(shots.maxFrames());
            }
        }
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject();
        switch (sampling) {
            case Sampling.Fps fps ->
                    builder.field("strategy", "fps")
                            .field("fps", fps.framesPerSecond())
                            .field("max_frames", fps.maxFrames());
            case Sampling.Uniform uniform ->
                    builder.field("strategy", "uniform").field("frames", uniform.frames());
            case Sampling.Spread spread ->
                    builder.field("strategy", "spread")
                            .field("fps", spread.framesPerSecond())
                            .field("min_frames", spread.minFrames())
                            .field("max_frames", spread.maxFrames());
            case Sampling.Stride stride ->
                    builder.field("strategy", "stride")
                            .field("fps", stride.framesPerSecond())
                            .field("min_frames", stride.minFrames())
                            .field("max_frames", stride.maxFrames())
                            .field("multiple", stride.multiple());
            case Sampling.Timestamps times ->
                    builder.field("strategy", "timestamps").field("timestamps", times.seconds());
            case Sampling.Shots shots ->
                    builder.field("strategy", "shots")
                            .field("frames", shots.framesPerShot())
                            .field("max_frames", shots.maxFrames());
        }
        return builder.endObject();
    }
}
