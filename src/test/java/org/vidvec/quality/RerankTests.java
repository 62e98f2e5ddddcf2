package org.vidvec.quality;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.datasets.Caption;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Medium;
import org.vidvec.datasets.Span;
import org.vidvec.model.Calibration;
import org.vidvec.model.Content;
import org.vidvec.model.MatchScore;

/** Calibrations by hand, over answers that are known. */
public class RerankTests extends ESTestCase {

    /** [texts][media]: the logit of Yes less that of No. */
    private static final double[][] MARGINS = {{2, 1.5}, {3, 0}};

    /** For a query that says nothing: the first video is one that anything matches. */
    private static final double[] PRIORS = {1.5, -1};

    private static final ScoreTable ALIKE = new ScoreTable(new double[][] {{1, 0}, {0, 1}});

    private final List<String> asked = new ArrayList<>();

    /** Media are told by texts that stand for their frames. */
    private static final class Named implements Shelf {
        @Override
        public List<Content> contents(Medium medium) {
            return List.of(new Content.Text(medium.id()));
        }

        @Override
        public List<Stretch> windows(Medium video, double length, double stride) {
            return List.of(new Stretch(new Span(0, 1), contents(video)));
        }

        @Override
        public String key(Medium medium) {
            return medium.id();
        }
    }

    private List<MatchScore> match(List<Content> query, List<Content> candidates) {
        String text = ((Content.Text) query.get(0)).value();
        return candidates.stream()
                .map(
                        candidate -> {
                            int medium = ((Content.Text) candidate).value().equals("a") ? 0 : 1;
                            asked.add(text + medium);
                            double margin =
                                    text.isEmpty()
                                            ? PRIORS[medium]
                                            : MARGINS[Integer.parseInt(text)][medium];
                            return new MatchScore(margin, 0);
                        })
                .toList();
    }

    private Rerank rerank(int k) {
        LabelledSet set =
                new LabelledSet(
                        "s",
                        "p",
                        List.of(
                                new Medium("a", Medium.Kind.VIDEO, null, null),
                                new Medium("b", Medium.Kind.VIDEO, null, null)),
                        List.of(new Caption("0", "0", "a"), new Caption("1", "1", "b")),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        return new Rerank(set, new Named(), this::match, k, Stages.SILENT);
    }

    private static boolean firstWins(ScoreTable table, int query) {
        return table.row(query)[0] > table.row(query)[1];
    }

    public void testByThePrior() throws Exception {
        Rerank rerank = rerank(2);
        assertTrue(firstWins(rerank.textToMedia(ALIKE, Calibration.NONE), 0));
        assertTrue(firstWins(rerank.textToMedia(ALIKE, Calibration.LOGIT_DIFFERENCE), 0));
        // 2 - 1.5 against 1.5 + 1
        ScoreTable prior = rerank.textToMedia(ALIKE, Calibration.PRIOR);
        assertFalse(firstWins(prior, 0));
        assertEquals(2.5 - 0.5, prior.row(0)[1] - prior.row(0)[0], 1e-6);
        assertEquals("each pair and each prior once", 6, asked.size());
        assertEquals(4, rerank.pairs());
    }

    public void testByDualSoftmax() throws Exception {
        Rerank rerank = rerank(2);
        ScoreTable dual = rerank.textToMedia(ALIKE, Calibration.DUAL_SOFTMAX);
        // 2 d less log(e^d + e^other): of the first video 2 and 3, of the second 1.5 and 0
        double first = 4 - Math.log(Math.exp(2) + Math.exp(3));
        double second = 3 - Math.log(Math.exp(1.5) + 1);
        assertEquals(first - second, dual.row(0)[0] - dual.row(0)[1], 1e-6);
        assertFalse("the other text wants the first video more", firstWins(dual, 0));
        ScoreTable back = rerank.mediaToText(ALIKE, Calibration.DUAL_SOFTMAX);
        double zero = 4 - Math.log(Math.exp(2) + Math.exp(1.5));
        double one = 6 - Math.log(Math.exp(3) + 1);
        assertEquals(zero - one, back.row(0)[0] - back.row(0)[1], 1e-6);
    }

    /** With the best one alone nothing is known of the other, which stays behind. */
    public void testWhatIsNotJudgedStaysBehind() throws Exception {
        ScoreTable dual = rerank(1).textToMedia(ALIKE, Calibration.DUAL_SOFTMAX);
        assertTrue(firstWins(dual, 0));
        assertFalse(firstWins(dual, 1));
        assertEquals(List.of("00", "11"), asked);
    }
}
