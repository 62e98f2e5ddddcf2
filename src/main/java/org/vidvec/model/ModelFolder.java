package org.vidvec.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.vidvec.backbone.LoraAdapter;
import org.vidvec.engine.CheckpointException;

/**
 * The folder of one model, checked: nothing in it leads out of the folder that the models lie in.
 *
 * @param id its name
 * @param path where it lies: its card, its adapter and its head
 * @param base where its config, tokenizer and weights lie: the same folder, or for an adapter in a
 *     folder of its own that of the model that it changes
 */
record ModelFolder(String id, Path path, Path base) {

    static final String CONFIG = "config.json";
    static final String TOKENIZER = "tokenizer.json";
    static final String ADAPTER = "adapter";

    /**
     * A folder that is all of a model.
     *
     * @throws CheckpointException if a link leads out
     */
    static ModelFolder whole(String id, Path path) throws CheckpointException {
        ModelFolder folder = new ModelFolder(id, path, path);
        folder.checkLinks();
        return folder;
    }

    /** The same as an adapter of another one. */
    ModelFolder over(ModelFolder other) {
        return new ModelFolder(id, path, other.path);
    }

    /** Whether it is an adapter in a folder of its own. */
    boolean isAdapter() {
        return path.equals(base) == false;
    }

    /** Where a file of it lies that an adapter may have of its own. */
    Path holderOf(String name) {
        return Files.exists(path.resolve(name)) ? path : base;
    }

    /**
     * Where its LoRA adapter lies.
     *
     * @param named by the card; empty for one in this folder or in its {@code adapter}
     * @return null if there is none
     * @throws CheckpointException if the named one is not there or not inside, or a link leads out
     */
    Path adapter(String named) throws CheckpointException {
        if (named.isEmpty()) {
            for (Path folder : List.of(path, path.resolve(ADAPTER))) {
                if (LoraAdapter.isIn(folder)) {
                    return inside(folder);
                }
            }
            return null;
        }
        Path folder = path.resolve(named).normalize();
        if (folder.startsWith(path.normalize()) == false) {
            throw new CheckpointException(
                    "the [adapter] ["
                            + named
                            + "] of ["
                            + ModelCard.FILE
                            + "] is not inside the model folder; put its folder there and give its"
                            + " name");
        }
        return inside(folder);
    }

    private Path inside(Path folder) throws CheckpointException {
        Path root = realOr(path.getParent());
        Path own = path.normalize();
        Path at = folder.normalize();
        while (at != null && at.equals(own) == false) {
            checkLink(at, root);
            at = at.getParent();
        }
        for (String name : LoraAdapter.FILES) {
            checkLink(folder.resolve(name), root);
        }
        return folder;
    }

    /**
     * Its files and those of its base, each sorted by name, with those in sub-folders.
     *
     * @throws CheckpointException if they can't be listed
     */
    List<Path> files() throws CheckpointException {
        List<Path> files = new ArrayList<>();
        for (Path folder : isAdapter() ? List.of(path, base) : List.of(path)) {
            try (Stream<Path> all = Files.walk(folder)) {
                files.addAll(all.filter(Files::isRegularFile).sorted().toList());
            } catch (IOException e) {
                throw new CheckpointException("can't list [" + folder + "]: " + e, e);
            }
        }
        return files;
    }

    /**
     * @throws CheckpointException with all files that no model does without and that are missing
     */
    void requireFiles() throws CheckpointException {
        List<String> problems = new ArrayList<>();
        for (String name : List.of(CONFIG, TOKENIZER)) {
            if (Files.exists(base.resolve(name)) == false) {
                problems.add(
                        "["
                                + name
                                + "] is missing in ["
                                + base
                                + "]; put the whole checkpoint there, as its authors published"
                                + " it");
            }
        }
        CheckpointException.throwIfAny(problems);
    }

    private void checkLinks() throws CheckpointException {
        Path root = realOr(path.getParent());
        checkLink(path, root);
        try (Stream<Path> all = Files.list(path)) {
            for (Path file : all.sorted().toList()) {
                checkLink(file, root);
            }
        } catch (IOException e) {
            throw new CheckpointException("can't list [" + path + "]: " + e, e);
        }
    }

    private static void checkLink(Path file, Path root) throws CheckpointException {
        if (Files.isSymbolicLink(file) && leadsInto(file, root) == false) {
            throw new CheckpointException(
                    "["
                            + file
                            + "] is a link that leads out of ["
                            + root
                            + "] or nowhere; copy what it points at (Hugging Face's cache holds"
                            + " links: download into a folder of its own instead)");
        }
    }

    private static boolean leadsInto(Path link, Path root) {
        try {
            return link.toRealPath().startsWith(root);
        } catch (IOException | RuntimeException e) {
            // inside a node Elasticsearch refuses to resolve what it does not let us read
            return false;
        }
    }

    static Path realOr(Path models) {
        try {
            return models.toRealPath();
        } catch (IOException | RuntimeException e) {
            return models.toAbsolutePath().normalize();
        }
    }
}
