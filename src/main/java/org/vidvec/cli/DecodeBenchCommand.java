package org.vidvec.cli;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.vidvec.media.Clip;
import org.vidvec.media.FileSource;
import org.vidvec.media.MediaBackend;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.Sampling;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidvec bench decode}: how long eight uniform frames take, as full-size RGB. */
@Command(
        name = "decode",
        description = {
            "Time 8 uniform frames of each file, from opening it to full-size RGB on the heap.",
            "Prints the median; each file is decoded before it is timed."
        })
final class DecodeBenchCommand implements Callable<Integer> {

    private static final Sampling EIGHT = new Sampling.Uniform(8);

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "A folder with media files; none with --serve.")
    private Path folder;

    @Option(names = "--repeat", paramLabel = "N", description = "Timed decodes; default 5.")
    private int repeat = 5;

    @Option(
            names = "--serve",
            description = {
                "Read file names from standard input and answer each with a line of JSON, so that"
                        + " others can be timed in turn (src/bench/decode_side_by_side.py)."
            })
    private boolean serve;

    @CommandLine.Mixin private DecoderOption decoder;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    /** One decode in milliseconds: by the clock, and of all cores together. */
    private record Time(double wall, double cpu, int frames) {}

    @Override
    public Integer call() throws Exception {
        MediaBackend backend = decoder.backend();
        if (serve) {
            answer(backend);
            return 0;
        }
        if (folder == null || Files.isDirectory(folder) == false) {
            throw new CommandException(
                    "there is no folder [" + folder + "]; give one with media files in it");
        }
        table(backend);
        return 0;
    }

    private void answer(MediaBackend backend) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String file = lines.readLine(); file != null; file = lines.readLine()) {
            JsonObject json = new JsonObject();
            try {
                Time time = time(backend, Path.of(file));
                json.addProperty("wall_ms", time.wall);
                json.addProperty("cpu_ms", time.cpu);
                json.addProperty("frames", time.frames);
            } catch (MediaException e) {
                json.addProperty("error", e.getMessage());
            }
            out.println(json);
            out.flush();
        }
    }

    private void table(MediaBackend backend) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        double wall = 0;
        double cpu = 0;
        for (Path file : files) {
            try {
                Time time = median(backend, file);
                wall += time.wall;
                cpu += time.cpu;
                out.println(row(file.getFileName().toString(), time.wall, time.cpu));
            } catch (MediaException e) {
                out.println("refused: " + e.getMessage());
            }
            out.flush();
        }
        out.println(row("sum", wall, cpu));
        out.flush();
    }

    private static String row(String name, double wall, double cpu) {
        return String.format(Locale.ROOT, "%-28s %8.1f ms %8.1f ms cpu", name, wall, cpu);
    }

    private Time median(MediaBackend backend, Path file) throws IOException, MediaException {
        time(backend, file);
        Time[] times = new Time[Math.max(1, repeat)];
        for (int i = 0; i < times.length; i++) {
            times[i] = time(backend, file);
        }
        Arrays.sort(times, (a, b) -> Double.compare(a.wall, b.wall));
        return times[times.length / 2];
    }

    private static Time time(MediaBackend backend, Path file) throws IOException, MediaException {
        long cpu = cpuNanos();
        long start = System.nanoTime();
        try (FileSource source = new FileSource(file)) {
            Clip clip = backend.read(source, EIGHT, MediaLimits.DEFAULT);
            double wall = (System.nanoTime() - start) / 1e6;
            return new Time(wall, (cpuNanos() - cpu) / 1e6, clip.frames().size());
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }
}
