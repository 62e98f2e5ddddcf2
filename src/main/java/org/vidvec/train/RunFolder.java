package org.vidvec.train;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;

/**
 * The folder of a run: {@code run.json} with what is in force, {@code log.jsonl} with a line a
 * step, {@code checkpoints} with the last two, and in the end what was learnt. Each of its folders
 * is there whole, or as it was before.
 */
final class RunFolder {

    /** Matrices of LoRA, as PEFT has them. */
    static final String ADAPTER = "adapter";

    /** A whole model. */
    static final String MODEL = "model";

    private static final int KEPT = 2;
    private static final String RUN = "run.json";
    private static final String LOG = "log.jsonl";
    private static final String CHECKPOINTS = "checkpoints";
    private static final String LOCK = ".lock";
    private static final String RUNNING = ".running";
    private static final String STEP = "step-";

    private final Path folder;

    /**
     * Makes the folder, or opens that of the same run.
     *
     * @param given what the description says itself
     * @throws TrainingException if another run's is there, or it can't be written
     */
    RunFolder(Path folder, JsonObject inForce, JsonObject given) throws TrainingException {
        this.folder = folder;
        Path run = folder.resolve(RUN);
        try {
            if (Files.exists(run)) {
                checkSame(run, inForce, given);
            }
            Files.createDirectories(folder.resolve(CHECKPOINTS));
            settle();
            String text = new GsonBuilder().setPrettyPrinting().create().toJson(inForce);
            WholeFile.write(run, text + "\n");
        } catch (IOException e) {
            throw new TrainingException("can't write into [" + folder + "]: " + e, e);
        }
    }

    private void checkSame(Path run, JsonObject inForce, JsonObject given)
            throws IOException, TrainingException {
        JsonObject before;
        try {
            before = JsonParser.parseString(Files.readString(run)).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new TrainingException(
                    "[" + run + "] is not the description of a run; give another [output]");
        }
        String other = new RunComparison(before, inForce, given).difference();
        if (other != null) {
            throw new TrainingException(
                    "the run in ["
                            + folder
                            + "] was begun with "
                            + other
                            + "; give another [output], or delete that folder");
        }
    }

    /**
     * Keeps the folder for one run until the channel is closed, or the process ends.
     *
     * @throws TrainingException if another run holds it
     */
    FileChannel hold() throws IOException, TrainingException {
        FileChannel channel = open(RUNNING);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            throw running(channel, e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        throw running(channel, null);
    }

    private TrainingException running(FileChannel channel, Exception cause) throws IOException {
        channel.close();
        return new TrainingException(
                "the run in ["
                        + folder
                        + "] goes on elsewhere; wait for its end, or give another [output]",
                cause);
    }

    Path path() {
        return folder;
    }

    /** Step of the last checkpoint; 0 if there is none. */
    int lastStep() throws TrainingException {
        List<Path> all = checkpoints();
        return all.isEmpty() ? 0 : step(all.get(all.size() - 1));
    }

    /** Where a step's checkpoint lies. */
    Path checkpoint(int step) {
        String name = String.format(Locale.ROOT, "%s%08d", STEP, step);
        return folder.resolve(CHECKPOINTS).resolve(name);
    }

    /**
     * Writes a checkpoint and drops all but the last two.
     *
     * @throws TrainingException if it can't be written; those before are as they were
     */
    void save(int step, WholeFolder.Writer writer) throws TrainingException, EngineException {
        Path whole = checkpoint(step);
        try {
            WholeFolder.write(whole, writer);
            List<Path> all = checkpoints();
            for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
                WholeFolder.delete(old);
            }
        } catch (IOException | CheckpointException e) {
            throw new TrainingException(
                    "can't write the checkpoint ["
                            + whole
                            + "]: "
                            + e.getMessage()
                            + "; make room, and the same command goes on after step ["
                            + lastStep()
                            + "], whose checkpoint is whole",
                    e);
        }
    }

    /**
     * Writes a folder of what was learnt, in place of the one before.
     *
     * @return where it lies
     * @throws IOException if it can't be written; the one before is as it was
     */
    Path put(String name, WholeFolder.Writer writer)
            throws IOException, EngineException, CheckpointException {
        Path whole = folder.resolve(name);
        try (FileChannel lock = lock()) {
            lock.lock();
            WholeFolder.write(whole, writer);
        }
        return whole;
    }

    private void settle() throws IOException {
        try (FileChannel lock = lock()) {
            lock.lock();
            for (String name : List.of(ADAPTER, MODEL)) {
                WholeFolder.settle(folder.resolve(name));
            }
        }
    }

    /** Locked by who writes what was learnt: an export may meet the end of its run. */
    private FileChannel lock() throws IOException {
        return open(LOCK);
    }

    private FileChannel open(String name) throws IOException {
        return FileChannel.open(
                folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private List<Path> checkpoints() throws TrainingException {
        try (Stream<Path> all = Files.list(folder.resolve(CHECKPOINTS))) {
            return all.filter(p -> p.getFileName().toString().matches(STEP + "\\d+"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new TrainingException("can't list [" + folder + "]: " + e, e);
        }
    }

    private static int step(Path checkpoint) {
        return Integer.parseInt(checkpoint.getFileName().toString().substring(STEP.length()));
    }

    /** What its steps were. */
    RunLog log() {
        return new RunLog(folder.resolve(LOG));
    }

    /**
     * Draws the log.
     *
     * @throws TrainingException if it can't be read or the picture not be written
     */
    void draw() throws TrainingException {
        Path picture = folder.resolve("curves.svg");
        try {
            WholeFile.write(picture, new Curves(log().steps()).svg());
        } catch (IOException e) {
            throw new TrainingException("can't write [" + picture + "]: " + e, e);
        }
    }
}
