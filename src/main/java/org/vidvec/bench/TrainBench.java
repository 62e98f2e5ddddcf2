package org.vidvec.bench;

import java.util.function.Consumer;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.prompt.PreparedSequence;

/** Times training steps: of all weights and of low-rank matrices, on texts and on videos. */
public final class TrainBench {

    private static final double SECOND = 1000;

    private final NativeLibraries natives;
    private final TrainBenchOptions options;

    /**
     * @param options what to measure
     */
    public TrainBench(NativeLibraries natives, TrainBenchOptions options) {
        this.natives = natives;
        this.options = options;
    }

    /**
     * One kind of step that was timed.
     *
     * @param what it was
     * @param tokens of the decoder in a step, captions alone included
     * @param median_ms half of the steps were faster
     * @param best_ms the fastest step
     * @param samples_per_second captions learnt at the median
     */
    public record Row(
            String what, int tokens, double median_ms, double best_ms, double samples_per_second) {}

    /**
     * Measures.
     *
     * @param rows takes each row when it is there
     * @throws Exception if the model can't be loaded or the engine fails
     */
    public void run(Consumer<Row> rows) throws Exception {
        for (boolean seeing : new boolean[] {false, true}) {
            for (boolean lora : new boolean[] {false, true}) {
                try (TrainTrial trial = new TrainTrial(natives, options, seeing, lora)) {
                    rows.accept(row(name(seeing, lora), trial));
                }
            }
        }
    }

    private String name(boolean seeing, boolean lora) {
        return (seeing ? "videos" : "texts") + (lora ? ", LoRA " + options.rank() : ", full");
    }

    private Row row(String what, TrainTrial trial) throws Exception {
        Timing time = Timing.of(options.warmups(), options.runs(), trial::step);
        int tokens =
                trial.samples().told().stream().mapToInt(PreparedSequence::length).sum()
                        + trial.samples().words().length;
        return new Row(
                what,
                tokens,
                time.medianMillis(),
                time.bestMillis(),
                options.batch() * SECOND / time.medianMillis());
    }
}
