package org.vidvec.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.util.List;

/**
 * A network compiled from TorchScript source, with its weights. Several threads may call it at
 * once; closing it waits for them.
 */
public final class TorchModule implements AutoCloseable {

    private final TorchEngine engine;
    private final String name;
    private final PtNDManager manager;
    private final PtSymbolBlock block;
    private final NativeGuard guard;

    private TorchModule(TorchEngine engine, String name, PtNDManager manager, PtSymbolBlock block) {
        this.engine = engine;
        this.name = name;
        this.manager = manager;
        this.block = block;
        this.guard = new NativeGuard("module [" + name + "]");
    }

    /**
     * Compiles source blocks; about 10 ms. Names and types are checked now, not at the first call.
     *
     * @param className the module's class, defined in one of the blocks
     * @param blocks file names in {@code src/main/resources/graphs}
     * @throws EngineException if a block is missing or does not compile
     */
    public static TorchModule compile(TorchEngine engine, String className, List<String> blocks)
            throws EngineException {
        byte[] archive = TorchScriptArchive.of(className, GraphSource.join(blocks));
        return NativeCall.run(
                "compile [" + className + "]",
                () -> {
                    PtNDManager manager = engine.newManager();
                    try {
                        engine.enter();
                        PtSymbolBlock block =
                                JniUtils.loadModule(
                                        manager, new ByteArrayInputStream(archive), true, false);
                        return new TorchModule(engine, className, manager, block);
                    } catch (Throwable t) {
                        manager.close();
                        throw t;
                    }
                });
    }

    /** Begins a call of a method in inference mode. */
    public TorchCall call(String method) {
        return new TorchCall(this, method);
    }

    /** Begins a call of a method whose results can be derived. */
    public GradientCall gradientCall(String method) {
        return new GradientCall(this, method);
    }

    /**
     * Maps weights into the module, under their names, without copying where the type stays and the
     * device is the CPU. The module must have {@code map_file} and {@code put_mapped} of {@code
     * weights.py}.
     *
     * @param dtype what to convert to; null: as stored
     * @return bytes that they take in memory
     * @throws CheckpointException if a weight holds NaN or infinity, or would in {@code dtype}
     * @throws EngineException if a file can't be mapped or memory is short
     */
    public long mapWeights(List<WeightEntry> weights, DType dtype, Device device)
            throws CheckpointException, EngineException {
        return mapWeights(weights, dtype, WeightForm.PLAIN, device);
    }

    /**
     * The same with matrices in a form of their own; the module must also have {@code pack} and
     * {@code put_packed}.
     *
     * @param form for a CPU; on a GPU only {@link WeightForm#PLAIN}
     */
    public long mapWeights(List<WeightEntry> weights, DType dtype, WeightForm form, Device device)
            throws CheckpointException, EngineException {
        return new WeightMapper(this, dtype, form, device).map(weights);
    }

    /**
     * Runs a method outside inference mode: what inference mode makes can't take part in training.
     * Numbers and texts go in as arrays, and a whole number comes back.
     */
    long runPlain(String method, PtNDManager scope, NDArray... arguments) throws EngineException {
        return locked(
                "put weights into [" + name + "]",
                () -> {
                    NDArray methodName = scope.create(0L);
                    methodName.setName("module_method:" + method);
                    NDList list = new NDList(arguments);
                    list.add(methodName);
                    try (NDList result = IValueUtils.forward(block, list, true)) {
                        return result.singletonOrThrow().toLongArray()[0];
                    }
                });
    }

    /** Runs native code while the module can't be closed. */
    <T> T locked(String doing, NativeCall.Body<T> body) throws EngineException {
        return guard.run(
                doing,
                () -> {
                    engine.enter();
                    return body.run();
                });
    }

    TorchEngine engine() {
        return engine;
    }

    PtSymbolBlock block() {
        return block;
    }

    String name() {
        return name;
    }

    /** Frees the module and its weights once the running calls are through. */
    @Override
    public void close() {
        guard.close(manager::close);
    }
}
