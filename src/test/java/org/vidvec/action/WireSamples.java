package org.vidvec.action;

import static org.elasticsearch.test.ESTestCase.between;
import static org.elasticsearch.test.ESTestCase.randomAlphaOfLength;
import static org.elasticsearch.test.ESTestCase.randomAlphaOfLengthBetween;
import static org.elasticsearch.test.ESTestCase.randomBoolean;
import static org.elasticsearch.test.ESTestCase.randomByteArrayOfLength;
import static org.elasticsearch.test.ESTestCase.randomDoubleBetween;
import static org.elasticsearch.test.ESTestCase.randomFloat;
import static org.elasticsearch.test.ESTestCase.randomFrom;
import static org.elasticsearch.test.ESTestCase.randomList;
import static org.elasticsearch.test.ESTestCase.randomNonNegativeLong;

import java.util.List;
import java.util.Map;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.core.TimeValue;
import org.vidvec.inference.InferenceStats;
import org.vidvec.inference.MomentsWanted;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.Sampling;
import org.vidvec.media.Windows;
import org.vidvec.model.Attention;
import org.vidvec.model.Calibration;
import org.vidvec.model.CardCalibration;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.Instructions;
import org.vidvec.model.LongVideos;
import org.vidvec.model.MatchScore;
import org.vidvec.model.ModelInfo;
import org.vidvec.model.ModelRecipe;
import org.vidvec.model.PrefixStats;
import org.vidvec.model.WriteOptions;
import org.vidvec.moments.Aggregate;

/** Random values of what travels. */
public final class WireSamples {

    private WireSamples() {}

    public static InputSpec inputSpec() {
        return switch (between(0, 3)) {
            case 0 -> new InputSpec.Text(randomAlphaOfLengthBetween(1, 20));
            case 1 -> new InputSpec.Inline(randomAlphaOfLength(5), mediaType(), bytes());
            case 2 -> new InputSpec.Link(mediaType(), mediaUri());
            default -> new InputSpec.Frames(randomAlphaOfLength(5), bytes());
        };
    }

    public static InputSpec.Type mediaType() {
        return randomFrom(InputSpec.Type.IMAGE, InputSpec.Type.VIDEO);
    }

    public static MediaUri mediaUri() {
        if (randomBoolean()) {
            return MediaUri.parse("https://h.example/" + randomAlphaOfLength(5) + "?a=b");
        }
        return new RepositoryUri(
                randomAlphaOfLength(4), randomAlphaOfLength(3) + "/" + randomAlphaOfLength(5));
    }

    public static BytesReference bytes() {
        return new BytesArray(randomByteArrayOfLength(between(1, 50)));
    }

    public static List<InputSpec> inputSpecs() {
        return randomList(1, 4, WireSamples::inputSpec);
    }

    public static SamplingSpec sampling() {
        return new SamplingSpec(
                randomFrom(
                        new Sampling.Uniform(between(1, 100)),
                        new Sampling.Fps(between(1, 60) / 4.0, between(1, 500)),
                        new Sampling.Spread(between(1, 60) / 4.0, between(1, 9), between(10, 500)),
                        new Sampling.Shots(between(1, 5), between(1, 500)),
                        new Sampling.Timestamps(List.of(between(0, 9) / 4.0, 5.0)),
                        new Sampling.Stride(
                                between(1, 60) / 4.0,
                                between(1, 9),
                                between(10, 500),
                                between(1, 4))));
    }

    public static EmbedOptions options() {
        return new EmbedOptions(
                randomFrom(EmbedInput.Role.values()),
                randomBoolean() ? null : randomAlphaOfLength(12),
                randomBoolean() ? null : sampling(),
                randomBoolean(),
                randomBoolean() ? null : moments(),
                randomBoolean());
    }

    public static MomentsSpec moments() {
        return new MomentsSpec(
                randomFrom(MomentsWanted.Kind.values()),
                randomBoolean()
                        ? new Windows.Sliding(between(5, 9), between(1, 5))
                        : new Windows.Shots(between(0, 3), between(6, 30)),
                between(0, 100),
                randomBoolean(),
                randomBoolean(),
                randomFrom(Aggregate.MAX, Aggregate.CENTROID, null),
                between(0, 500));
    }

    public static EmbeddedMoment moment() {
        return new EmbeddedMoment(
                between(0, 9),
                between(10, 20),
                vector(),
                randomBoolean() ? null : randomAlphaOfLength(7));
    }

    public static TimeValue timeout() {
        return TimeValue.timeValueMillis(between(1, 1_000_000));
    }

    public static ModelSummary model() {
        return new ModelSummary(
                new ModelInfo(
                        randomAlphaOfLength(4),
                        randomFrom("qwen2_vl", "qwen2_5_vl"),
                        "sha256:" + randomAlphaOfLength(8),
                        between(1, 4096),
                        between(1, 40),
                        between(40, 80),
                        randomNonNegativeLong(),
                        randomFrom("float32", "bfloat16"),
                        sampling().sampling(),
                        randomBoolean(),
                        between(1, 200),
                        recipe()));
    }

