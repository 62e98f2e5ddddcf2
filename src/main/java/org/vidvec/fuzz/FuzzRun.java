package org.vidvec.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.vidvec.media.MediaException;
import org.vidvec.natives.NativeLibraries;

/** Starts a process with a {@link FuzzWorker}, and another one behind the input that killed it. */
public final class FuzzRun {

    /** An input under way for so long hangs; far above the time limit, as machines may be busy. */
    private static final Duration HANG = Duration.ofSeconds(90);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Job job;
    private final List<String> workerCommand;
    private final Consumer<FuzzReport> progress;
    private final FuzzReport report = new FuzzReport();

    /**
     * @param folder with real files
     * @param natives for making an input again that is to be saved
     * @param seed of all inputs
     * @param inputs how many
     * @param time after which no more begin
     * @param save gets the inputs that kill or hang, and the JVM's own reports
     */
    public record Job(
            Path folder,
            NativeLibraries natives,
            long seed,
            long inputs,
            Duration time,
            Path save) {}

    /**
     * @param workerCommand starts a worker, given {@code from to marker} behind it
     * @param progress is told after each thousand inputs
     */
    public FuzzRun(Job job, List<String> workerCommand, Consumer<FuzzReport> progress) {
        this.job = job;
        this.workerCommand = List.copyOf(workerCommand);
        this.progress = progress;
    }

    /**
     * Runs until all inputs are done or the time is over.
     *
     * @throws MediaException if an input that killed the worker can't be made again
     */
    public FuzzReport run() throws IOException, InterruptedException, MediaException {
        Files.createDirectories(job.save);
        Path marker = Files.createTempFile("vidvec-fuzz", ".number");
        long end = System.nanoTime() + job.time.toNanos();
        try {
            long next = 0;
            while (next < job.inputs && System.nanoTime() < end) {
                Ending ending = watch(next, marker, end);
                if (ending == Ending.FINISHED || ending == Ending.TIME) {
                    break;
                }
                long killer = number(marker);
                report.add(ending, save(killer, ending));
                next = killer + 1;
            }
        } finally {
            Files.deleteIfExists(marker);
        }
        return report;
    }

    /** How a worker ended. */
    enum Ending {
        FINISHED,
        TIME,
        CRASH,
        HANG
    }

    private Ending watch(long from, Path marker, long end)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(workerCommand);
        command.addAll(List.of(from + "", job.inputs + "", marker.toString()));
        Files.write(marker, ByteBuffer.allocate(Long.BYTES).putLong(0, from).array());
        Process worker =
                new ProcessBuilder(command)
                        .redirectError(job.save.resolve("worker.log").toFile())
                        .start();
        Thread reader = Thread.startVirtualThread(() -> read(worker));
        try {
            long last = from;
            long since = System.nanoTime();
            while (!worker.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                long now = number(marker);
                since = now == last ? since : System.nanoTime();
                last = now;
                if (System.nanoTime() - since > HANG.toNanos()) {
                    return Ending.HANG;
                }
                if (System.nanoTime() > end) {
                    return Ending.TIME;
                }
            }
            return worker.exitValue() == 0 ? Ending.FINISHED : Ending.CRASH;
        } finally {
            worker.destroyForcibly().waitFor();
            reader.join();
        }
    }

    private void read(Process worker) {
        try (BufferedReader lines = worker.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                FuzzTally tally = FuzzTally.parse(line);
                if (tally != null) {
                    report.add(tally);
                    progress.accept(report);
                }
            }
        } catch (IOException e) {
            // the process was ended; its last thousand inputs are not counted
        }
    }

    private static long number(Path marker) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(marker)).getLong();
    }

    private Path save(long number, Ending ending) throws IOException, MediaException {
        Mutator.Input input =
                new Mutator(job.seed, Corpus.of(job.folder, job.natives)).input(number);
        String name = input.name().replaceAll("[^A-Za-z0-9.]", "_");
        Path file =
                job.save.resolve(
                        ending.name().toLowerCase(java.util.Locale.ROOT)
                                + "-"
                                + job.seed
                                + "-"
                                + number
                                + "-"
                                + name);
        return Files.write(file, input.bytes());
    }
}
