package org.vidvec.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.vidvec.fuzz.BadMediaRun;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidvec bench bad-media}: do bad files end as they should, without leaks? */
@Command(
        name = "bad-media",
        description = {
            "Decode a folder of bad files several times round in this JVM, as a node does, after one",
            "round to warm up.",
            "Exit code 1 if an answer is not as its cases.json expects, the network was reached for,",
            "or memory beside the heap grew by more than 5 % from the first round to the last. Each",
            "round tells what memory is made of. MALLOC_ARENA_MAX=1, which ./vidvec sets, keeps",
            "glibc from holding free memory in an arena per thread."
        })
final class BadMediaCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "A folder with bad files and cases.json.")
    private Path folder;

    @Option(names = "--rounds", paramLabel = "N", description = "Default 3.")
    private int rounds = 3;

    @CommandLine.Mixin private DecoderOption decoder;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (Files.exists(folder.resolve("cases.json")) == false) {
            throw new CommandException(
                    "there is no [cases.json] in [" + folder + "]; give a folder with bad files");
        }
        PrintWriter out = spec.commandLine().getOut();
        List<String> faults = new BadMediaRun(folder, decoder.backend(), out::println).run(rounds);
        faults.forEach(fault -> out.println("WRONG: " + fault));
        out.println(faults.isEmpty() ? "all as expected" : faults.size() + " faults");
        out.flush();
        return faults.isEmpty() ? 0 : 1;
    }
}
