package org.vidvec.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import org.vidvec.quality.CaptionMap;
import org.vidvec.quality.QualityException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidvec map}: a picture of how media and captions lie to each other. */
@Command(
        name = "map",
        description = {
            "Draw the media of SET and their first captions by t-SNE, in 20 groups of captions:",
            "circles for media, crosses for captions, a line between the two. SET as for eval."
        })
final class MapCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SET", description = "What to draw.")
    private String set;

    @Mixin private MeasuredModel model;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where map.png, map.jsonl and the vectors go; default here.")
    private Path out;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter to = spec.commandLine().getOut();
        try (StageProgress progress = new StageProgress(spec.commandLine().getErr())) {
            NativeLibraries natives = NativeLibraries.fromSystemProperty();
            CaptionMap.Drawn drawn =
                    new CaptionMap(
                                    model.order(set, MeasuredModel.Stage.PLAIN),
                                    natives,
                                    out,
                                    progress)
                            .run();
            drawn.write(out);
            to.printf(
                    Locale.ROOT,
                    "%d points, divergence %.4f%n",
                    drawn.documents().size(),
                    drawn.divergence());
            to.flush();
            return 0;
        } catch (IOException e) {
            throw new CommandException("can't write to [" + out + "]: " + e, e);
        } catch (QualityException | ModelException | NativeLibraryException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }
}
