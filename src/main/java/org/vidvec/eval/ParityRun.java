package org.vidvec.eval;

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
     * Runs all fixtures in a folder, or the one that it is.
     *
     * @throws CheckpointException if a file of a fixture is missing or unusable, naming it
     * @throws IOException if a file can't be read
     */
    public void run(Path folder) throws CheckpointException, IOException {
        if (isFixture(folder)) {
            fixture(folder);
            return;
        }
        if (PreprocessingChecks.isIn(folder) || Files.exists(folder.resolve("losses.json"))) {
            beside(folder);
            return;
        }
        for (Path each : list(folder)) {
            if (isFixture(each)) {
                fixture(each);
            } else if (Files.isDirectory(each)) {
                beside(each);
            }
        }
    }

    /** What a folder without a checkpoint holds says what it is, not its name. */
    private void beside(Path folder) throws CheckpointException, IOException {
        if (PreprocessingChecks.isIn(folder)) {
            new PreprocessingChecks(folder, checks).run();
        } else if (Files.exists(folder.resolve("losses.json"))) {
            new LossChecks(checks).run(natives, threads, folder);
        } else {
            uncheckedTensors(folder.getFileName().toString(), "", folder, "not offered");
        }
    }

    private static boolean isFixture(Path folder) {
        return Files.isDirectory(folder.resolve("checkpoint"));
    }

    private void fixture(Path folder) throws CheckpointException, IOException {
        String name = folder.getFileName().toString();
        Path checkpoint = folder.resolve("checkpoint");
        new TokenizerChecks(name, checks).run(natives, folder);
        if (ModelParts.isKnown(checkpoint)) {
            try (ModelParts parts = ModelParts.open(natives, checkpoint, threads)) {
                cases(name, "", folder.resolve("cases"), parts, null);
                lora(name, folder.resolve("lora"), parts);
                training(name, folder.resolve("training"), parts);
                if (Files.exists(folder.resolve("kv_former").resolve(KvFormerChecks.CONFIG))) {
                    new KvFormerChecks(name, parts, checks).run(folder.resolve("kv_former"));
                }
            } catch (ModelException e) {
                checks.accept(Exact.check(name, "", "checkpoint", false, e.getMessage()));
            }
        } else {
            String reason = "no family [" + ModelParts.modelType(checkpoint) + "]";
            uncheckedTensors(name, "", folder.resolve("cases"), reason);
            uncheckedTensors(name, "lora/", folder.resolve("lora/cases"), reason);
            uncheckedTensors(name, "training/", folder.resolve("training"), reason);
            uncheckedTensors(name, "kv_former/", folder.resolve("kv_former"), reason);
        }
    }

    private void lora(String name, Path lora, ModelParts parts)
            throws CheckpointException, IOException {
        for (Path adapter : list(lora)) {
            String folder = adapter.getFileName().toString();
            if (Files.exists(adapter.resolve("adapter_config.json"))) {
                cases(name, "lora/" + folder + "/", lora.resolve("cases"), parts, adapter);
            }
        }
    }

    private void training(String fixture, Path folder, ModelParts parts)
            throws CheckpointException, IOException {
        for (Path file : list(folder)) {
            if (isCase(file)) {
                ParityCase parityCase = ParityCase.open(fixture, "training/", file);
                new TrainingChecks(parityCase, checks).run(parts);
            }
        }
    }

    private void cases(String fixture, String before, Path folder, ModelParts parts, Path adapter)
            throws CheckpointException, IOException {
        try (Networks networks = new Networks(parts, adapter)) {
            for (Path file : list(folder)) {
                if (isCase(file)) {
                    ParityCase parityCase = ParityCase.open(fixture, before, file);
                    new CaseChecks(parityCase, networks, checks).run();
                }
            }
        }
    }

    private void uncheckedTensors(String fixture, String before, Path folder, String reason)
            throws CheckpointException, IOException {
        for (Path file : list(folder)) {
            Path json =
                    file.resolveSibling(
                            file.getFileName().toString().replace(".safetensors", ".json"));
            // weights have no JSON of their own beside them
            if (file.toString().endsWith(".safetensors") && Files.exists(json)) {
                new Comparison(ParityCase.open(fixture, before, json), checks).skip(reason);
            }
        }
    }

    /** Whether a file says how a case was made: its tensors lie beside it. */
    static boolean isCase(Path file) {
        return file.toString().endsWith(".json")
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
