package org.vidvec.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.vidvec.backbone.KeyValues;
import org.vidvec.backbone.KvFormer;
import org.vidvec.engine.CheckpointException;
import org.vidvec.media.Frame;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptPart;

/** Times everything that a model is asked for, beside what its products alone take. */
public final class EmbedBench {

    private static final int SIDE = 336;
    private static final int BATCH = 32;
    private static final int SHORTEST = 5;
    private static final int LONGEST = 200;
    private static final int ANSWER = 8;
    private static final double SECOND = 1000;

    private final NativeLibraries natives;
    private final BenchOptions options;

    /**
     * @param options what to measure
     */
    public EmbedBench(NativeLibraries natives, BenchOptions options) {
        this.natives = natives;
        this.options = options;
    }

    /**
     * One thing that was timed.
     *
     * @param what it was
     * @param tokens of the decoder in it
     * @param median_ms half of the runs were faster
     * @param best_ms the fastest run
     * @param p95_ms 95 of 100 runs were faster
     * @param per_second how many of them at the median
     * @param products_gflops what the machine does of this model's products of these sizes, in
     *     billions of operations per second
     * @param fraction_of_peak of that rate at the median
     */
    public record Row(
            String what,
            int tokens,
            double median_ms,
            double best_ms,
            double p95_ms,
            double per_second,
            double products_gflops,
            double fraction_of_peak) {}

    /**
     * Measures.
     *
     * @param rows takes each row when it is there
     * @throws ModelException if the model can't be loaded
     * @throws CheckpointException if its weights can't be listed
     * @throws Exception if the engine fails
     */
    public void run(Consumer<Row> rows) throws Exception {
        try (BenchModel model = BenchModel.load(natives, options)) {
            texts(model, rows);
            pictures(model, rows);
            PreparedSequence video = prepare(model, video());
            layers(model, video, rows);
            if (options.layers() == 0) {
                matches(model, video, rows);
                generation(model, video, rows);
                embeddingTokens(model, video, rows);
            }
        }
    }

    private void texts(BenchModel model, Consumer<Row> rows) throws Exception {
        for (int tokens : IntStream.of(16, options.tokens()).distinct().toArray()) {
            List<PreparedSequence> text = List.of(BenchModel.text(tokens));
            Timing time = time(() -> model.embed(text, 0));
            rows.accept(row("text", time, model, text, 0));
        }
        List<PreparedSequence> batch =
                IntStream.range(0, BATCH)
                        .map(i -> SHORTEST + i * (LONGEST - SHORTEST) / (BATCH - 1))
                        .mapToObj(BenchModel::text)
                        .toList();
        Timing time = time(() -> model.embed(batch, 0));
        rows.accept(row(BATCH + " texts", time, model, batch, 0));
    }

    private void pictures(BenchModel model, Consumer<Row> rows) throws Exception {
        PromptPart image = new PromptPart.Image(Pictures.video(1, SIDE, SIDE).get(0));
        PromptPart video = video();
        Timing one = time(() -> model.embed(List.of(prepare(model, image)), 0));
        rows.accept(row("image, from pixels", one, model, List.of(prepare(model, image)), 0));
        Timing many = time(() -> model.embed(List.of(prepare(model, video)), 0));
        rows.accept(row("video, from pixels", many, model, List.of(prepare(model, video)), 0));
    }

    private PromptPart video() {
        List<Frame> frames = Pictures.video(options.frames(), SIDE, SIDE);
        return new PromptPart.Video(frames);
    }

    private static PreparedSequence prepare(BenchModel model, PromptPart picture) throws Exception {
        return model.prepare(picture, new PromptPart.Text("A man throws a ball for his dog."));
    }

    /** Early exit: the same video read after fewer and fewer layers. */
    private void layers(BenchModel model, PreparedSequence video, Consumer<Row> rows)
            throws Exception {
        int all = model.network().layers();
        for (int layer :
                IntStream.of(all, all * 6 / 7, all / 2, 1)
                        .filter(l -> l > 0)
                        .distinct()
                        .toArray()) {
            Timing time = time(() -> model.embed(List.of(video), layer));
            rows.accept(row("video, layer " + layer, time, model, List.of(video), layer));
        }
    }

