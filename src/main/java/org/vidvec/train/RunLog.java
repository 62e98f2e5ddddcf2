package org.vidvec.train;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** {@code log.jsonl} of a run: a line a step, the last of which a kill may have cut. */
final class RunLog {

    private final Path file;

    RunLog(Path file) {
        this.file = file;
    }

    /** Forgets what was logged after a step: it will be done again. */
    void rewind(int step) throws TrainingException {
        StringBuilder kept = new StringBuilder();
        for (String line : lines()) {
            StepReport report = read(line);
            if (report != null && report.step() <= step) {
                kept.append(line).append('\n');
            }
        }
        try {
            WholeFile.write(file, kept.toString());
        } catch (IOException e) {
            throw new TrainingException("can't write [" + file + "]: " + e, e);
        }
    }

    /** Adds a line. */
    void add(StepReport report) throws TrainingException {
        try {
            Files.writeString(
                    file,
                    new Gson().toJson(report) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new TrainingException(
                    "can't write ["
                            + file
                            + "]: "
                            + e
                            + "; make room, and the same command goes on at the last checkpoint",
                    e);
        }
    }

    /** All steps whose lines are whole. */
    List<StepReport> steps() throws TrainingException {
        List<StepReport> steps = new ArrayList<>();
        for (String line : lines()) {
            StepReport report = read(line);
            if (report != null) {
                steps.add(report);
            }
        }
        return steps;
    }

    private List<String> lines() throws TrainingException {
        try {
            // a letter may be cut as well
            return Files.exists(file)
                    ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()
                    : List.of();
        } catch (IOException e) {
            throw new TrainingException("can't read [" + file + "]: " + e, e);
        }
    }

    /** Null for a line that was cut, wherever that was. */
    private static StepReport read(String line) {
        try {
            return new Gson().fromJson(line, StepReport.class);
        } catch (JsonParseException e) {
            return null;
        }
    }
}
