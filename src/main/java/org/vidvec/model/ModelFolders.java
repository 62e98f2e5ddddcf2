package org.vidvec.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vidvec.backbone.LoraAdapter;
import org.vidvec.engine.CheckpointException;

/**
 * Where models lie: in a node the administrator's folder, and behind it that of the plugin. A name
 * is looked for in this order, so that the administrator's folder counts where both have it.
 *
 * @param roots each with a sub-folder per model; need not exist
 */
record ModelFolders(List<Path> roots) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    /** Names of all folders that hold a checkpoint or an adapter, sorted. */
    List<String> ids() {
        TreeSet<String> ids = new TreeSet<>();
        roots.forEach(root -> ids.addAll(ids(root)));
        return List.copyOf(ids);
    }

    private static List<String> ids(Path root) {
        if (Files.isDirectory(root) == false) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(f -> isWhole(f) || LoraAdapter.isIn(f))
                    .map(f -> f.getFileName().toString())
                    .filter(ModelFolders::isId)
                    .toList();
        } catch (IOException e) {
            System.getLogger(ModelFolders.class.getName())
                    .log(System.Logger.Level.WARNING, "can't list [" + root + "]", e);
            return List.of();
        }
    }

    /** Whether a name can be that of a model: no separators, no leading dot. */
    private static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    private static boolean isWhole(Path folder) {
        return Files.exists(folder.resolve(ModelFolder.CONFIG));
    }

    /**
     * A model's folder and that of its base, all that no model does without in them.
     *
     * @throws CheckpointException if the name is not plain, there is no such folder, a file is
     *     missing, or a link leads out
     */
    ModelFolder open(String id) throws CheckpointException {
        ModelFolder folder = locate(id);
        folder.requireFiles();
        return folder;
    }

    /** The same, whatever is missing in them. */
    ModelFolder locate(String id) throws CheckpointException {
        if (isId(id) == false) {
            throw new CheckpointException(
                    "["
                            + id
                            + "] can't be a model's name; use letters, digits, [_], [-] and [.],"
                            + " not beginning with [.] or [-], at most [128]");
        }
        for (Path root : roots) {
            Path path = root.resolve(id);
            if (Files.isDirectory(path)) {
                ModelFolder whole = ModelFolder.whole(id, path);
                return isWhole(path) || LoraAdapter.isIn(path) == false
                        ? whole
                        : whole.over(base(root, id, path));
            }
        }
        throw new CheckpointException(
                "there is no model ["
                        + id
                        + "] in ["
                        + roots.get(0)
                        + "]; there are "
                        + ids()
                        + "; put its folder there");
    }

    /**
     * What an adapter in a folder of its own changes, by the last part of the name that PEFT wrote:
     * beside it first, so that what came together stays together.
     */
    private ModelFolder base(Path root, String id, Path adapter) throws CheckpointException {
        String named = LoraAdapter.baseOf(adapter);
        String name = named.substring(named.lastIndexOf('/') + 1);
        List<Path> order = new ArrayList<>(roots);
        order.remove(root);
        order.add(0, root);
        for (Path each : order) {
            Path path = each.resolve(name);
            if (isId(name) && isWhole(path)) {
                return ModelFolder.whole(name, path);
            }
        }
        throw new CheckpointException(
                "the adapter ["
                        + id
                        + "] names [base_model_name_or_path] ["
                        + named
                        + "] in ["
                        + adapter
                        + "], but there is no checkpoint ["
                        + name
                        + "]; put its folder beside the adapter's, or write its folder's name"
                        + " there");
    }

    /** A message without where the folders lie: whoever sends a request need not know. */
    String withoutPaths(String message) {
        String shown = message;
        for (Path root : roots) {
            Path absolute = root.toAbsolutePath().normalize();
            for (Path path : List.of(ModelFolder.realOr(root), absolute, root)) {
                String folder = path.toString();
                shown = shown.replace(folder + root.getFileSystem().getSeparator(), "");
                shown = shown.replace("[" + folder + "]", "[" + absolute.getFileName() + "]");
            }
        }
        return shown;
    }
}
