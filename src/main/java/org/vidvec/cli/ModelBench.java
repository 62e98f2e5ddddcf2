package org.vidvec.cli;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import picocli.CommandLine.Option;

/** The options that all benches of a model have, and how their rows are told. */
final class ModelBench {

    /**
     * What is measured.
     *
     * @param <R> a row, whose fields are its JSON
     */
    interface Work<R> {

        /** Answers one JSON job a line, as src/bench/README.md tells. */
        void serve(NativeLibraries natives, BufferedReader in, PrintWriter out) throws Exception;

        /** Measures row by row. */
        void measure(NativeLibraries natives, Consumer<R> rows) throws Exception;

        /** Above the rows. */
        String heading();

        /** A row as it is printed. */
        String line(R row);

        /** Adds what is said of all rows. */
        void describe(JsonObject all);
    }

    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "Folder of a checkpoint; vidvec bench checkpoint makes one.")
    private Path model;

    @Option(names = "--threads", paramLabel = "N", description = "Default one per core.")
    private int threads;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "7", description = "That count.")
    private int runs;

    @Option(names = "--warmups", paramLabel = "N", defaultValue = "2", description = "Before them.")
    private int warmups;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--jobs",
            description = "Do what standard input says, one JSON job a line: src/bench/README.md.")
    private boolean jobs;

    /**
     * The checkpoint's folder.
     *
     * @throws CommandException if there is none
     */
    Path folder() throws CommandException {
        Path folder = model.toAbsolutePath().normalize();
        if (Files.isDirectory(folder) == false) {
            throw new CommandException(
                    "there is no folder [" + folder + "]; give that of a checkpoint");
        }
        return folder;
    }

    int threads() {
        return threads;
    }

    int runs() {
        return runs;
    }

    int warmups() {
        return warmups;
    }

    /** Serves jobs or prints rows, as the options say. */
    <R> int run(PrintWriter out, Work<R> work) throws Exception {
        try {
            NativeLibraries natives = NativeLibraries.fromSystemProperty();
            if (jobs) {
                work.serve(
                        natives,
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                        out);
            } else if (json) {
                printJson(natives, out, work);
            } else {
                printLines(natives, out, work);
            }
            out.flush();
            return 0;
        } catch (ModelException
                | CheckpointException
                | EngineException
                | NativeLibraryException
                | IllegalArgumentException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    private <R> void printJson(NativeLibraries natives, PrintWriter out, Work<R> work)
            throws Exception {
        JsonArray rows = new JsonArray();
        work.measure(natives, row -> rows.add(new Gson().toJsonTree(row)));
        JsonObject all = new JsonObject();
        all.addProperty("model", folder().toString());
        work.describe(all);
        all.add("rows", rows);
        out.println(all);
    }

    private static <R> void printLines(NativeLibraries natives, PrintWriter out, Work<R> work)
            throws Exception {
        out.println(work.heading());
        work.measure(
                natives,
                row -> {
                    out.println(work.line(row));
                    out.flush();
                });
    }
}
