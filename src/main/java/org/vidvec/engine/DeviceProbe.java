package org.vidvec.engine;

import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks libtorch itself for its GPUs: DJL would need JNA for that, which extracts a library of its
 * own.
 */
final class DeviceProbe {

    private static final Logger LOG = System.getLogger(DeviceProbe.class.getName());

    private DeviceProbe() {}

    static List<Device> devices(TorchEngine engine) throws EngineException {
        List<Device> devices = new ArrayList<>(List.of(Device.CPU));
        if (JniUtils.getFeatures().contains("CUDA")) {
            try (TorchModule probe =
                    TorchModule.compile(engine, "DeviceProbe", List.of("device_probe.py"))) {
                for (int i = 0; isThere(probe, new Device("cuda", i)); i++) {
                    devices.add(new Device("cuda", i));
                }
            }
        }
        return devices;
    }

    private static boolean isThere(TorchModule probe, Device device) {
        try (IValue name = IValue.from(device.toString());
                IValue sum = IValueUtils.runMethod(probe.block(), "touch", name)) {
            return sum.toLong() == 0;
        } catch (Throwable t) {
            // the way to learn that there are no more; not worth a stack trace
            LOG.log(Logger.Level.DEBUG, "no device [" + device + "]", t);
            return false;
        }
    }
}
