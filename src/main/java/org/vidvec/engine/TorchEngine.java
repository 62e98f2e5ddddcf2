package org.vidvec.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.System.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;

/** libtorch, started once per JVM and never stopped. Thread-safe. */
public final class TorchEngine {

    /** Names a user's own libtorch, for example one for CUDA; wins over the plugin's. */
    public static final String LIBRARY_PATH_VARIABLE = "PYTORCH_LIBRARY_PATH";

    private static final Logger LOG = System.getLogger(TorchEngine.class.getName());

    private static TorchEngine started;

    // libtorch's switches are per thread
    private static final ThreadLocal<Boolean> PREPARED = new ThreadLocal<>();

    private final String version;
    private final EngineOptions options;
    private final List<Device> devices;

    private TorchEngine(String version, EngineOptions options, List<Device> devices) {
        this.version = version;
        this.options = options;
        this.devices = List.copyOf(devices);
    }

    /**
     * Loads the native libraries if that has not been done yet; about half a second. The first
     * call's options count.
     *
     * @throws NativeLibraryException if the plugin has none for this platform or they are damaged
     * @throws EngineException if they don't load
     */
    public static synchronized TorchEngine start(NativeLibraries natives, EngineOptions options)
            throws NativeLibraryException, EngineException {
        if (started == null) {
            String own = System.getenv(LIBRARY_PATH_VARIABLE);
            if (own == null) {
                natives.verify("torch");
            } else {
                checkOwn(natives, own);
            }
            NativeLibraries.setIfAbsent(properties(natives, own));
            started = NativeCall.run("start libtorch", () -> start(options));
            LOG.log(Logger.Level.INFO, "{0}", started);
        }
        return started;
    }

    private static TorchEngine start(EngineOptions options) throws EngineException {
        Engine engine = Engine.getEngine("PyTorch");
        TorchEngine alone = new TorchEngine(engine.getVersion(), options, List.of(Device.CPU));
        alone.enter();
        return new TorchEngine(engine.getVersion(), options, DeviceProbe.devices(alone));
    }

    private static Map<String, String> properties(NativeLibraries natives, String own) {
        Map<String, String> properties = new LinkedHashMap<>(TokenizerProperties.offline());
        if (own == null) {
            properties.put(LIBRARY_PATH_VARIABLE, natives.folder("torch").toString());
        }
        // the only CUDA version that DJL has a JNI library for
        boolean cuda = own != null && hasLibrary(own, "torch_cuda");
        properties.put("PYTORCH_FLAVOR", cuda ? "cu128" : "cpu");
        return properties;
    }

    // DJL would look for its JNI library in a cache or download it
    private static void checkOwn(NativeLibraries natives, String own)
            throws NativeLibraryException {
        for (String library : List.of("torch", "djl_torch")) {
            if (hasLibrary(own, library) == false) {
                throw new NativeLibraryException(
                        "no ["
                                + System.mapLibraryName(library)
                                + "] in ["
                                + own
                                + "], which the environment variable ["
                                + LIBRARY_PATH_VARIABLE
                                + "] names; put the libraries of libtorch 2.7.1 there, and DJL's"
                                + " own from ["
                                + natives.folder("torch-cu128")
                                + "] (CUDA 12.8)"
                                + " or ["
                                + natives.folder("torch")
                                + "] (CPU)");
            }
        }
    }

    private static boolean hasLibrary(String folder, String library) {
        return Files.exists(Path.of(folder, System.mapLibraryName(library)));
    }

    /** libtorch's version. */
    public String version() {
        return version;
    }

    /** What it can compute on: the CPU first, then the GPUs. */
    public List<Device> devices() {
        return devices;
    }

    /**
     * The device of a setting.
     *
     * @param name {@code auto} (the first GPU, or the CPU if there is none), {@code cpu} or {@code
     *     cuda:N}
     * @throws EngineException if it is not there
     */
    public Device device(String name) throws EngineException {
        if (name.equals("auto")) {
            return devices.get(Math.min(1, devices.size() - 1));
        }
        Device wanted = Device.of(name);
        if (devices.contains(wanted) == false) {
            throw new EngineException(
                    "device ["
                            + wanted
                            + "] is not there; this node has "
                            + devices
                            + "; choose one of them or [auto], and for a GPU point the"
                            + " environment variable ["
                            + LIBRARY_PATH_VARIABLE
                            + "] at libtorch "
                            + version
                            + " for CUDA 12.8");
        }
        return wanted;
    }

    /**
     * Does nothing where products of int8 are exact.
     *
     * @throws EngineException if this CPU has none that are
     */
    public void requireInt8() throws EngineException {
        try (ProductBench bench = new ProductBench(this)) {
            if (bench.saturates()) {
                throw new EngineException(
                        "this CPU has no exact products of int8 (avx512_vnni or avx_vnni); remove"
                                + " [quantization] from the card");
            }
        }
    }

    /** A scope for the tensors of one call. */
    public TensorScope scope() throws EngineException {
        return NativeCall.run("open a tensor scope", () -> new TensorScope(newManager()));
    }

    /** Prepares the calling thread; cheap. */
    void enter() {
        if (PREPARED.get() == null) {
            // the graph optimiser costs the first calls dear and gains nothing
            JniUtils.setGraphExecutorOptimize(false);
            if (options.threads() > 0) {
                JniUtils.setNumThreads(options.threads());
            }
            PREPARED.set(true);
        }
    }

    /** Main memory: whatever lies on a GPU is made there, inside a module. */
    PtNDManager newManager() {
        return (PtNDManager) NDManager.newBaseManager(ai.djl.Device.cpu(), "PyTorch");
    }

    @Override
    public String toString() {
        return "libtorch " + version + " on " + new ArrayList<>(devices);
    }
}
