package org.vidvec.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.media.MediaException;
import org.vidvec.metrics.RankedGains;
import org.vidvec.model.Content;
import org.vidvec.model.MatchScore;
import org.vidvec.model.Matcher;
import org.vidvec.model.ModelException;

/**
 * The second stage (VidVec §3.3, ViLL-E §5.3): the model's head judges the best {@code k} of a
 * ranking pair by pair and they are put into the order of its answers; all others stay behind them.
 */
final class Rerank {

    /** Above all places of those that are not judged. */
    private static final double JUDGED = 1e6;

    private final LabelledSet set;
    private final Shelf shelf;
    private final Matcher matcher;
    private final int k;
    private final Stages stages;
    private final Map<Long, Double> judged = new HashMap<>();

    /**
     * @param k candidates of each query that are judged
     */
    Rerank(LabelledSet set, Shelf shelf, Matcher matcher, int k, Stages stages) {
        this.set = set;
        this.shelf = shelf;
        this.matcher = matcher;
        this.k = k;
        this.stages = stages;
    }

    /**
     * @param scores captions as queries, media as candidates
     */
    ScoreTable textToMedia(ScoreTable scores) throws MediaException, ModelException {
        stages.begins("reranked texts", scores.queries());
        double[][] better = new double[scores.queries()][];
        for (int text = 0; text < better.length; text++) {
            int[] order = RankedGains.order(scores.row(text), Map.of());
            List<Integer> wanted = new ArrayList<>();
            for (int i = 0; i < Math.min(k, order.length); i++) {
                if (judged.containsKey(pair(text, order[i])) == false) {
                    wanted.add(order[i]);
                }
            }
            judge(text, wanted);
            int query = text;
            better[text] = reordered(order, medium -> judged.get(pair(query, medium)));
            stages.stepped(1);
        }
        return new ScoreTable(better);
    }

    /**
     * @param scores media as queries, captions as candidates
     */
    ScoreTable mediaToText(ScoreTable scores) throws MediaException, ModelException {
        stages.begins("reranked media", scores.queries());
        double[][] better = new double[scores.queries()][];
        for (int medium = 0; medium < better.length; medium++) {
            int[] order = RankedGains.order(scores.row(medium), Map.of());
            for (int i = 0; i < Math.min(k, order.length); i++) {
                if (judged.containsKey(pair(order[i], medium)) == false) {
                    judge(order[i], List.of(medium));
                }
            }
            int query = medium;
            better[medium] = reordered(order, text -> judged.get(pair(text, query)));
            stages.stepped(1);
        }
        return new ScoreTable(better);
    }

    private void judge(int text, List<Integer> media) throws MediaException, ModelException {
        if (media.isEmpty()) {
            return;
        }
        List<Content> candidates = new ArrayList<>();
        for (int medium : media) {
            candidates.add(oneOf(shelf.contents(set.media().get(medium))));
        }
        List<Content> query = List.of(new Content.Text(set.captions().get(text).text()));
        List<MatchScore> scores = matcher.match(query, candidates);
        for (int i = 0; i < media.size(); i++) {
            // ranks as P(Yes) does, and goes on where that is 1
            double margin = scores.get(i).yesLogit() - scores.get(i).noLogit();
            judged.put(pair(text, media.get(i)), margin);
        }
    }

    /** A document is judged by its first page, as the rescorer does. */
    private static Content oneOf(List<Content> contents) {
        return contents.get(0);
    }

    private interface Judgement {
        double of(int candidate);
    }

    private double[] reordered(int[] order, Judgement judgement) {
        double[] scores = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            scores[order[i]] = i < k ? JUDGED + judgement.of(order[i]) : -i;
        }
        return scores;
    }

    /** How many pairs the head has judged. */
    int pairs() {
        return judged.size();
    }

    private long pair(int text, int medium) {
        return (long) text * set.media().size() + medium;
    }
}
