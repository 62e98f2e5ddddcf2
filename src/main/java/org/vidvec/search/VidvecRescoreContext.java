package org.vidvec.search;

import org.elasticsearch.search.rescore.RescoreContext;

/** One rescore on one shard, in the query phase or, for explain, in the fetch phase. */
final class VidvecRescoreContext extends RescoreContext {

    private final RescoreSpec spec;
    private final String fingerprint;
    private final FrameReader frames;
    private final MatchCalls matches;

    /**
     * @param windowSize how many of the shard's best hits are judged
     * @param spec what is asked for
     * @param fingerprint of the model that the coordinating node found
     * @param frames reads what is judged
     * @param matches asks the model
     */
    VidvecRescoreContext(
            int windowSize,
            RescoreSpec spec,
            String fingerprint,
            FrameReader frames,
            MatchCalls matches) {
        super(windowSize, VidvecRescorer.INSTANCE);
        this.spec = spec;
        this.fingerprint = fingerprint;
        this.frames = frames;
        this.matches = matches;
    }

    RescoreSpec spec() {
        return spec;
    }

    String fingerprint() {
        return fingerprint;
    }

    FrameReader frames() {
        return frames;
    }

    MatchCalls matches() {
        return matches;
    }
}
