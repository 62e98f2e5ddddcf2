package org.vidvec.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.engine.Tokenizer;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptStyle;

/**
 * Names the candidates by letters and asks which one is best; the order is that of the letters'
 * logits at the first token of the answer, so that nothing is generated (FIRST, Reddy et al. 2024;
 * VidVec App. E leaves such rerankers open). Models that were not trained for it lean to some
 * letters.
 */
final class LetterRanker implements Ranker {

    private final String id;
    private final CallGate gate;
    private final SequenceReader reader;
    private final PromptComposer composer;
    private final Tokenizer tokenizer;
    private final int layers;

    /**
     * @param tokenizer lives as long as the model
     * @param layers number of decoder layers: the head reads the last
     */
    LetterRanker(
            String id,
            CallGate gate,
            ModelCard card,
            SequenceReader reader,
            Tokenizer tokenizer,
            int layers) {
        this.id = id;
        this.gate = gate;
        this.reader = reader;
        this.composer = new PromptComposer(card);
        this.tokenizer = tokenizer;
        this.layers = layers;
    }

    @Override
    public List<MatchScore> rank(List<Content> query, List<Content> candidates)
            throws ModelException {
        if (candidates.isEmpty()) {
            return List.of();
        }
        List<PromptPart> prompt = prompt(query, candidates);
        List<SequenceReader.Read> reads =
                gate.call(
                        () ->
                                reader.read(
                                        List.of(prompt),
                                        PromptStyle.CHAT,
                                        new ReadoutPlan(
                                                layers,
                                                ReadoutPlan.Pooling.LAST,
                                                letters(candidates.size()))));
        float[] logits = reads.get(0).readout().logits();
        HeadLogits.requireFinite(id, logits);
        return scores(logits);
    }

    @Override
    public int countTokens(List<Content> query, List<Content> candidates) throws ModelException {
        return reader.countTokens(prompt(query, candidates), PromptStyle.CHAT);
    }

    private List<PromptPart> prompt(List<Content> query, List<Content> candidates)
            throws ModelException {
        if (query.isEmpty()) {
            throw new ModelException(
                    ModelException.Kind.INPUT, "[query] must hold at least one item");
        }
        if (candidates.size() > MOST) {
            throw refuse(candidates, "more than the [" + MOST + "] letters that name them");
        }
        List<PromptPart> prompt = composer.list(query, candidates);
        if (reader.fits(prompt, PromptStyle.CHAT) == false) {
            throw refuse(candidates, "too long together for one prompt of model [" + id + "]");
        }
        return prompt;
    }

    private static ModelException refuse(List<Content> candidates, String why) {
        return new ModelException(
                ModelException.Kind.INPUT,
                "["
                        + candidates.size()
                        + "] candidates of [mode] [listwise] are "
                        + why
                        + "; compare fewer, by [rank_window_size] of a search or in [input] of a"
                        + " rerank, or set [mode] to [pointwise]");
    }

    private long[] letters(int n) throws ModelException {
        long[] ids = new long[n];
        for (int i = 0; i < n; i++) {
            String letter = PromptComposer.letter(i);
            ids[i] =
                    AnswerTokens.id(letter, tokenizer)
                            .orElseThrow(
                                    () ->
                                            new ModelException(
                                                    ModelException.Kind.INPUT,
                                                    "the tokenizer of model ["
                                                            + id
                                                            + "] has no token for the letter ["
                                                            + letter
                                                            + "], which [mode] [listwise] needs;"
                                                            + " set [mode] to [pointwise]"));
        }
        return ids;
    }

    /** Each logit against the mass of all others. */
    private static List<MatchScore> scores(float[] logits) {
        List<MatchScore> scores = new ArrayList<>(logits.length);
        for (int i = 0; i < logits.length; i++) {
            int own = i;
            double largest = Double.NEGATIVE_INFINITY;
            double[] others =
                    IntStream.range(0, logits.length)
                            .filter(j -> j != own)
                            .mapToDouble(j -> logits[j])
                            .toArray();
            for (double logit : others) {
                largest = Math.max(largest, logit);
            }
            double most = largest;
            double sum = Arrays.stream(others).map(logit -> Math.exp(logit - most)).sum();
            double rest = others.length == 0 ? Double.NEGATIVE_INFINITY : most + Math.log(sum);
            scores.add(new MatchScore(logits[i], rest));
        }
        return scores;
    }
}
