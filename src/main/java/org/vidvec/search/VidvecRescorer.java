package org.vidvec.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.elasticsearch.search.rescore.RescoreContext;
import org.elasticsearch.search.rescore.Rescorer;

/**
 * Orders the best hits of one shard by the model's judgement: reads their frames in the order of
 * doc ids, has all of them judged in one request, and sorts by the blended score.
 *
 * <p>Hits beyond the window are dropped: their scores are of another scale, and no page can reach
 * them, because a window covers {@code from + size} (see {@link VidvecRescorerBuilder#validate}).
 */
final class VidvecRescorer implements Rescorer {

    /** It holds nothing; all it needs is in the context. */
    static final VidvecRescorer INSTANCE = new VidvecRescorer();

    private VidvecRescorer() {}

    /**
     * A hit on its way to its new place.
     *
     * @param hit as Lucene knows it
     * @param first its score so far
     * @param score the blended one, before it is rounded to a float
     * @param judged whether the model said anything of it
     */
    private record Placed(ScoreDoc hit, float first, double score, boolean judged) {
        static final Comparator<Placed> ORDER =
                Comparator.comparingDouble(Placed::score)
                        .thenComparingDouble(Placed::first)
                        .reversed()
                        .thenComparingInt(placed -> placed.hit().doc);
    }

    /**
     * @throws IllegalArgumentException if a hit can't be judged and failures are not allowed
     * @throws org.elasticsearch.ElasticsearchException if the model gives no answer and failures
     *     are not allowed
     */
    @Override
    public TopDocs rescore(TopDocs topDocs, IndexSearcher searcher, RescoreContext rescoreContext)
            throws IOException {
        VidvecRescoreContext context = (VidvecRescoreContext) rescoreContext;
        context.setRescoredDocs(Set.of());
        if (topDocs == null || topDocs.scoreDocs.length == 0) {
            return topDocs;
        }
        ScoreDoc[] hits = Rescorer.topN(topDocs, context.getWindowSize()).scoreDocs.clone();
        Arrays.sort(hits, Comparator.comparingInt(hit -> hit.doc));
        int[] docs = Arrays.stream(hits).mapToInt(hit -> hit.doc).toArray();
        List<Judgement> judgements = new Judge(context, searcher).judge(docs);
        context.setRescoredDocs(judgedDocs(docs, judgements));
        return new TopDocs(topDocs.totalHits, place(hits, judgements, context.spec()));
    }

    private static Set<Integer> judgedDocs(int[] docs, List<Judgement> judgements) {
        Set<Integer> judged = new HashSet<>();
        for (int i = 0; i < docs.length; i++) {
            if (judgements.get(i).isJudged()) {
                judged.add(docs[i]);
            }
        }
        return judged;
    }

    private static ScoreDoc[] place(ScoreDoc[] hits, List<Judgement> judgements, RescoreSpec spec) {
        List<Placed> placed = new ArrayList<>(hits.length);
        for (int i = 0; i < hits.length; i++) {
            float first = hits[i].score;
            Judgement judgement = judgements.get(i);
            placed.add(
                    new Placed(hits[i], first, judgement.score(first, spec), judgement.isJudged()));
        }
        placed.sort(Placed.ORDER);
        for (Placed one : placed) {
            one.hit().score = (float) one.score();
        }
        return kept(placed, spec.keeping()).stream().map(Placed::hit).toArray(ScoreDoc[]::new);
    }

    /** At least one: the host can't take a shard without hits. {@link MinScore} does the rest. */
    private static List<Placed> kept(List<Placed> placed, Keeping keeping) {
        List<Placed> kept =
                placed.stream()
                        .filter(one -> one.judged() == false || keeping.keeps(one.hit().score))
                        .toList();
        return kept.isEmpty() ? placed.subList(0, 1) : kept;
    }

    /**
     * Runs in the fetch phase, in a fresh context that knows only which docs were judged; so the
     * model is asked again for this one.
     */
    @Override
    public Explanation explain(
            int doc, IndexSearcher searcher, RescoreContext rescoreContext, Explanation source)
            throws IOException {
        if (source == null || source.isMatch() == false) {
            return source == null ? Explanation.noMatch("nothing matched") : source;
        }
        VidvecRescoreContext context = (VidvecRescoreContext) rescoreContext;
        long start = System.nanoTime();
        Judgement judgement =
                context.isRescored(doc)
                        ? new Judge(context, searcher).judge(new int[] {doc}).get(0)
                        : Judgement.failed("it was not judged when the search ran");
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return judgement.explain(
                source,
                context.spec(),
                Explanation.match(millis, "milliseconds to judge it for this explanation"));
    }
}
