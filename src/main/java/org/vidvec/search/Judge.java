package org.vidvec.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.search.IndexSearcher;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.vidvec.action.InputSpec;
import org.vidvec.action.MatchAction;

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
        List<StoredMedia.Found> found =
                context.frames()
                        .read(searcher.getIndexReader().leaves(), docs, context::checkCancellation);
        List<InputSpec> candidates = new ArrayList<>(found.size());
        for (StoredMedia.Found one : found) {
            if (one.input() != null) {
                candidates.add(one.input());
            } else if (spec.allowFailures() == false) {
                throw new IllegalArgumentException(one.problem());
            }
        }
        if (candidates.isEmpty()) {
            return found.stream().map(one -> Judgement.failed(one.problem())).toList();
        }
        MatchCalls.Answer answer = ask(candidates);
        return answer.failure() == null
                ? judgements(found, checked(answer.response(), candidates.size()))
                : unanswered(found, answer.failure());
    }

    private MatchCalls.Answer ask(List<InputSpec> candidates) {
        long left = spec.timeout().nanos() - (System.nanoTime() - startNanos);
        if (left <= 0) {
            return new MatchCalls.Answer(
                    null, MatchCalls.timedOut(spec.timeout(), candidates.size()));
        }
        MatchAction.Request request =
                new MatchAction.Request(
                        spec.modelId(),
                        spec.inputs(),
                        candidates,
                        spec.calibration().references(),
                        new TimeValue(left, TimeUnit.NANOSECONDS));
        return context.matches().ask(request, context::checkCancellation);
    }

    private List<Judgement> unanswered(List<StoredMedia.Found> found, Exception failure) {
        if (spec.allowFailures() && Failures.areTolerable(failure)) {
            return found.stream().map(one -> Judgement.failed(failure.getMessage())).toList();
        }
        throw failure instanceof RuntimeException e ? e : new ElasticsearchException(failure);
    }

    private MatchAction.Response checked(MatchAction.Response response, int numCandidates) {
        if (response.outcomes().size() != numCandidates) {
            throw new ElasticsearchException(
                    "[vidvec] got [{}] judgements for [{}] hits from model [{}]",
                    response.outcomes().size(),
                    numCandidates,
                    spec.modelId());
        }
        String answered = response.model().fingerprint();
        String expected = context.fingerprint();
        boolean known = expected != null && expected.equals(ModelLookup.UNKNOWN) == false;
        if (known && expected.equals(answered) == false) {
            throw new ElasticsearchStatusException(
                    "vidvec model [{}] changed during the search, from [{}] to [{}]; search again",
                    RestStatus.CONFLICT,
                    spec.modelId(),
                    expected,
                    answered);
        }
        return response;
    }

    private List<Judgement> judgements(
            List<StoredMedia.Found> found, MatchAction.Response response) {
        List<Judgement> judgements = new ArrayList<>(found.size());
        int next = 0;
        for (StoredMedia.Found one : found) {
            if (one.input() == null) {
                judgements.add(Judgement.failed(one.problem()));
                continue;
            }
            MatchAction.Outcome outcome = response.outcomes().get(next++);
            if (outcome.error() != null && spec.allowFailures() == false) {
                throw new IllegalArgumentException(
                        "[" + one.name() + "] can't be judged: " + outcome.error());
            }
            judgements.add(Judgement.of(outcome, one, response.model().fingerprint()));
        }
        return judgements;
    }
}
