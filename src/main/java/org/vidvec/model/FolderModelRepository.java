package org.vidvec.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.vidvec.backbone.PrefixCache;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineOptions;
import org.vidvec.natives.NativeLibraries;

/**
 * Models as sub-folders of a few folders (in a node {@code config/vidvec/models} and {@code models}
 * of the plugin), each a Hugging Face checkpoint, or a PEFT adapter that names another one, with an
 * optional {@link ModelCard#FILE}. Only JSON and safetensors are read; nothing of a checkpoint is
 * executed.
 */
public final class FolderModelRepository implements ModelRepository {

    /** A description and the state of the folder that it was read from. */
    private record Kept(List<String> state, ModelDescription description) {}

    private final ModelFolders folders;
    private final NativeLibraries natives;
    private final boolean cpu;
    private final PrefixCache prefixCache;
    private final VisionLanguageModelLoader loader;
    private final Fingerprint fingerprint = new Fingerprint();
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    /** Without a memory of how prompts begin: for those who ask once. */
    public FolderModelRepository(Path models, NativeLibraries natives, String device, int threads) {
        this(List.of(models), natives, device, threads, 0);
    }

    /**
     * @param models folders with models, that whose models count first; need not exist
     * @param device {@code auto}, {@code cpu} or {@code cuda:N}; asked for when a model is loaded
     * @param threads that one operation uses on the CPU; 0 for one per core
     * @param prefixBytes native memory for how prompts begin, of all models together; 0 for none
     */
    public FolderModelRepository(
            List<Path> models,
            NativeLibraries natives,
            String device,
            int threads,
            long prefixBytes) {
        this.folders = new ModelFolders(List.copyOf(models));
        this.natives = natives;
        this.cpu = device.startsWith("cuda") == false;
        this.prefixCache = new PrefixCache(prefixBytes);
        this.loader =
                new VisionLanguageModelLoader(
                        natives, new EngineOptions(threads), device, prefixCache);
    }

    @Override
    public List<String> ids() {
        return folders.ids();
    }

    @Override
    public ModelInfo describe(String id) throws ModelException {
        return description(id).info();
    }

    @Override
    public LoadedModel load(String id) throws ModelException {
        ModelDescription description = description(id);
        try {
            return loader.load(description);
        } catch (ModelException e) {
            throw new ModelException(e.kind(), folders.withoutPaths(e.getMessage()));
        }
    }

    /**
     * Everything that is wrong with a model as far as its files tell; empty if nothing is. No
     * weights are read: damaged ones show in {@link #load}.
     */
    public List<String> problems(String id) {
        return ModelProblems.of(folders, id, natives).stream().map(folders::withoutPaths).toList();
    }

    /**
     * Where a model's weights lie: an adapter in a folder of its own has those of its base.
     *
     * @throws ModelException if there is no such model or its base is missing
     */
    public Path weights(String id) throws ModelException {
        try {
            return folders.locate(id).base();
        } catch (CheckpointException e) {
            throw refused(id, e);
        }
    }

    @Override
    public PrefixStats prefixes() {
        PrefixCache.Stats stats = prefixCache.stats();
        return new PrefixStats(
                stats.entries(), stats.bytes(), stats.hits(), stats.misses(), stats.evictions());
    }

    private ModelDescription description(String id) throws ModelException {
        try {
            ModelFolder folder = folders.open(id);
            // one at a time: the weights are read for the fingerprint
            synchronized (locks.computeIfAbsent(id, k -> new Object())) {
                List<String> state = state(folder);
                Kept last = kept.get(id);
                if (last == null || last.state().equals(state) == false) {
                    last = new Kept(state, ModelDescription.read(folder, fingerprint, cpu));
                    kept.put(id, last);
                }
                return last.description();
            }
        } catch (CheckpointException e) {
            throw refused(id, e);
        }
    }

    private ModelException refused(String id, CheckpointException e) {
        return new ModelException(
                ModelException.Kind.CHECKPOINT,
                folders.withoutPaths("model [" + id + "]: " + e.getMessage()));
    }

    private static List<String> state(ModelFolder folder) throws CheckpointException {
        List<String> state = new ArrayList<>();
        for (Path file : folder.files()) {
            try {
                FileTime modified = Files.getLastModifiedTime(file);
                state.add(file + " " + Files.size(file) + " " + modified);
            } catch (IOException e) {
                throw new CheckpointException("can't read [" + file + "]: " + e, e);
            }
        }
        return state;
    }
}
