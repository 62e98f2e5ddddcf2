package org.vidvec.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.media.MediaException;
import org.vidvec.metrics.RankedGains;
import org.vidvec.model.Calibration;
import org.vidvec.model.Content;
import org.vidvec.model.DualSoftmax;
import org.vidvec.model.MatchScore;
import org.vidvec.model.Matcher;
import org.vidvec.model.ModelException;

/**
 * The second stage (VidVec §3.3, ViLL-E §5.3): the model's head judges the best {@code k} of a
 * ranking pair by pair and they are put into the order of its answers; all others stay behind them.
 * Pairs are judged once, whatever is made of them.
 */
final class Rerank {

    /** Above all places of those that are not judged. */
    private static final double JUDGED = 1e6;

    private final LabelledSet set;
    private final Shelf shelf;
    private final Matcher matcher;
    private final int k;
    private final Stages stages;

    /** By medium and text: the logit of Yes less that of No. */
    private final Map<Integer, Map<Integer, Double>> ofMedia = new HashMap<>();

    private final Map<Integer, Map<Integer, Double>> ofTexts = new HashMap<>();
    private final Map<Integer, Double> priors = new HashMap<>();

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
    ScoreTable textToMedia(ScoreTable scores, Calibration calibration)
            throws MediaException, ModelException {
        stages.begins("reranked texts", scores.queries());
        int[][] orders = orders(scores);
        for (int text = 0; text < orders.length; text++) {
            judge(text, best(orders[text]));
            if (calibration == Calibration.PRIOR) {
                learnPriors(best(orders[text]));
            }
            stages.stepped(1);
        }
        double[][] better = new double[orders.length][];
        for (int text = 0; text < orders.length; text++) {
            int query = text;
            Judgement judgement = medium -> score(calibration, query, medium, ofMedia.get(medium));
            better[text] = reordered(orders[text], judgement);
        }
        return new ScoreTable(better);
    }

    /**
     * @param scores media as queries, captions as candidates; the prior of a query's own medium
     *     changes no order
     */
    ScoreTable mediaToText(ScoreTable scores, Calibration calibration)
            throws MediaException, ModelException {
        stages.begins("reranked media", scores.queries());
        int[][] orders = orders(scores);
        for (int medium = 0; medium < orders.length; medium++) {
            for (int text : best(orders[medium])) {
                judge(text, List.of(medium));
            }
            if (calibration == Calibration.PRIOR) {
                learnPriors(List.of(medium));
            }
            stages.stepped(1);
        }
        double[][] better = new double[orders.length][];
        for (int medium = 0; medium < orders.length; medium++) {
            int query = medium;
            Judgement judgement = text -> score(calibration, text, query, ofTexts.get(text));
            better[medium] = reordered(orders[medium], judgement);
        }
        return new ScoreTable(better);
    }

    private static int[][] orders(ScoreTable scores) {
        int[][] orders = new int[scores.queries()][];
        for (int query = 0; query < orders.length; query++) {
            orders[query] = RankedGains.order(scores.row(query), Map.of());
        }
        return orders;
    }

    private List<Integer> best(int[] order) {
        List<Integer> best = new ArrayList<>();
        for (int i = 0; i < Math.min(k, order.length); i++) {
            best.add(order[i]);
        }
        return best;
    }

    /**
     * @param column what the candidate got for all queries
     */
    private double score(
            Calibration calibration, int text, int medium, Map<Integer, Double> column) {
        // ranks as P(Yes) does, and goes on where that is 1
        double margin = ofMedia.get(medium).get(text);
        return switch (calibration) {
            case NONE, LOGIT_DIFFERENCE -> margin;
            case PRIOR -> margin - priors.get(medium);
            case DUAL_SOFTMAX -> {
                int own = column == ofMedia.get(medium) ? text : medium;
                double[] others =
                        column.entrySet().stream()
                                .filter(e -> e.getKey() != own)
                                .mapToDouble(Map.Entry::getValue)
                                .toArray();
                yield DualSoftmax.againstBank(margin, others, 1);
            }
        };
    }

    private void judge(int text, List<Integer> media) throws MediaException, ModelException {
        Map<Integer, Double> known = ofTexts.computeIfAbsent(text, t -> new HashMap<>());
        List<Integer> wanted = media.stream().filter(m -> known.containsKey(m) == false).toList();
        List<Double> margins = margins(set.captions().get(text).text(), wanted);
        for (int i = 0; i < wanted.size(); i++) {
            known.put(wanted.get(i), margins.get(i));
            ofMedia.computeIfAbsent(wanted.get(i), m -> new HashMap<>()).put(text, margins.get(i));
        }
    }

    /** What media get for a query that says nothing. */
    private void learnPriors(List<Integer> media) throws MediaException, ModelException {
        List<Integer> wanted = media.stream().filter(m -> priors.containsKey(m) == false).toList();
        List<Double> margins = margins("", wanted);
        for (int i = 0; i < wanted.size(); i++) {
            priors.put(wanted.get(i), margins.get(i));
        }
    }

    private List<Double> margins(String text, List<Integer> media)
            throws MediaException, ModelException {
        if (media.isEmpty()) {
            return List.of();
        }
        List<Content> candidates = new ArrayList<>();
        for (int medium : media) {
            candidates.add(oneOf(shelf.contents(set.media().get(medium))));
        }
        List<MatchScore> scores = matcher.match(List.of(new Content.Text(text)), candidates);
        return scores.stream().map(score -> score.yesLogit() - score.noLogit()).toList();
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
        return ofTexts.values().stream().mapToInt(Map::size).sum();
    }
}
