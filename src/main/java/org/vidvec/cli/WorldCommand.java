package org.vidvec.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidvec.media.MediaException;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import org.vidvec.world.FrameSize;
import org.vidvec.world.RetrievalSet.TooManyException;
import org.vidvec.world.Split;
import org.vidvec.world.WorldFiles;
import org.vidvec.world.WorldOrder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vidvec world}: generated videos, images and pages of which everything is known. */
@Command(
        name = "world",
        description = {
            "Write generated videos (WebM), images (PNG) and pages (PDF), and a manifest.json with",
            "captions, questions, matches and moments that are exactly true of them."
        })
final class WorldCommand implements Callable<Integer> {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "A folder without a manifest.json; made if it is not there.")
    private Path folder;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same number gives the same files; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "test",
            description =
                    "train, validation or test: no scene is in two; default ${DEFAULT-VALUE}.")
    private Split split;

    @Option(
            names = "--clips",
            paramLabel = "N",
            defaultValue = "20",
            description = "Videos of 3 seconds; default ${DEFAULT-VALUE}.")
    private int clips;

    @Option(
            names = "--long",
            paramLabel = "N",
            defaultValue = "2",
            description = "Videos of several events; default ${DEFAULT-VALUE}.")
    private int longVideos;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "5",
            description = "Still pictures; default ${DEFAULT-VALUE}.")
    private int images;

    @Option(
            names = "--pages",
            paramLabel = "N",
            defaultValue = "5",
            description = "Signs, charts and tables; default ${DEFAULT-VALUE}.")
    private int pages;

    @Option(
            names = "--composed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Pairs of further videos and what differs; default ${DEFAULT-VALUE}.")
    private int composed;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            defaultValue = "320x240",
            description = "Of videos and images, in pixels; default ${DEFAULT-VALUE}.")
    private String size;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws CommandException {
        WorldOrder order = order();
        if (Files.exists(folder.resolve(WorldFiles.MANIFEST))) {
            throw new CommandException(
                    "there is a ["
                            + WorldFiles.MANIFEST
                            + "] in ["
                            + folder
                            + "] already; name another folder or remove it");
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            NativeLibraries natives = NativeLibraries.fromSystemProperty();
            long bytes;
            try (Progress progress = new Progress(err, "files", order.files())) {
                bytes = new WorldFiles(natives, order, folder, () -> progress.step(1)).write();
            }
            err.printf(
                    Locale.ROOT,
                    "%d files of the %s split, %.1f MB, in [%s]%n",
                    order.files(),
                    split,
                    bytes / 1e6,
                    folder);
            return 0;
        } catch (TooManyException e) {
            throw new CommandException("[--clips]: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandException("can't write to [" + folder + "]: " + e, e);
        } catch (MediaException | NativeLibraryException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    private WorldOrder order() {
        notNegative("--clips", clips);
        notNegative("--long", longVideos);
        notNegative("--images", images);
        notNegative("--pages", pages);
        notNegative("--composed", composed);
        Matcher parts = SIZE.matcher(size);
        if (parts.matches() == false) {
            throw refused("[--size] is [" + size + "]; it must be like [320x240]");
        }
        try {
            FrameSize pixels =
                    new FrameSize(
                            Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
            return new WorldOrder(seed, split, clips, longVideos, images, pages, composed, pixels);
        } catch (IllegalArgumentException e) {
            throw refused("[--size]: " + e.getMessage());
        }
    }

    private void notNegative(String option, int value) {
        if (value < 0) {
            throw refused("[" + option + "] is [" + value + "]; it must be 0 or more");
        }
    }

    private CommandLine.ParameterException refused(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
