package org.vidvec.engine;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;

import java.util.Arrays;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.natives.NativeLibraries;

/** The engine, scopes and calls, on small modules of our own graphs. */
public class TorchEngineTests extends ESTestCase {

    private static TorchEngine start() throws Exception {
        return TorchEngine.start(NativeLibraries.fromSystemProperty(), new EngineOptions(1));
    }

    private static TorchModule toolbox(TorchEngine engine) throws EngineException {
        return TorchModule.compile(engine, "Toolbox", List.of("test_toolbox.py", "layers.py"));
    }

    public void testStartsOnce() throws Exception {
        assertSame(start(), start());
        assertEquals("2.7.1", start().version());
        assertThat(start().devices(), hasItem(Device.CPU));
    }

    public void testStartsWithTheHostsClassLoader() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        thread.setContextClassLoader(platform);
        try {
            start();
            assertSame(platform, thread.getContextClassLoader());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    public void testMissingDevice() throws Exception {
        TorchEngine engine = start();
        EngineException e = expectThrows(EngineException.class, () -> engine.device("cuda:77"));
        assertThat(
                e.getMessage(),
                containsString("device [cuda:77] is not there; this node has [cpu"));
        assertThat(e.getMessage(), containsString("[PYTORCH_LIBRARY_PATH]"));
        assertEquals(Device.CPU, engine.device("cpu"));
        assertTrue(engine.devices().contains(engine.device("auto")));
    }

    public void testDeviceProbe() throws Exception {
        List<String> graph = List.of("device_probe.py");
        try (TorchModule probe = TorchModule.compile(start(), "DeviceProbe", graph)) {
            assertEquals(0, probe.call("touch").add("cpu").integer());
            expectThrows(EngineException.class, () -> probe.call("touch").add("cuda:77").run());
        }
    }

    public void testDeviceNames() {
        assertEquals("cuda:3", Device.of("cuda:3").toString());
        assertEquals("cpu", Device.of("cpu").toString());
        IllegalArgumentException e =
                expectThrows(IllegalArgumentException.class, () -> Device.of("gpu"));
        assertEquals("unknown device [gpu]; it must be [auto], [cpu] or [cuda:N]", e.getMessage());
    }

    public void testDTypeNames() {
        assertEquals(DType.BFLOAT16, DType.of("bfloat16"));
        IllegalArgumentException e =
                expectThrows(IllegalArgumentException.class, () -> DType.of("int8"));
        assertEquals(
                "unknown dtype [int8]; it must be one of [float32, float16, bfloat16]",
                e.getMessage());
    }

    public void testThreadsOption() {
        IllegalArgumentException e =
                expectThrows(IllegalArgumentException.class, () -> new EngineOptions(-1));
        assertEquals("[threads] must be at least [0], not [-1]", e.getMessage());
    }

    public void testEveryArgumentAndResult() throws Exception {
        try (TorchModule module = toolbox(start());
                TensorScope scope = start().scope()) {
            float[] values = {1, 2, 3, 4, 5, 6};
            Tensor x = scope.floats(values, 2, 3);
            assertArrayEquals(new long[] {2, 3}, x.shape());
            assertArrayEquals(values, x.toFloats(), 0);
            float[] scaled =
                    module.call("scale").add(x).add(2.5).add(true).tensor(scope).toFloats();
            assertArrayEquals(new float[] {2.5f, 5, 7.5f, 10, 12.5f, 15}, scaled, 0);
            List<Tensor> picked =
                    module.call("pick")
                            .add(List.of(x, scope.longs(new long[] {7, 8}, 2)))
                            .add(new long[] {1, 0})
                            .tensors(scope);
            assertArrayEquals(new long[] {7, 8}, picked.get(0).toLongs());
            assertArrayEquals(values, picked.get(1).toFloats(), 0);
            assertEquals(14, module.call("count").add("fourteen chars").integer());
            assertEquals(0, module.call("sum").add(List.of()).integer());
        }
    }

    public void testHalfPrecisionStaysOpaque() throws Exception {
        try (TorchModule module = toolbox(start());
                TensorScope scope = start().scope()) {
            Tensor x = scope.floats(new float[] {1.5f, 2}, 2);
            Tensor half = module.call("to_bf16").add(x).tensor(scope);
            assertArrayEquals(new long[] {2}, half.shape());
            float[] doubled =
                    module.call("scale").add(half).add(2.0).add(true).tensor(scope).toFloats();
            assertArrayEquals(new float[] {3, 4}, doubled, 0);
            expectThrows(EngineException.class, half::toFloats);
        }
    }

    public void testReadingTheWrongType() throws Exception {
        try (TensorScope scope = start().scope()) {
            Tensor x = scope.longs(new long[] {1}, 1);
            EngineException e = expectThrows(EngineException.class, x::toFloats);
            assertEquals(
                    "a tensor of [int64] was read as one of [4] bytes a value", e.getMessage());
        }
    }

    public void testShapeThatDoesNotFit() throws Exception {
        try (TensorScope scope = start().scope()) {
            IllegalArgumentException e =
                    expectThrows(
                            IllegalArgumentException.class, () -> scope.floats(new float[5], 2, 3));
            assertEquals("a tensor of shape [2, 3] holds [6] values, not [5]", e.getMessage());
        }
    }

    public void testErrorsNameModuleAndReason() throws Exception {
        try (TorchModule module = toolbox(start());
                TensorScope scope = start().scope()) {
            Tensor x = scope.floats(new float[6], 2, 3);
            EngineException e =
                    expectThrows(
                            EngineException.class,
                            () -> module.call("multiply").add(x).add(x).tensor(scope));
            assertThat(e.getMessage(), containsString("failed to run [Toolbox.multiply]"));
            assertThat(e.getMessage(), containsString("shapes cannot be multiplied (2x3 and 2x3)"));
            assertNull(e.getCause());
            expectThrows(EngineException.class, () -> module.call("nothing").run());
            expectThrows(EngineException.class, () -> module.call("count").run());
            expectThrows(EngineException.class, () -> module.call("count").add(3).run());
        }
    }

    public void testMissingAndBrokenGraphs() throws Exception {
        EngineException missing =
                expectThrows(
                        EngineException.class,
                        () -> TorchModule.compile(start(), "X", List.of("none.py")));
        assertEquals(
                "no graph source [none.py] in the jar; install the plugin again",
                missing.getMessage());
        EngineException broken =
                expectThrows(
                        EngineException.class,
                        () -> TorchModule.compile(start(), "Toolbox", List.of("layers.py")));
        assertThat(broken.getMessage(), containsString("failed to compile [Toolbox]"));
    }

    public void testClosedModule() throws Exception {
        TorchModule module = toolbox(start());
        module.close();
        module.close();
        EngineException e =
                expectThrows(EngineException.class, () -> module.call("count").add("x").integer());
        assertThat(e.getMessage(), containsString("the module [Toolbox] is closed"));
    }

    public void testNothingIsLeftBehind() throws Exception {
        long before = TensorScope.liveTensors();
        try (TorchModule module = toolbox(start())) {
            float[] values = new float[64];
            Arrays.fill(values, 1);
            for (int i = 0; i < 1000; i++) {
                try (TensorScope scope = start().scope()) {
                    Tensor x = scope.floats(values, 8, 8);
                    if (i % 250 == 0) {
                        // a call that fails frees as well
                        expectThrows(
                                EngineException.class, () -> module.call("count").add(x).integer());
                    }
                    assertEquals(
                            8,
                            module.call("multiply").add(x).add(x).tensor(scope).toFloats()[0],
                            0);
                    assertEquals(before + 2, TensorScope.liveTensors());
                }
                assertEquals(before, TensorScope.liveTensors());
            }
        }
    }

    public void testManyThreadsShareAModule() throws Exception {
        try (TorchModule module = toolbox(start())) {
            runInParallel(
                    4,
                    t -> {
                        for (int i = 0; i < 50; i++) {
                            try (TensorScope scope = start().scope()) {
                                Tensor x = scope.floats(new float[] {t}, 1);
                                assertEquals(
                                        3f * t,
                                        module.call("scale")
                                                .add(x)
                                                .add(3.0)
                                                .add(true)
                                                .tensor(scope)
                                                .toFloats()[0],
                                        0);
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                        }
                    });
        }
    }
}
