package org.vidvec.search;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.vidvec.action.InputSpec;
import org.vidvec.action.MatchAction;
import org.vidvec.action.ModelSummary;

/**
 * Hits with what was found of each to be judged: into a question, and the answer into judgements.
 *
 * @param spec what is asked for
 * @param fingerprint of the model that the coordinating node found; null or {@link
 *     ModelLookup#UNKNOWN} if nobody could say
 * @param found one per hit
 */
record Candidates(RescoreSpec spec, String fingerprint, List<StoredMedia.Found> found) {

    /**
     * What there is to be judged.
     *
     * @throws IllegalArgumentException if a hit has nothing and failures are not allowed
     */
    List<InputSpec> inputs() {
        List<InputSpec> inputs = new ArrayList<>(found.size());
        for (StoredMedia.Found one : found) {
            if (one.input() != null) {
                inputs.add(one.input());
                inputs.addAll(one.texts().values());
            } else if (spec.keeping().allowFailures() == false) {
                throw new IllegalArgumentException(one.problem());
            }
        }
        return inputs;
    }

    /** Asks about all of them. */
    MatchAction.Request question(List<InputSpec> inputs, TimeValue timeLeft) {
        return spec.mode()
                .of(
                        new MatchAction.Request(
                                spec.modelId(),
                                spec.inputs(),
                                inputs,
                                spec.calibration().references(),
                                timeLeft));
    }

    /** Where none of the hits has anything. */
    List<Judgement> unasked() {
        return found.stream().map(one -> Judgement.failed(one.problem())).toList();
    }

    /**
     * One per hit, in their order.
     *
     * @throws RuntimeException the failure, if it is not to be tolerated
     */
    List<Judgement> unanswered(Exception failure) {
        if (spec.keeping().allowFailures() && Failures.areTolerable(failure)) {
            return found.stream().map(one -> Judgement.failed(failure.getMessage())).toList();
        }
        throw failure instanceof RuntimeException e ? e : new ElasticsearchException(failure);
    }

    /**
     * One per hit, in their order.
     *
     * @throws IllegalArgumentException if the model refused one and failures are not allowed
     * @throws ElasticsearchStatusException 409 if another model answered than the one that was
     *     found
     */
    List<Judgement> answered(MatchAction.Response response) {
        requireWhole(response);
        List<Judgement> judgements = new ArrayList<>(found.size());
        Iterator<MatchAction.Outcome> outcomes = response.outcomes().iterator();
        for (StoredMedia.Found one : found) {
            judgements.add(
                    one.input() == null
                            ? Judgement.failed(one.problem())
                            : judgement(one, outcomes, response.model()));
        }
        return judgements;
    }

    private Judgement judgement(
            StoredMedia.Found hit, Iterator<MatchAction.Outcome> outcomes, ModelSummary model) {
        MatchAction.Outcome media = outcomes.next();
        String problem = problem(hit.name(), media);
        List<Judgement.OfText> texts = new ArrayList<>(hit.texts().size());
        for (String field : hit.texts().keySet()) {
            MatchAction.Outcome outcome = outcomes.next();
            String wrong = problem(hit.name() + "] by [" + field, outcome);
            problem = problem == null ? wrong : problem;
            texts.add(new Judgement.OfText(field, spec.texts().of(field), outcome));
        }
        if (problem == null) {
            return new Judgement(media, texts, null, hit.numFrames(), model);
        }
        if (spec.keeping().allowFailures() == false) {
            throw new IllegalArgumentException(problem);
        }
        return Judgement.failed(problem);
    }

    /** Null for none. */
    private static String problem(String name, MatchAction.Outcome outcome) {
        return outcome.error() == null
                ? null
                : "[" + name + "] can't be judged: " + outcome.error();
    }

    private void requireWhole(MatchAction.Response response) {
        int asked =
                found.stream()
                        .filter(one -> one.input() != null)
                        .mapToInt(one -> 1 + one.texts().size())
                        .sum();
        if (response.outcomes().size() != asked) {
            throw new ElasticsearchException(
                    "[vidvec] got [{}] judgements for [{}] candidates from model [{}]",
                    response.outcomes().size(),
                    asked,
                    spec.modelId());
        }
        String answered = response.model().fingerprint();
        boolean known = fingerprint != null && fingerprint.equals(ModelLookup.UNKNOWN) == false;
        if (known && fingerprint.equals(answered) == false) {
            throw new ElasticsearchStatusException(
                    "vidvec model [{}] changed during the search, from [{}] to [{}]; search again",
                    RestStatus.CONFLICT,
                    spec.modelId(),
                    fingerprint,
                    answered);
        }
    }
}
