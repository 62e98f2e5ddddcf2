package org.vidvec.action;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractXContentSerializingTestCase;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.vidvec.media.Sampling;

public class SamplingSpecTests extends AbstractXContentSerializingTestCase<SamplingSpec> {

    @Override
    protected Writeable.Reader<SamplingSpec> instanceReader() {
        return SamplingSpec::new;
    }

    @Override
    protected SamplingSpec createTestInstance() {
        return WireSamples.sampling();
    }

    @Override
    protected SamplingSpec mutateInstance(SamplingSpec instance) {
        return new SamplingSpec(
                switch (instance.sampling()) {
                    case Sampling.Uniform uniform -> new Sampling.Uniform(uniform.frames() + 1);
                    case Sampling.Spread spread ->
                            new Sampling.Spread(
                                    spread.framesPerSecond() + (randomBoolean() ? 1 : 0.5),
                                    spread.minFrames(),
                                    spread.maxFrames());
                    case Sampling.Stride stride ->
                            new Sampling.Stride(
                                    stride.framesPerSecond(),
                                    stride.minFrames(),
                                    stride.maxFrames() + 1,
                                    stride.multiple());
                    case Sampling.Timestamps times -> new Sampling.Shots(1, 1);
                    case Sampling.Shots shots ->
                            new Sampling.Shots(shots.framesPerShot() + 1, shots.maxFrames());
                    case Sampling.Fps fps ->
                            randomBoolean()
                                    ? new Sampling.Fps(fps.framesPerSecond() + 1, fps.maxFrames())
                                    : new Sampling.Fps(fps.framesPerSecond(), fps.maxFrames() + 1);
                });
    }

    @Override
    protected SamplingSpec doParseInstance(XContentParser parser) throws IOException {
        return SamplingSpec.parse(parser);
    }

    public void testDefaults() throws IOException {
        assertEquals(new Sampling.Fps(2.0, 180), parse("{\"strategy\": \"fps\"}").sampling());
        assertEquals(
                new Sampling.Spread(2.0, 4, 180), parse("{\"strategy\": \"spread\"}").sampling());
        assertEquals(
                new Sampling.Stride(2.0, 4, 180, 2),
                parse("{\"strategy\": \"stride\"}").sampling());
        assertEquals(new Sampling.Shots(1, 180), parse("{\"strategy\": \"shots\"}").sampling());
        assertEquals(
                new Sampling.Timestamps(List.of(0.5, 3.0)),
                parse("{\"strategy\": \"timestamps\", \"timestamps\": [3, 0.5]}").sampling());
        assertEquals(new Sampling.Uniform(8), parse("{\"strategy\": \"uniform\"}").sampling());
    }

    public void testRefusals() {
        assertRefused(
                "{\"strategy\": \"scenes\"}",
                "unknown [strategy] [scenes]; it must be one of [fps, shots, spread, stride,"
                        + " timestamps, uniform]");
        assertRefused(
                "{\"strategy\": \"timestamps\"}",
                "[timestamps] must hold from [1] to [4096] times in seconds, not [0]");
        assertRefused(
                "{\"strategy\": \"timestamps\", \"timestamps\": [1, -0.5]}",
                "[timestamps] are seconds from the first frame, not [-0.5]");
        assertRefused(
                "{\"strategy\": \"timestamps\", \"timestamps\": [1], \"fps\": 2}",
                "[strategy] [timestamps] has no [fps];");
        assertRefused(
                "{\"strategy\": \"uniform\", \"fps\": 2}",
                "[strategy] [uniform] has no [fps]; [fps] takes [fps, max_frames], [spread] takes"
                        + " [fps, min_frames, max_frames], [stride] takes these and"
                        + " [multiple], [uniform] takes [frames]");
        assertRefused(
                "{\"strategy\": \"fps\", \"min_frames\": 4}",
                "[strategy] [fps] has no [min_frames];");
        assertRefused(
                "{\"strategy\": \"spread\", \"frames\": 4}",
                "[strategy] [spread] has no [frames];");
        assertRefused(
                "{\"strategy\": \"spread\", \"min_frames\": 9, \"max_frames\": 8}",
                "must be at least [1] and in order, not [9] and [8]");
        assertRefused(
                "{\"strategy\": \"fps\", \"fps\": 0}",
                "[fps] must be a positive number, not [0.0]");
        assertRefused("{\"strategy\": \"fps\", \"rate\": 1}", "unknown field [rate]");
        assertRefused("{\"fps\": 1}", "[sampling] requires [strategy], one of [fps,");
    }

    private static SamplingSpec parse(String json) throws IOException {
        try (XContentParser parser =
                JsonXContent.jsonXContent.createParser(
                        org.elasticsearch.xcontent.XContentParserConfiguration.EMPTY, json)) {
            return SamplingSpec.parse(parser);
        }
    }

    private static void assertRefused(String json, String message) {
        Throwable e = expectThrows(IllegalArgumentException.class, () -> parse(json));
        String messages = "";
        while (e != null) {
            messages += e.getMessage() + "\n";
            e = e.getCause();
        }
        assertTrue(messages, messages.contains(message));
    }
}
