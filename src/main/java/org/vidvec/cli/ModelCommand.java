package org.vidvec.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidvec model}: what a folder is, and whether a node could use it. */
@Command(
        name = "model",
        description = {
            "Print what a checkpoint folder is, what it takes, and what is missing or wrong.",
            "Loads it and runs it once, unless told not to; fails if anything is wrong."
        })
final class ModelCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "Folder of a checkpoint.")
    private Path folder;

    @Option(names = "--no-load", description = "Look at the files only.")
    private boolean noLoad;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws CommandException {
        Path absolute = folder.toAbsolutePath().normalize();
        if (Files.isDirectory(absolute) == false) {
            throw new CommandException(
                    "there is no folder [" + absolute + "]; give that of a checkpoint");
        }
        ModelReport report;
        try {
            NativeLibraries natives = NativeLibraries.fromSystemProperty();
            report = ModelReport.of(natives, absolute, noLoad == false);
        } catch (NativeLibraryException e) {
            throw new CommandException(e.getMessage(), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Gson gson = new GsonBuilder().disableHtmlEscaping().create();
            out.println(gson.toJson(report));
        } else {
            report.lines().forEach(out::println);
        }
        out.flush();
        return report.wrong().isEmpty() ? 0 : 1;
    }
}
