package org.vidvec.inference;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.vidvec.inference.InferenceException.Kind;
import org.vidvec.inference.MatchResult.Outcome;
import org.vidvec.model.Content;
import org.vidvec.model.MatchScore;

/**
 * The way of one match call: a place, the model, the query's frames, then each candidate on its own
 * through decoding and batches, so that no more than a few candidates' frames are in memory.
 */
final class MatchFlow {

    private final EngineRoom room;
    private final MatchCall call;
    private final Flight<MatchResult> flight;
    private final DecodeTask query;
    private final List<DecodeTask> candidates = new ArrayList<>();
    private final long startNanos;

    MatchFlow(EngineRoom room, MatchCall call) {
        this.room = room;
        this.call = call;
        this.startNanos = room.nanoTime();
        this.flight = room.open(call.modelId(), call.timeout(), ModelMeter::match);
        this.query = task(call.query(), DecodeTask.Use.CONTENTS);
        if (isTogether()) {
            // decoded in one go, so that no two calls wait for each other's frames to be free
            candidates.add(task(call.candidates(), DecodeTask.Use.CANDIDATES));
        } else {
            for (InputItem candidate : call.candidates()) {
                candidates.add(task(List.of(candidate), DecodeTask.Use.CONTENTS));
            }
        }
    }

    private boolean isTogether() {
        return call.together() && call.candidates().isEmpty() == false;
    }

    private DecodeTask task(List<InputItem> items, DecodeTask.Use use) {
        DecodeTask task = new DecodeTask(items, Lane.QUERY, use);
        room.own(flight, task);
        return task;
    }

    CompletableFuture<MatchResult> start() {
        room.board(flight, call.modelId(), "query", call.query(), call.candidates())
                .thenCompose(this::answer)
                .whenComplete((result, failure) -> flight.finish(result, failure, "match"));
        return flight.future();
    }

    private CompletableFuture<MatchResult> answer(Lease lease) {
        query.sampling(lease.model().info().sampling());
        return room.decode(flight, query)
                .thenCompose(
                        decoded -> {
                            flight.onEnd(decoded::close);
                            return isTogether()
                                    ? rank(lease, decoded.contents())
                                    : judge(lease, decoded);
                        });
    }

    /** All candidates in one prompt, but for those that can't be decoded. */
    private CompletableFuture<MatchResult> rank(Lease lease, List<Content> contents) {
        DecodeTask all = candidates.get(0);
        all.sampling(lease.model().info().sampling());
        return room.decode(flight, all)
                .thenCompose(decoded -> rank(lease, new Forward.Rank(contents), decoded))
                .thenApply(
                        scores -> {
                            room.meter(call.modelId())
                                    .match()
                                    .answered(room.nanoTime() - startNanos);
                            return new MatchResult(lease.model().info(), ranked(all, scores));
                        });
    }

    private CompletableFuture<List<MatchScore>> rank(
            Lease lease, Forward.Rank rank, Decoded decoded) {
        if (decoded.contents().isEmpty()) {
            decoded.close();
            return CompletableFuture.completedFuture(List.of());
        }
        return room.ask(
                flight, lease, decoded, rank, new Job.Input<>(decoded.contents(), Lane.QUERY));
    }

    /** One outcome per candidate, of scores of those that were not left out. */
    private List<Outcome> ranked(DecodeTask all, List<MatchScore> scores) {
        Iterator<MatchScore> score = scores.iterator();
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < all.items().size(); i++) {
            InferenceException failure = all.failure(i);
            outcomes.add(failure == null ? judged(score.next(), List.of()) : refused(failure));
        }
        return outcomes;
    }

    private CompletableFuture<MatchResult> judge(Lease lease, Decoded decodedQuery) {
        Forward.Match match = new Forward.Match(decodedQuery.contents());
        List<String> texts =
                call.references() == null
                        ? lease.model().info().recipe().calibration().references()
                        : call.references();
        List<Reference> references =
                texts.stream()
                        .map(
                                text ->
                                        new Reference(
                                                text,
                                                new Forward.Match(List.of(new Content.Text(text)))))
                        .toList();
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (DecodeTask candidate : candidates) {
            candidate.sampling(lease.model().info().sampling());
            outcomes.add(
                    room.decode(flight, candidate)
                            .thenCompose(
                                    decoded ->
                                            references(lease, references, decoded)
                                                    .thenCompose(
                                                            others ->
                                                                    score(lease, match, decoded)
                                                                            .thenApply(
                                                                                    s ->
                                                                                            new Judged(
                                                                                                    s,
                                                                                                    others))))
                            .handle(this::outcome));
        }
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApply(all -> result(lease, outcomes));
    }

    /** A text that all candidates are asked about: one object, so that they share batches. */
    private record Reference(String text, Forward.Match match) {}

    private record Judged(MatchScore score, List<MatchScore> references) {}

    /** Before the query's own: the last one gives the frames' memory back. */
    private CompletableFuture<List<MatchScore>> references(
            Lease lease, List<Reference> references, Decoded decoded) {
        if (references.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        List<Content> contents = decoded.contents();
        String candidate = ReferenceScores.id(contents.get(0));
        String model = lease.model().info().fingerprint();
        List<CompletableFuture<MatchScore>> scores = new ArrayList<>();
        for (Reference reference : references) {
            String text = reference.text();
            MatchScore known = room.references().get(model, candidate, text);
            scores.add(
                    known != null
                            ? CompletableFuture.completedFuture(known)
                            : score(lease, reference.match(), new Decoded(contents, null, null))
                                    .thenApply(
                                            score -> {
                                                room.references()
                                                        .put(model, candidate, text, score);
                                                return score;
                                            }));
        }
        return CompletableFuture.allOf(scores.toArray(CompletableFuture[]::new))
                .whenComplete(
                        (all, failure) -> {
                            if (failure != null) {
                                decoded.close();
                            }
                        })
                .thenApply(all -> scores.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<MatchScore> score(Lease lease, Forward.Match match, Decoded decoded) {
        return room.ask(
                flight,
                lease,
                decoded,
                match,
                new Job.Input<>(decoded.contents().get(0), Lane.QUERY));
    }

    /** A bad candidate is an outcome; anything else ends the call at once. */
    private Outcome outcome(Judged judged, Throwable failure) {
        if (failure == null) {
            return judged(judged.score(), judged.references());
        }
        InferenceException told = Failures.of(failure, "match");
        if (told.kind() != Kind.BAD_INPUT && told.kind() != Kind.UNREADABLE) {
            flight.fail(told);
            throw new CompletionException(told);
        }
        return refused(told);
    }

    private Outcome judged(MatchScore score, List<MatchScore> references) {
        room.meter(call.modelId()).matched();
        return new Outcome(score, references, null);
    }

    private Outcome refused(InferenceException why) {
        room.meter(call.modelId()).match().failed(why);
        return new Outcome(null, List.of(), why.getMessage());
    }

    private MatchResult result(Lease lease, List<CompletableFuture<Outcome>> outcomes) {
        room.meter(call.modelId()).match().answered(room.nanoTime() - startNanos);
        return new MatchResult(
                lease.model().info(), outcomes.stream().map(CompletableFuture::join).toList());
    }
}
