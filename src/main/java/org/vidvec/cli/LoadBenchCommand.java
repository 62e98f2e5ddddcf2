package org.vidvec.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.FolderModelRepository;
import org.vidvec.model.LoadedModel;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vidvec bench load}: what loading a checkpoint takes, by the kernel's own count. */
@Command(
        name = "load",
        description = {
            "Load a checkpoint on the CPU, embed a text, and print seconds and the largest resident",
            "memory of this process over what it had before, beside the bytes of the weights."
        })
final class LoadBenchCommand implements Callable<Integer> {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    // of Linux' proc(5): the peak starts anew at what is resident now
    private static final String RESET_PEAK = "5";

    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "Folder of a checkpoint.")
    private Path folder;

    @Option(names = "--threads", defaultValue = "0", description = "0 for one per core.")
    private int threads;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try {
            Map<String, Object> report = measure();
            if (json) {
                Gson gson = new GsonBuilder().disableHtmlEscaping().create();
                spec.commandLine().getOut().println(gson.toJson(report));
            } else {
                report.forEach(
                        (k, v) ->
                                spec.commandLine()
                                        .getOut()
                                        .printf(Locale.ROOT, "%-18s %s%n", k, v));
            }
            spec.commandLine().getOut().flush();
            return 0;
        } catch (IOException | ModelException | NativeLibraryException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    private Map<String, Object> measure()
            throws IOException, ModelException, NativeLibraryException {
        Path absolute = folder.toAbsolutePath().normalize();
        NativeLibraries natives = NativeLibraries.fromSystemProperty();
        FolderModelRepository repository =
                new FolderModelRepository(absolute.getParent(), natives, "cpu", threads);
        String id = absolute.getFileName().toString();
        // the weights are read for the fingerprint, which keeps none of them
        repository.describe(id);
        System.gc();
        Files.write(CLEAR, RESET_PEAK.getBytes(StandardCharsets.US_ASCII));
        long before = kilobytes("VmRSS") << 10;
        Stopwatch watch = new Stopwatch();
        try (LoadedModel model = repository.load(id)) {
            watch.lap("load");
            Content text = new Content.Text("water runs over stones");
            EmbedInput input = new EmbedInput(List.of(text), EmbedInput.Role.QUERY, null);
            int dims = model.embedder().embed(List.of(input)).get(0).vector().length;
            watch.lap("first_embedding");
            long peak = (kilobytes("VmHWM") << 10) - before;
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("dtype", model.info().dtype());
            report.put("seconds", watch.seconds());
            report.put("weights_bytes", model.memoryBytes());
            report.put("peak_bytes", peak);
            report.put("peak_over_weights", (double) peak / model.memoryBytes());
            report.put("anonymous_bytes", kilobytes("RssAnon") << 10);
            report.put("mapped_bytes", kilobytes("RssFile") << 10);
            report.put("dims", dims);
            return report;
        }
    }

    private static long kilobytes(String field) throws IOException {
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(field + ":")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no [" + field + "] in [" + STATUS + "]");
    }
}
