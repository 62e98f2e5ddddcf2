package org.vidvec.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vidvec.backbone.LoraAdapter;
import org.vidvec.engine.CheckpointException;

/**
 * The folder of one model, checked: its name is plain and nothing in it leads out of the models
 * folder.
 *
 * @param id its name
 * @param path where it lies
 */
record ModelFolder(String id, Path path) {

    static final String CONFIG = "config.json";
    static final String TOKENIZER = "tokenizer.json";
    static final String ADAPTER = "adapter";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    /** Whether a name can be that of a model: no separators, no leading dot. */
    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /**
     * Opens a model's folder.
     *
     * @param known the models there are, for the message
     * @throws CheckpointException if the name is not plain, there is no such folder, a file is
     *     missing, or a link leads out
     */
    static ModelFolder open(Path models, String id, List<String> known) throws CheckpointException {
        ModelFolder folder = locate(models, id, known);
        folder.requireFiles();
        return folder;
    }

    /** The same, whatever is missing in it. */
    static ModelFolder locate(Path models, String id, List<String> known)
            throws CheckpointException {
        if (isId(id) == false) {
            throw new CheckpointException(
                    "["
                            + id
                            + "] can't be a model's name; use letters, digits, [_], [-] and [.],"
                            + " not beginning with [.] or [-], at most [128]");
        }
        Path path = models.resolve(id);
        if (Files.isDirectory(path) == false) {
            throw new CheckpointException(
                    "there is no model ["
                            + id
                            + "] in ["
                            + models
                            + "]; there are "
                            + known
                            + "; put its folder there");
        }
        ModelFolder folder = new ModelFolder(id, path);
        folder.checkLinks(models);
        return folder;
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
     * Its files, sorted by name, with those in its sub-folders.
     *
     * @throws CheckpointException if they can't be listed
     */
    List<Path> files() throws CheckpointException {
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new CheckpointException("can't list [" + path + "]: " + e, e);
        }
    }

    /**
     * @throws CheckpointException with all files that no model does without and that are missing
     */
    void requireFiles() throws CheckpointException {
        List<String> problems = new ArrayList<>();
        for (String name : List.of(CONFIG, TOKENIZER)) {
            if (Files.exists(path.resolve(name)) == false) {
                problems.add(
                        "["
                                + name
                                + "] is missing in ["
                                + path
                                + "]; put the whole checkpoint there, as its authors published"
                                + " it");
            }
        }
        CheckpointException.throwIfAny(problems);
    }

    private void checkLinks(Path models) throws CheckpointException {
        Path root = realOr(models);
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
