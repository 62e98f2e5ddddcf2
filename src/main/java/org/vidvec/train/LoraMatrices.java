package org.vidvec.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.vidvec.backbone.NetworkLearner;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineException;

/**
 * The low-rank matrices of a training run, beside a network whose own weights stay as they are.
 * They are named as PEFT names them in its files.
 */
public final class LoraMatrices {

    private final LoraSettings settings;
    private final List<LoraLayer> layers = new ArrayList<>();

    /**
     * @throws IllegalArgumentException if the targets meet no layer
     */
    public LoraMatrices(NetworkLearner learner, LoraSettings settings) {
        this.settings = settings;
        List<LoraLayer> all = LoraLayer.of(learner);
        List<String> met = settings.targets().among(all.stream().map(LoraLayer::module).toList());
        all.stream().filter(layer -> met.contains(layer.module())).forEach(layers::add);
    }

    /** The settings that they were made by. */
    public LoraSettings settings() {
        return settings;
    }

    /** The layers that they change, in network order. */
    List<LoraLayer> layers() {
        return layers;
    }

    /** Full names of the modules that they change. */
    List<String> modules() {
        return layers.stream().map(LoraLayer::module).toList();
    }

    /**
     * First values as PEFT draws them: A even between +-1/sqrt(in), B zero, so that the network
     * begins as it was.
     */
    public Map<String, float[]> initial(long seed) {
        Random random = new Random(seed);
        Map<String, float[]> values = new LinkedHashMap<>();
        for (LoraLayer layer : layers) {
            float[] a = new float[Math.toIntExact(settings.rank() * layer.in())];
            double bound = 1 / Math.sqrt(layer.in());
            for (int i = 0; i < a.length; i++) {
                a[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
            values.put(layer.published("A"), a);
            values.put(
                    layer.published("B"),
                    new float[Math.toIntExact(layer.out() * settings.rank())]);
        }
        return values;
    }

    /**
     * Puts matrices into the network, to be learnt.
     *
     * @param values of all, by their published names
     * @throws IllegalArgumentException if one is missing or has another size
     */
    public void attach(Parameters parameters, Map<String, float[]> values) throws EngineException {
        for (LoraLayer layer : layers) {
            float[] scale = {(float) settings.scale()};
            parameters.learner().constant(layer.name() + ".lora_scale", scale, 1);
            long[] a = {settings.rank(), layer.in()};
            long[] b = {layer.out(), settings.rank()};
            parameters.add(layer.published("A"), layer.parameter("A"), DType.FLOAT32, values, a);
            parameters.add(layer.published("B"), layer.parameter("B"), DType.FLOAT32, values, b);
        }
    }
}
