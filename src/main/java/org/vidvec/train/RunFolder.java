package org.vidvec.train;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;

/**
 * The folder of a run: {@code run.json} with what is in force, {@code log.jsonl} with a line a
 * step, {@code checkpoints} with the last two. A checkpoint is there whole or not at all.
 */
final class RunFolder {

    private static final System.Logger LOGGER = System.getLogger(RunFolder.class.getName());
    private static final int KEPT = 2;
    private static final String RUN = "run.json";
    private static final String LOG = "log.jsonl";
    private static final String CHECKPOINTS = "checkpoints";
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

    /** Writes into a folder that is not yet a checkpoint. */
    @FunctionalInterface
    interface Writer {
        void write(Path folder) throws IOException, EngineException, CheckpointException;
    }

    /**
     * Writes a checkpoint and drops all but the last two.
     *
     * @throws TrainingException if it can't be written; those before are as they were
     */
    void save(int step, Writer writer) throws TrainingException, EngineException {
        Path whole = checkpoint(step);
        Path fresh = whole.resolveSibling(whole.getFileName() + ".part");
        try {
            delete(fresh);
            Files.createDirectories(fresh);
            writer.write(fresh);
            Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE);
            List<Path> all = checkpoints();
            for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
                delete(old);
            }
        } catch (IOException | CheckpointException e) {
            dropPart(fresh);
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

    /** Gives its room back, if that can be done; what is left of it is taken for nothing. */
    private static void dropPart(Path fresh) {
        try {
            delete(fresh);
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "can''t delete [{0}]: {1}", fresh, e);
        }
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

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
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
