package org.vidvec.eval;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.vidvec.engine.CheckpointException;
import org.vidvec.model.ModelException;
import org.vidvec.model.ModelParts;
import org.vidvec.natives.NativeLibraries;

/**
 * Compares with every tensor of every fixture in a folder. A fixture holds a {@code checkpoint} and
 * {@code cases} that another implementation computed on it; beside them there may be {@code
 * preprocessing} and others.
 */
public final class ParityRun {

    private static final String CHECKPOINT = "checkpoint";
    private static final String WHOLE = "(all of it)";
    private static final String JSON = ".json";
    private static final String TENSORS = ".safetensors";

    private final NativeLibraries natives;
    private final int threads;
    private final Consumer<Check> checks;

    /**
     * @param threads that one operation uses; 0 for one per core
     * @param checks gets each check when it is done
     */
    public ParityRun(NativeLibraries natives, int threads, Consumer<Check> checks) {
        this.natives = natives;
        this.threads = threads;
        this.checks = checks;
    }

    /**
     * Runs all fixtures in a folder, or the one that it is. What can't be run is a check that
     * failed, and the others go on.
     *
     * @throws IOException if the folder can't be listed
     */
    public void run(Path folder) throws IOException {
        if (isFixture(folder)) {
            fixture(folder);
        } else if (isTable(folder)) {
            beside(folder);
        } else {
            for (Path each : list(folder)) {
                if (isFixture(each)) {
                    fixture(each);
                } else if (Files.isDirectory(each)) {
                    beside(each);
                }
            }
        }
    }

    /** A part of a fixture. */
    @FunctionalInterface
    private interface Part {
        void run() throws CheckpointException, IOException, ModelException;
    }

    private void guarded(String fixture, String name, Part part) {
        try {
            part.run();
        } catch (CheckpointException | IOException | ModelException e) {
            checks.accept(Exact.check(fixture, name, WHOLE, false, e.getMessage()));
        } catch (RuntimeException e) {
            checks.accept(Exact.check(fixture, name, WHOLE, false, e.toString()));
        }
    }

    private static boolean isTable(Path folder) {
        return PreprocessingChecks.isIn(folder) || Files.exists(folder.resolve(LossChecks.FILE));
    }

    /** What a folder without a checkpoint holds says what it is, not its name. */
    private void beside(Path folder) {
        String name = folder.getFileName().toString();
        guarded(
                name,
                "",
                () -> {
                    if (PreprocessingChecks.isIn(folder)) {
                        new PreprocessingChecks(folder, checks).run();
                    } else if (Files.exists(folder.resolve(LossChecks.FILE))) {
                        new LossChecks(name, checks).run(natives, threads, folder);
                    } else {
                        uncheckedTensors(name, "", folder, "not offered");
                    }
                });
    }

    private static boolean isFixture(Path folder) {
        return Files.isDirectory(folder.resolve(CHECKPOINT));
    }

    private void fixture(Path folder) {
        String name = folder.getFileName().toString();
        guarded(name, "tokenizer", () -> new TokenizerChecks(name, checks).run(natives, folder));
        guarded(
                name,
                "",
                () -> {
                    Path checkpoint = folder.resolve(CHECKPOINT);
                    String type = ModelParts.modelType(checkpoint);
                    if (ModelParts.isKnown(checkpoint)) {
                        known(name, folder);
                    } else {
                        unknown(name, folder, "no family [" + type + "]");
                    }
                });
    }

    private void known(String name, Path folder) throws IOException, ModelException {
        try (ModelParts parts = ModelParts.open(natives, folder.resolve(CHECKPOINT), threads)) {
            for (Path part : list(folder)) {
                String kind = part.getFileName().toString();
                guarded(name, kind, () -> part(name, kind, part, parts));
            }
        }
    }

    private void part(String name, String kind, Path part, ModelParts parts)
            throws CheckpointException, IOException, ModelException {
        switch (kind) {
            case "cases" -> cases(name, "", part, parts, null);
            case "lora" -> lora(name, part, parts);
            case "training" -> training(name, part, parts);
            case CHECKPOINT -> {}
            default -> {
                if (Files.exists(part.resolve(KvFormerChecks.CONFIG))) {
                    new KvFormerChecks(name, parts, checks).run(part);
                } else {
                    uncheckedTensors(name, kind + "/", part, "nothing of the kind is offered");
                }
            }
        }
    }

    private void unknown(String name, Path folder, String reason)
            throws CheckpointException, IOException {
        for (Path part : list(folder)) {
            String kind = part.getFileName().toString();
            String before = kind.equals("cases") ? "" : kind + "/";
            uncheckedTensors(name, before, part, reason);
            uncheckedTensors(name, before, part.resolve("cases"), reason);
        }
    }

    private void lora(String name, Path lora, ModelParts parts) throws IOException {
        for (Path adapter : list(lora)) {
            String folder = adapter.getFileName().toString();
            if (Files.exists(adapter.resolve("adapter_config.json"))) {
                cases(name, "lora/" + folder + "/", lora.resolve("cases"), parts, adapter);
            }
        }
    }

    private void training(String fixture, Path folder, ModelParts parts) throws IOException {
        for (Path file : list(folder)) {
            if (isCase(file)) {
                guarded(
                        fixture,
                        "training/" + caseName(file),
                        () ->
                                new TrainingChecks(
                                                ParityCase.open(fixture, "training/", file), checks)
                                        .run(parts));
            }
        }
    }

    private void cases(String fixture, String before, Path folder, ModelParts parts, Path adapter)
            throws IOException {
        try (Networks networks = new Networks(parts, adapter)) {
            for (Path file : list(folder)) {
                guarded(
                        fixture,
                        before + caseName(file),
                        () -> {
                            if (isCase(file)) {
                                ParityCase parityCase = ParityCase.open(fixture, before, file);
                                new CaseChecks(parityCase, networks, checks).run();
                            } else if (Files.exists(json(file)) == false) {
                                skip(fixture, before, file, "no JSON says how it was made");
                            }
                        });
            }
        }
    }

    private void uncheckedTensors(String fixture, String before, Path folder, String reason)
            throws CheckpointException, IOException {
        for (Path file : list(folder)) {
            // weights have no JSON of their own beside them
            if (file.toString().endsWith(TENSORS) && Files.exists(json(file))) {
                skip(fixture, before, file, reason);
            }
        }
    }

    private void skip(String fixture, String before, Path file, String reason)
            throws CheckpointException, IOException {
        if (file.toString().endsWith(TENSORS)) {
            Reference tensors = Reference.open(file);
            String name = before + caseName(file);
            ParityCase parityCase = new ParityCase(fixture, name, new JsonObject(), tensors);
            new Comparison(parityCase, checks).skip(reason);
        }
    }

    private static Path json(Path tensors) {
        return tensors.resolveSibling(caseName(tensors) + JSON);
    }

    private static String caseName(Path file) {
        return file.getFileName().toString().replaceFirst("\\.(json|safetensors)$", "");
    }

    /** Whether a file says how a case was made: its tensors lie beside it. */
    static boolean isCase(Path file) {
        return file.toString().endsWith(JSON)
                && file.getFileName().toString().equals(KvFormerChecks.CONFIG) == false;
    }

    /** What is in a folder, sorted by name; nothing if there is none. */
    static List<Path> list(Path folder) throws IOException {
        if (Files.isDirectory(folder) == false) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }
}
