package org.vidvec.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.vidvec.backbone.Readout;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptStyle;

/**
 * Asks the decoder's own head whether a candidate matches (VidVec §3.3, ViLL-E §5.3): only the rows
 * of its answers are computed, at the first token of the answer.
 */
final class YesNoMatcher implements Matcher {

    private final String id;
    private final CallGate gate;
    private final SequenceReader reader;
    private final PromptComposer composer;
    private final MatchQuestion question;
    private final AnswerTokens answers;
    private final ReadoutPlan plan;

    /**
     * @param layers number of decoder layers: the head reads the last
     */
    YesNoMatcher(
            String id,
            CallGate gate,
            ModelCard card,
            SequenceReader reader,
            AnswerTokens answers,
            int layers) {
        this.id = id;
        this.gate = gate;
        this.reader = reader;
        this.composer = new PromptComposer(card);
        this.question = card.match();
        this.answers = answers;
        long[] rows =
                LongStream.concat(LongStream.of(answers.yes()), LongStream.of(answers.no()))
                        .toArray();
        this.plan = new ReadoutPlan(layers, ReadoutPlan.Pooling.LAST, rows);
    }

    @Override
    public List<MatchScore> match(List<Content> query, List<Content> candidates)
            throws ModelException {
        if (query.isEmpty()) {
            throw new ModelException(
                    ModelException.Kind.INPUT, "[query] must hold at least one item");
        }
        List<List<PromptPart>> prompts = new ArrayList<>(candidates.size());
        boolean behindPictures = isAskedOfPictures(query);
        for (Content candidate : candidates) {
            if (candidate instanceof Content.Text && question.takesTexts() == false) {
                // video to text (VidVec §3.1): the same question, with the sides exchanged
                prompts.add(composer.match(List.of(candidate), onlyPicture(query)));
                behindPictures = true;
            } else {
                prompts.add(composer.match(query, candidate));
            }
        }
        boolean picturesFirst = behindPictures;
        List<SequenceReader.Read> reads =
                gate.call(
                        () ->
                                picturesFirst
                                        ? reader.readBehindPictures(prompts, PromptStyle.CHAT, plan)
                                        : reader.read(prompts, PromptStyle.CHAT, plan));
        List<MatchScore> scores = new ArrayList<>(reads.size());
        for (SequenceReader.Read read : reads) {
            scores.add(score(read.readout()));
        }
        return scores;
    }

    private Content onlyPicture(List<Content> query) throws ModelException {
        if (query.size() == 1 && query.get(0) instanceof Content.Text == false) {
            return query.get(0);
        }
        throw new ModelException(
                ModelException.Kind.INPUT,
                "model ["
                        + id
                        + "] matches candidates of type [text] with a query of one [video] or"
                        + " [image]; for other queries it takes candidates of type [image, video]");
    }

    /** Whether all pictures are the candidate's, and before all that depends on the query. */
    private boolean isAskedOfPictures(List<Content> query) {
        boolean words = query.stream().allMatch(c -> c instanceof Content.Text);
        return words && question.isAfterCandidate(words);
    }

    private MatchScore score(Readout readout) throws ModelException {
        float[] logits = readout.logits();
        int numYes = answers.yes().length;
        double yes = logSumExp(logits, 0, numYes);
        double no = logSumExp(logits, numYes, logits.length);
        HeadLogits.requireFinite(id, (float) yes, (float) no);
        return new MatchScore(yes, no);
    }

    private static double logSumExp(float[] logits, int from, int to) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, logits[i]);
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.exp(logits[i] - largest);
        }
        return largest + Math.log(sum);
    }
}
