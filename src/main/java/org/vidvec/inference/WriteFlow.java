package org.vidvec.inference;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.vidvec.media.Sampling;
import org.vidvec.model.Writer;

/** The way of one call for a text: a place, the model, its frames, a batch, the answer. */
final class WriteFlow {

    private final EngineRoom room;
    private final WriteCall call;
    private final Flight<WriteResult> flight;
    private final DecodeTask task;
    private final long startNanos;

    WriteFlow(EngineRoom room, WriteCall call) {
        this.room = room;
        this.call = call;
        this.startNanos = room.nanoTime();
        this.flight = room.open(call.modelId(), call.timeout(), ModelMeter::write);
        // a person waits, but a text takes as long as many vectors
        this.task = new DecodeTask(call.items(), Lane.DOCUMENT, DecodeTask.Use.CONTENTS);
        room.own(flight, task);
    }

    CompletableFuture<WriteResult> start() {
        room.board(flight, call.modelId(), "input", call.items(), List.of())
                .thenCompose(this::answer)
                .whenComplete((result, failure) -> flight.finish(result, failure, "write"));
        return flight.future();
    }

    private CompletableFuture<WriteResult> answer(Lease lease) {
        Sampling sampling = call.sampling();
        task.sampling(sampling == null ? lease.model().info().sampling() : sampling);
        return room.decode(flight, task)
                .thenCompose(decoded -> write(lease, decoded))
                .thenApply(
                        written -> {
                            ModelMeter meter = room.meter(call.modelId());
                            // it has come this far: the task is answered
                            meter.written(task.answer().join().counted(), written.tokens());
                            meter.write().answered(room.nanoTime() - startNanos);
                            return new WriteResult(written, lease.model().info());
                        });
    }

    private CompletableFuture<Writer.Written> write(Lease lease, Decoded decoded) {
        Writer.Task input =
                new Writer.Task(decoded.contents(), call.question(), call.pieces(), flight::isDone);
        return room.ask(
                flight,
                lease,
                decoded,
                new Forward.Write(call.options()),
                new Job.Input<>(input, task.lane()));
    }
}
