package org.vidvec.search;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.search.Explanation;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.search.rank.context.RankFeaturePhaseRankCoordinatorContext;
import org.elasticsearch.search.rank.feature.RankFeatureDoc;
import org.vidvec.action.InputSpec;
import org.vidvec.action.MatchAction;

/** Has the window of a retriever judged in one request, on the node that got the search. */
final class RerankScores extends RankFeaturePhaseRankCoordinatorContext {

    /**
     * Judged hits have at least this score and all others have less: that tells them apart where
     * the host carries nothing but scores. A judged hit below it is as good as unwanted.
     */
    private static final float LEAST_JUDGED = 1e-6f;

    private final RescoreSpec spec;
    private final String fingerprint;
    private final WindowNotes notes;
    private final Client client;

    /**
     * What the search shows of the window.
     *
     * @param size hits
     * @param from of the first one
     * @param window hits that are judged
     */
    record Page(int size, int from, int window) {}

    /**
     * @param fingerprint of the model that was found
     * @param client of this node, with the user's rights
     */
    RerankScores(
            Page page, RescoreSpec spec, String fingerprint, WindowNotes notes, Client client) {
        // failures that are allowed are dealt with here, where each hit is known
        super(page.size(), page.from(), page.window(), false);
        this.spec = spec;
        this.fingerprint = fingerprint;
        this.notes = notes;
        this.client = client;
    }

    /** Whether the model said anything of a hit with such a score. */
    static boolean isJudged(float score) {
        return score >= LEAST_JUDGED;
    }

    @Override
    protected void computeScores(RankFeatureDoc[] hits, ActionListener<float[]> listener) {
        long start = System.nanoTime();
        ActionListener.run(listener, l -> judge(hits, l.map(all -> scores(hits, all, start))));
    }

    private void judge(RankFeatureDoc[] hits, ActionListener<List<Judgement>> listener) {
        Candidates candidates =
                new Candidates(
                        spec,
                        fingerprint,
                        Arrays.stream(hits)
                                .map(hit -> StoredMedia.Found.decode(hit.featureData.get(0)))
                                .toList());
        List<InputSpec> inputs = candidates.inputs();
        if (inputs.isEmpty()) {
            listener.onResponse(candidates.unasked());
            return;
        }
        client.execute(
                MatchAction.INSTANCE,
                SearchTask.adopt(client, candidates.question(inputs, spec.timeout())),
                new ActionListener<>() {
                    @Override
                    public void onResponse(MatchAction.Response response) {
                        ActionListener.completeWith(listener, () -> candidates.answered(response));
                    }

                    @Override
                    public void onFailure(Exception e) {
                        ActionListener.completeWith(listener, () -> candidates.unanswered(e));
                    }
                });
    }

    private float[] scores(RankFeatureDoc[] hits, List<Judgement> judgements, long startNanos) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
        Explanation time =
                Explanation.match(
                        millis, "milliseconds to judge the window of [" + hits.length + "] hits");
        float[] scores = new float[hits.length];
        for (int i = 0; i < hits.length; i++) {
            float first = notes.first(hits[i]);
            Judgement judgement = judgements.get(i);
            notes.tell(
                    hits[i],
                    () ->
                            judgement.explain(
                                    Explanation.match(first, "by the retriever within"),
                                    spec,
                                    time));
            scores[i] =
                    judgement.isJudged()
                            ? Math.max(LEAST_JUDGED, (float) judgement.score(first, spec))
                            // below all judged ones, in the order that they had
                            : LEAST_JUDGED / 2 * first / (1 + first);
        }
        return scores;
    }
}
