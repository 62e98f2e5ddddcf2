package org.vidvec.inference;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.vidvec.inference.InferenceException.Kind;
import org.vidvec.model.Content;

/** Counts what one model did. */
final class ModelMeter {

    /** What a vector is counted as: by the largest of its parts. */
    enum Counted {
        VIDEO,
        IMAGE,
        TEXT;

        static Counted of(List<Content> parts) {
            if (parts.stream().anyMatch(Content.Video.class::isInstance)) {
                return VIDEO;
            }
            return parts.stream().anyMatch(Content.Image.class::isInstance) ? IMAGE : TEXT;
        }
    }

    /** One of the things that a model is asked for. */
    static final class Work {

        private final LongAdder batches = new LongAdder();
        private final LongAdder nanos = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final LongAdder rejected = new LongAdder();
        private final Histogram calls = new Histogram();

        /** One forward pass. */
        void batch(long tookNanos) {
            batches.increment();
            nanos.add(tookNanos);
        }

        /** One call that was answered. */
        void answered(long tookNanos) {
            calls.record(tookNanos);
        }

        /** One call, or one candidate of it, that was not. */
        void failed(InferenceException failure) {
            if (failure.kind() == Kind.OVERLOADED) {
                rejected.increment();
            } else if (failure.kind() != Kind.CANCELLED) {
                failed.increment();
            }
        }

        private InferenceStats.Time time() {
            return new InferenceStats.Time(
                    batches.sum(),
                    nanos.sum() / 1_000_000,
                    calls.count(),
                    calls.quantileMillis(0.5),
                    calls.quantileMillis(0.99));
        }
    }

    private final Work embed = new Work();
    private final Work match = new Work();
    private final Work write = new Work();
    private final LongAdder writtenTokens = new LongAdder();
    private final LongAdder writtenTexts = new LongAdder();
    private final LongAdder videoTokens = new LongAdder();
    private final LongAdder videoTexts = new LongAdder();
    private final LongAdder videos = new LongAdder();
    private final LongAdder images = new LongAdder();
    private final LongAdder texts = new LongAdder();
    private final LongAdder moments = new LongAdder();
    private final LongAdder pairs = new LongAdder();

    Work embed() {
        return embed;
    }

    Work match() {
        return match;
    }

    Work write() {
        return write;
    }

    /** One text. */
    void written(Counted about, int tokens) {
        writtenTexts.increment();
        writtenTokens.add(tokens);
        if (about == Counted.VIDEO) {
            videoTexts.increment();
            videoTokens.add(tokens);
        }
    }

    /** One vector. */
    void embedded(Counted as) {
        switch (as) {
            case VIDEO -> videos.increment();
            case IMAGE -> images.increment();
            case TEXT -> texts.increment();
        }
    }

    /** One vector for a window of a video. */
    void embeddedMoment() {
        moments.increment();
    }

    /** One candidate judged. */
    void matched() {
        pairs.increment();
    }

    InferenceStats.Model snapshot(ModelPool.State state) {
        return new InferenceStats.Model(
                state.name(),
                state.reason(),
                state.bytes(),
                state.held(),
                new InferenceStats.Embed(
                        videos.sum(),
                        images.sum(),
                        texts.sum(),
                        moments.sum(),
                        embed.failed.sum(),
                        embed.rejected.sum(),
                        embed.time()),
                new InferenceStats.Match(
                        pairs.sum(), match.failed.sum(), match.rejected.sum(), match.time()),
                new InferenceStats.Write(
                        writtenTexts.sum(),
                        writtenTokens.sum(),
                        videoTexts.sum(),
                        videoTokens.sum(),
                        write.failed.sum(),
                        write.rejected.sum(),
                        write.time()));
    }
}
