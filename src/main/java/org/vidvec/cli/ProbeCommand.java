package org.vidvec.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.vidvec.action.MediaSources;
import org.vidvec.media.Clip;
import org.vidvec.media.FileSource;
import org.vidvec.media.Frame;
import org.vidvec.media.FrameStrip;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.MediaSource;
import org.vidvec.media.Sampling;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidvec probe}: what a node makes of a media file, or why it refuses it. */
@Command(
        name = "probe",
        description = {
            "Print what a media file is and the frames a node would take from it, or why a node",
            "refuses it; then the exit code is 2."
        })
final class ProbeCommand implements Callable<Integer> {

    private static final int REFUSED = 2;

    @Parameters(
            paramLabel = "FILE|URI",
            description = "A file, or a location as a request to a node may hold it.")
    private String location;

    @Option(
            names = "--sample",
            paramLabel = "SAMPLING",
            defaultValue = "uniform:8",
            converter = SamplingOption.class,
            description = "Which frames: " + SamplingOption.FORMS + "; default ${DEFAULT-VALUE}.")
    private Sampling sampling;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--thumbnails",
            paramLabel = "DIR",
            description = "Write each frame as a JPEG into this folder.")
    private Path thumbnails;

    @CommandLine.Mixin private DecoderOption decoder;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws CommandException {
        try {
            NativeLibraries natives = NativeLibraries.fromSystemProperty();
            Clip clip = read();
            if (thumbnails != null) {
                writeThumbnails(clip, new FrameStrip(natives));
            }
            print(new ProbeReport(clip));
            return 0;
        } catch (MediaException e) {
            return refused(e.reason().name().toLowerCase(Locale.ROOT), e.getMessage());
        } catch (IllegalArgumentException e) {
            return refused("illegal_argument_exception", e.getMessage());
        } catch (NativeLibraryException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    private Clip read() throws MediaException, CommandException, NativeLibraryException {
        try (MediaSource source = source()) {
            return decoder.backend().read(source, sampling, MediaLimits.DEFAULT);
        } catch (IOException e) {
            throw new CommandException("can't read [" + location + "]: " + e, e);
        }
    }

    /** A file of this machine, which whoever runs the command may read, or what a node reads. */
    private MediaSource source() throws IOException {
        if (isFile(location)) {
            return new FileSource(Path.of(location));
        }
        if (location.indexOf(':') < 0) {
            throw new IllegalArgumentException(
                    "there is no file ["
                            + location
                            + "]; give a file, a data URL [data:video/mp4;base64,...] or a URI");
        }
        return MediaSources.openWithoutNode("input", location, MediaLimits.DEFAULT.maxBytes());
    }

    private static boolean isFile(String location) {
        try {
            return Files.isRegularFile(Path.of(location));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private void writeThumbnails(Clip clip, FrameStrip strip)
            throws MediaException, CommandException {
        try {
            Files.createDirectories(thumbnails);
            for (Frame frame : clip.frames()) {
                String name = String.format(Locale.ROOT, "%06d.jpg", frame.index());
                Files.write(
                        thumbnails.resolve(name),
                        strip.encode(new Clip(clip.info(), List.of(frame))));
            }
        } catch (IOException e) {
            throw new CommandException("can't write into [" + thumbnails + "]: " + e, e);
        }
    }

    private void print(ProbeReport report) {
        if (json) {
            print(report.json());
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        report.lines().forEach(out::println);
        out.flush();
    }

    private int refused(String type, String reason) {
        if (json) {
            JsonObject error = new JsonObject();
            error.addProperty("type", type);
            error.addProperty("reason", reason);
            JsonObject all = new JsonObject();
            all.add("error", error);
            print(all);
        } else {
            PrintWriter err = spec.commandLine().getErr();
            err.println("vidvec: " + reason);
            err.flush();
        }
        return REFUSED;
    }

    private void print(JsonObject object) {
        Gson gson = new GsonBuilder().disableHtmlEscaping().create();
        PrintWriter out = spec.commandLine().getOut();
        out.println(gson.toJson(object));
        out.flush();
    }
}