    private void matches(BenchModel model, PreparedSequence video, Consumer<Row> rows)
            throws Exception {
        Timing full = time(() -> model.match(List.of(video), List.of()));
        rows.accept(row("match, full", full, model, List.of(video), 0));
        PreparedSequence query = BenchModel.tail(video);
        try (KeyValues memory = model.remember(video)) {
            Timing cached = time(() -> model.match(List.of(query), List.of(memory)));
            rows.accept(row("match, prefix cached", cached, model, List.of(query), 0));
        }
    }

    /** Texts about a video, and the same behind its memory: the first token, and each further. */
    private void generation(BenchModel model, PreparedSequence video, Consumer<Row> rows)
            throws Exception {
        written(model, video, List.of(), "", rows);
        try (KeyValues memory = model.remember(video)) {
            written(model, BenchModel.tail(video), List.of(memory), ", prefix cached", rows);
        }
    }

    private void written(
            BenchModel model,
            PreparedSequence prompt,
            List<KeyValues> before,
            String how,
            Consumer<Row> rows)
            throws Exception {
        List<WrittenAnswer> answers = new ArrayList<>();
        for (int i = -options.warmups(); i < options.runs(); i++) {
            WrittenAnswer answer = model.write(prompt, before, ANSWER);
            if (i >= 0) {
                answers.add(answer);
            }
        }
        Timing first = Timing.of(answers.stream().mapToDouble(WrittenAnswer::firstMillis));
        Timing each = Timing.of(answers.stream().mapToDouble(WrittenAnswer::tokenMillis));
        PreparedSequence token = BenchModel.text(1);
        String name = "generation, ";
        rows.accept(
                row(
                        name + "first token" + how,
                        first,
                        1,
                        prompt.length(),
                        model.products(List.of(prompt), 0, 1)));
        rows.accept(row(name + "a token" + how, each, 1, 1, model.products(List.of(token), 0, 1)));
    }

    /**
     * A batch of videos through the head beside the checkpoint, if there is one, behind so many
     * written tokens (ViLL-E, Table 10). Of the products the head's own are left out.
     */
    private void embeddingTokens(BenchModel model, PreparedSequence video, Consumer<Row> rows)
            throws Exception {
        try (KvFormer head = model.head()) {
            if (head == null) {
                return;
            }
            int n = options.batch();
            List<PreparedSequence> batch = Collections.nCopies(n, video);
            List<PreparedSequence> step = Collections.nCopies(n, BenchModel.text(1));
            ProductRate.Products read = model.products(batch, 0, n);
            ProductRate.Products one = model.products(step, 0, n);
            for (int number : EmbeddingTokens.NUMBERS) {
                EmbeddingTokens way = new EmbeddingTokens(model.ending(), head, number);
                int[] written = way.embed(batch);
                Timing time = time(() -> way.embed(batch));
                int longest = IntStream.of(written).max().orElseThrow();
                rows.accept(
                        row(
                                n + " videos, " + way.name(),
                                time,
                                n,
                                n * video.length() + IntStream.of(written).sum(),
                                read.plus(one.times(longest - 1))));
            }
        }
    }

    private Timing time(Timing.Work work) throws Exception {
        return Timing.of(options.warmups(), options.runs(), work);
    }

    private static Row row(
            String what, Timing time, BenchModel model, List<PreparedSequence> batch, int layer)
            throws Exception {
        int tokens = batch.stream().mapToInt(PreparedSequence::length).sum();
        return row(what, time, batch.size(), tokens, model.products(batch, layer));
    }

    private static Row row(
            String what, Timing time, int count, int tokens, ProductRate.Products products) {
        return new Row(
                what,
                tokens,
                round(time.medianMillis()),
                round(time.bestMillis()),
                round(time.p95Millis()),
                round(count * SECOND / time.medianMillis()),
                round(products.gigaflops()),
                round(products.millis() / time.medianMillis()));
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