    public static ModelRecipe recipe() {
        return new ModelRecipe(
                randomFrom(Attention.values()),
                randomFrom("last", "mean", "kv_former"),
                instructions(),
                instructions(),
                instructions(),
                randomBoolean()
                        ? null
                        : new LongVideos(
                                between(1, 500), between(1, 60), randomFrom(Aggregate.values())),
                randomFrom(
                        CardCalibration.NONE,
                        new CardCalibration(Calibration.PRIOR, 1, List.of()),
                        new CardCalibration(
                                Calibration.DUAL_SOFTMAX, 0.5, List.of(randomAlphaOfLength(4)))),
                randomFrom("", "apache-2.0"));
    }

    private static Instructions instructions() {
        return new Instructions(
                randomAlphaOfLength(4), randomAlphaOfLength(4), "", randomAlphaOfLength(4), "");
    }

    public static MediaFacts facts() {
        return new MediaFacts(
                new MediaInfo(
                        randomFrom("video", "image"),
                        randomAlphaOfLength(4),
                        randomAlphaOfLength(4),
                        between(1, 4000),
                        between(1, 4000),
                        randomDoubleBetween(0, 1000, true),
                        randomDoubleBetween(0, 60, true)),
                randomBoolean() ? null : randomAlphaOfLength(64),
                between(1, 180),
                randomBoolean() ? null : bytes());
    }

    public static EmbedAction.Request embedRequest() {
        return new EmbedAction.Request(randomAlphaOfLength(4), inputSpecs(), options(), timeout());
    }

    public static EmbedAction.Response embedResponse() {
        return new EmbedAction.Response(
                vector(),
                between(1, 1000),
                model(),
                randomBoolean() ? null : facts(),
                randomList(0, 3, WireSamples::moment));
    }

    public static float[] vector() {
        float[] vector = new float[between(1, 16)];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = randomFloat();
        }
        return vector;
    }

    public static MatchAction.Request matchRequest() {
        MatchAction.Request request =
                new MatchAction.Request(
                        randomAlphaOfLength(4),
                        inputSpecs(),
                        randomList(0, 4, WireSamples::inputSpec),
                        randomBoolean() ? null : randomList(0, 2, () -> randomAlphaOfLength(5)),
                        timeout());
        return randomBoolean() ? request : request.together();
    }

    public static GenerateAction.Request generateRequest() {
        return new GenerateAction.Request(
                randomAlphaOfLength(4),
                inputSpecs(),
                randomBoolean() ? null : randomAlphaOfLength(9),
                randomBoolean() ? null : sampling(),
                writeOptions(),
                timeout());
    }

    public static WriteOptions writeOptions() {
        return new WriteOptions(
                between(0, 4096),
                between(0, 8) / 4.0,
                between(1, 4) / 4.0,
                between(0, 1 << 30),
                randomList(0, 2, () -> randomAlphaOfLength(3)));
    }

    public static MatchAction.Outcome outcome() {
        return randomBoolean()
                ? new MatchAction.Outcome(null, randomAlphaOfLength(9))
                : new MatchAction.Outcome(score(), randomList(0, 3, WireSamples::score), null);
    }

    private static MatchScore score() {
        return new MatchScore(
                randomDoubleBetween(-20, 20, true), randomDoubleBetween(-20, 20, true));
    }

    public static MatchAction.Response matchResponse() {
        return new MatchAction.Response(model(), randomList(0, 4, WireSamples::outcome));
    }

    public static InferenceStats stats() {
        return new InferenceStats(
                Map.of(randomAlphaOfLength(4), modelStats()),
                new InferenceStats.Queue(
                        between(0, 9), between(10, 2000), count(), count(), millis()),
                new InferenceStats.Cache(count(), count(), count(), count()),
                new PrefixStats(count(), count(), count(), count(), count()),
                new InferenceStats.Decode(
                        count(), millis(), count(), count(), count(), Map.of("corrupt", count())));
    }

    private static InferenceStats.Model modelStats() {
        return new InferenceStats.Model(
                randomFrom("loaded", "failed"),
                randomBoolean() ? null : "no config.json",
                count(),
                randomBoolean()
                        ? InferenceStats.Held.NOTHING
                        : new InferenceStats.Held("sha256:1", "cuda:0", "float16", between(0, 99)),
                new InferenceStats.Embed(
                        count(), count(), count(), count(), count(), count(), time()),
                new InferenceStats.Match(count(), count(), count(), time()),
                new InferenceStats.Write(
                        count(), count(), count(), count(), count(), count(), time()));
    }

    private static InferenceStats.Time time() {
        return new InferenceStats.Time(count(), count(), count(), millis(), millis());
    }

    private static long count() {
        return between(0, 1 << 30);
    }

    private static double millis() {
        return randomDoubleBetween(0, 1e6, true);
    }
}
