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

    private static final ConstructingObjectParser<SamplingSpec, Void> PARSER =
            new ConstructingObjectParser<>(
                    "sampling",
                    false,
                    args ->
                            of(
                                    (String) args[0],
                                    (Double) args[1],
                                    (Integer) args[2],
                                    (Integer) args[3]));

    static {
        PARSER.declareString(constructorArg(), new ParseField("strategy"));
        PARSER.declareDouble(optionalConstructorArg(), new ParseField("fps"));
        PARSER.declareInt(optionalConstructorArg(), new ParseField("max_frames"));
        PARSER.declareInt(optionalConstructorArg(), new ParseField("frames"));
    }

    /** Reads what {@link #writeTo} wrote. */
    public SamplingSpec(StreamInput in) throws IOException {
        this(
                in.readBoolean()
                        ? new Sampling.Fps(in.readDouble(), in.readVInt())
                        : new Sampling.Uniform(in.readVInt()));
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

    private static SamplingSpec of(String strategy, Double fps, Integer maxFrames, Integer frames) {
        switch (strategy) {
            case "fps" -> {
                refuse(strategy, "frames", frames);
                return new SamplingSpec(
                        new Sampling.Fps(
                                fps == null ? DEFAULT_FPS : fps,
                                maxFrames == null ? DEFAULT_MAX_FRAMES : maxFrames));
            }
            case "uniform" -> {
                refuse(strategy, "fps", fps);
                refuse(strategy, "max_frames", maxFrames);
                return new SamplingSpec(
                        new Sampling.Uniform(frames == null ? DEFAULT_FRAMES : frames));
            }
            default ->
                    throw new IllegalArgumentException(
                            "unknown [strategy] ["
                                    + strategy
                                    + "]; it must be one of [fps, uniform]");
        }
    }

    private static void refuse(String strategy, String option, Number value) {
        if (value != null) {
            throw new IllegalArgumentException(
                    "[strategy] ["
                            + strategy
                            + "] has no ["
                            + option
                            + "]; [fps] takes [fps, max_frames], [uniform] takes [frames]");
        }
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        switch (sampling) {
            case Sampling.Fps fps -> {
                out.writeBoolean(true);
                out.writeDouble(fps.framesPerSecond());
                out.writeVInt(fps.maxFrames());
            }
            case Sampling.Uniform uniform -> {
                out.writeBoolean(false);
                out.writeVInt(uniform.frames());
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
        }
        return builder.endObject();
    }
}
