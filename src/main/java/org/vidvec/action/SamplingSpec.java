package org.vidvec.action;

import static org.elasticsearch.xcontent.ConstructingObjectParser.constructorArg;
import static org.elasticsearch.xcontent.ConstructingObjectParser.optionalConstructorArg;

import java.io.IOException;
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

    private static final ConstructingObjectParser<SamplingSpec, Void> PARSER =
            new ConstructingObjectParser<>(
                    "sampling",
                    false,
                    args ->
                            of(
                                    (String) args[0],
                                    (Double) args[1],
                                    (Integer) args[2],
                                    (Integer) args[3],
                                    (Integer) args[4],
                                    (Integer) args[5]));

    static {
        PARSER.declareString(constructorArg(), new ParseField("strategy"));
        PARSER.declareDouble(optionalConstructorArg(), new ParseField("fps"));
        PARSER.declareInt(optionalConstructorArg(), new ParseField("max_frames"));
        PARSER.declareInt(optionalConstructorArg(), new ParseField("frames"));
        PARSER.declareInt(optionalConstructorArg(), new ParseField("min_frames"));
        PARSER.declareInt(optionalConstructorArg(), new ParseField("multiple"));
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
            default -> throw new IOException("unknown kind of sampling [" + kind + "]");
        };
    }

    /**
     * Reads the JSON. The parser stands on its start.
     *
     * @throws org.elasticsearch.xcontent.XContentParseException if a field is unknown or a value
     *     out of range
     */
    public static SamplingSpec parse(XContentParser parser) throws IOException {
        return PARSER.parse(parser, null);
    }

    private static SamplingSpec of(
            String strategy,
            Double fps,
            Integer maxFrames,
            Integer frames,
            Integer minFrames,
            Integer multiple) {
        if (strategy.equals("stride") == false) {
            refuse(strategy, "multiple", multiple);
        }
        switch (strategy) {
            case "fps" -> {
                refuse(strategy, "frames", frames);
                refuse(strategy, "min_frames", minFrames);
                return new SamplingSpec(
                        new Sampling.Fps(
                                fps == null ? DEFAULT_FPS : fps,
                                maxFrames == null ? DEFAULT_MAX_FRAMES : maxFrames));
            }
            case "uniform" -> {
                refuse(strategy, "fps", fps);
                refuse(strategy, "max_frames", maxFrames);
                refuse(strategy, "min_frames", minFrames);
                return new SamplingSpec(
                        new Sampling.Uniform(frames == null ? DEFAULT_FRAMES : frames));
            }
            case "spread" -> {
                refuse(strategy, "frames", frames);
                return new SamplingSpec(
                        new Sampling.Spread(
                                fps == null ? DEFAULT_FPS : fps,
                                minFrames == null ? DEFAULT_MIN_FRAMES : minFrames,
                                maxFrames == null ? DEFAULT_MAX_FRAMES : maxFrames));
            }
            case "stride" -> {
                refuse(strategy, "frames", frames);
                return new SamplingSpec(
                        new Sampling.Stride(
                                fps == null ? DEFAULT_FPS : fps,
                                minFrames == null ? DEFAULT_MIN_FRAMES : minFrames,
                                maxFrames == null ? DEFAULT_MAX_FRAMES : maxFrames,
                                multiple == null ? DEFAULT_MULTIPLE : multiple));
            }
            default ->
                    throw new IllegalArgumentException(
                            "unknown [strategy] ["
                                    + strategy
                                    + "]; it must be one of [fps, spread, stride, uniform]");
        }
    }

    private static void refuse(String strategy, String option, Number value) {
        if (value != null) {
            throw new IllegalArgumentException(
                    "[strategy] ["
                            + strategy
                            + "] has no ["
                            + option
                            + "]; [fps] takes [fps, max_frames], [spread] takes [fps, min_frames,"
                            + " max_frames], [stride] takes these and [multiple], [uniform] takes"
                            + " [frames]");
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
        }
        return builder.endObject();
    }
}
