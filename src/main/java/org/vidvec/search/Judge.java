package org.vidvec.search;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.search.IndexSearcher;
import org.elasticsearch.core.TimeValue;
import org.vidvec.action.InputSpec;

/** Has documents of one shard judged: from doc ids to judgements. */
final class Judge {

    private final VidvecRescoreContext context;
    private final RescoreSpec spec;
    private final IndexSearcher searcher;
    private final long startNanos = System.nanoTime();

    Judge(VidvecRescoreContext context, IndexSearcher searcher) {
        this.context = context;
        this.spec = context.spec();
        this.searcher = searcher;
    }

    /**
     * Judges all of them in one request.
     *
     * @param docs top-level doc ids, ascending
     * @return as many as docs, in their order; where failures are allowed, some may have failed
     */
    List<Judgement> judge(int[] docs) throws IOException {
        Candidates candidates =
                new Candidates(
                        spec,
                        context.fingerprint(),
                        context.frames()
                                .read(
                                        searcher.getIndexReader().leaves(),
                                        docs,
                                        context::checkCancellation));
        List<InputSpec> inputs = candidates.inputs();
        if (inputs.isEmpty()) {
            return candidates.unasked();
        }
        MatchCalls.Answer answer = ask(candidates, inputs);
        return answer.failure() == null
                ? candidates.answered(answer.response())
                : candidates.unanswered(answer.failure());
    }

    private MatchCalls.Answer ask(Candidates candidates, List<InputSpec> inputs) {
        long left = spec.timeout().nanos() - (System.nanoTime() - startNanos);
        if (left <= 0) {
            return new MatchCalls.Answer(null, MatchCalls.timedOut(spec.timeout(), inputs.size()));
        }
        return context.matches()
                .ask(
                        candidates.question(inputs, new TimeValue(left, TimeUnit.NANOSECONDS)),
                        context::checkCancellation);
    }
}
