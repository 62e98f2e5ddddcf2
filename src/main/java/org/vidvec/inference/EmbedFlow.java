package org.vidvec.inference;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.vidvec.media.Sampling;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.model.Embedding;
import org.vidvec.model.WriteOptions;
import org.vidvec.model.Writer;

/** The way of one embed call: a place, the model, the cache, its frames, a batch, the answer. */
final class EmbedFlow {

    // one object for all calls: they share batches
    private static final Forward.Embed EMBED = new Forward.Embed();

    // as many tokens as the model's card says, the most likely ones
    private static final Forward.Write CAPTION = new Forward.Write(WriteOptions.DEFAULT);

    private final EngineRoom room;
    private final EmbedCall call;
    private final Flight<EmbedResult> flight;
    private final DecodeTask task;
    private final long startNanos;

    EmbedFlow(EngineRoom room, EmbedCall call) {
        this.room = room;
        this.call = call;
        this.startNanos = room.nanoTime();
        this.flight = room.open(call.modelId(), call.timeout(), ModelMeter::embed);
        this.task =
                new DecodeTask(
                        call.items(),
                        Lane.of(call.role()),
                        call.keepFrames()
                                ? DecodeTask.Use.VECTOR_AND_FRAMES
                                : DecodeTask.Use.VECTOR);
        room.own(flight, task);
    }

    CompletableFuture<EmbedResult> start() {
        room.board(flight, call.modelId(), "input", call.items(), List.of())
                .thenCompose(this::answer)
                .whenComplete((result, failure) -> flight.finish(result, failure, "embed"));
        return flight.future();
    }

    private CompletableFuture<EmbedResult> answer(Lease lease) {
        Sampling sampling = call.sampling();
        task.sampling(sampling == null ? lease.model().info().sampling() : sampling);
        MomentsWanted wanted = wanted(lease);
        WindowPass windows =
                wanted == null ? null : new WindowPass(call, wanted, flight, asking(lease));
        task.windows(windows);
        return room.decode(flight, task)
                .thenCompose(
                        decoded ->
                                windows == null
                                        ? vector(lease, decoded)
                                                .thenApply(e -> result(lease, e, List.of()))
                                        : windows.moments()
                                                .whenComplete(
                                                        (moments, failure) -> {
                                                            if (failure != null) {
                                                                decoded.close();
                                                            }
                                                        })
                                                .thenCompose(
                                                        m ->
                                                                withMoments(
                                                                        lease, decoded, wanted,
                                                                        m)));
    }

    /** Of the call; where it says nothing the card's, of a video that stands alone. */
    private MomentsWanted wanted(Lease lease) {
        boolean alone = call.items().size() == 1 && call.items().get(0) instanceof InputItem.Media;
        return call.moments() == null && alone
                ? MomentsWanted.of(lease.model().info().recipe().longVideos())
                : call.moments();
    }

    private WindowPass.Asking asking(Lease lease) {
        return new WindowPass.Asking() {
            @Override
            public CompletableFuture<Embedding> embed(EmbedInput input) {
                return embedWindow(lease, input);
            }

            @Override
            public CompletableFuture<String> caption(List<Content> frames) {
                return captionWindow(lease, frames);
            }
        };
    }

    private CompletableFuture<String> captionWindow(Lease lease, List<Content> frames) {
        Decoded free = new Decoded(frames, null, null);
        Writer.Task about = new Writer.Task(frames, null, piece -> {}, flight::isDone);
        return room.ask(flight, lease, free, CAPTION, new Job.Input<>(about, task.lane()))
                .thenApply(
                        written -> {
                            room.meter(call.modelId())
                                    .written(ModelMeter.Counted.of(frames), written.tokens());
                            return written.text();
                        });
    }

    private CompletableFuture<Embedding> embedWindow(Lease lease, EmbedInput input) {
        Decoded free = new Decoded(input.parts(), null, null);
        return room.ask(flight, lease, free, EMBED, new Job.Input<>(input, task.lane()))
                .whenComplete(
                        (embedding, failure) -> {
                            if (embedding != null) {
                                room.meter(call.modelId()).embeddedMoment();
                            }
                        });
    }

    private CompletableFuture<EmbedResult> withMoments(
            Lease lease, Decoded decoded, MomentsWanted wanted, List<Moment> moments) {
        List<Moment> kept = wanted.keep() ? moments : List.of();
        if (moments.isEmpty()
                || wanted.aggregates(decoded.media().info().durationSeconds()) == false) {
            return vector(lease, decoded).thenApply(e -> result(lease, e, kept));
        }
        decoded.close();
        float[] merged = wanted.aggregate().of(moments.stream().map(Moment::vector).toList());
        // no forward pass of its own, so no tokens
        return CompletableFuture.completedFuture(result(lease, new Embedding(merged, 0), kept));
    }

    private CompletableFuture<Embedding> vector(Lease lease, Decoded decoded) {
        EmbedInput input =
                new EmbedInput(
                        decoded.contents(), call.role(), call.instruction(), call.truncate());
        if (call.role() == Role.DOCUMENT || !task.isText()) {
            return room.ask(flight, lease, decoded, EMBED, new Job.Input<>(input, task.lane()));
        }
        QueryCache.Key key = new QueryCache.Key(lease.model().info().fingerprint(), input);
        Embedding known = room.cache().get(key);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        return room.ask(flight, lease, decoded, EMBED, new Job.Input<>(input, task.lane()))
                .whenComplete(
                        (embedding, failure) -> {
                            if (embedding != null) {
                                room.cache().put(key, embedding);
                            }
                        });
    }

    private EmbedResult result(Lease lease, Embedding embedding, List<Moment> moments) {
        // it has come this far: the task is answered
        Decoded decoded = task.answer().join();
        ModelMeter meter = room.meter(call.modelId());
        meter.embedded(decoded.counted());
        meter.embed().answered(room.nanoTime() - startNanos);
        return new EmbedResult(
                embedding.vector(),
                embedding.tokens(),
                lease.model().info(),
                decoded.media(),
                moments);
    }
}
