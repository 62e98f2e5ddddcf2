package org.vidvec.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vidvec.backbone.NetworkLearner;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Safetensors;
import org.vidvec.engine.SafetensorsWriter;
import org.vidvec.engine.StoredFloats;
import org.vidvec.engine.WeightEntry;
import org.vidvec.model.ModelUse;
import org.vidvec.model.TrainableModel;

/**
 * A network's parameters and their optimizer: what changes in a run, and what a checkpoint holds.
 */
public final class Learner implements AutoCloseable {

    private static final String STATE = "state.safetensors";
    private static final String FIRST = "first_moment.";
    private static final String SECOND = "second_moment.";

    private final NetworkLearner network;
    private final LoraMatrices matrices;
    private final Parameters parameters;
    private final Optimizer optimizer;
    private final LearntHead head;
    private final boolean recomputes;

    /** A network alone, whose passes keep all that the way back needs. */
    public Learner(NetworkLearner network, Learning learning, long seed, Path checkpoint)
            throws EngineException, CheckpointException {
        this(network, learning, null, false, seed, checkpoint);
    }

    /**
     * @param head that is learnt as well and closed with this; null for none
     * @param recomputes whether layers are computed once more on the way back
     * @param seed of first values
     * @param checkpoint folder of a checkpoint of this run; null to begin
     * @throws IllegalArgumentException if a target is none of the network's layers
     */
    Learner(
            NetworkLearner network,
            Learning learning,
            LearntHead head,
            boolean recomputes,
            long seed,
            Path checkpoint)
            throws EngineException, CheckpointException {
        this.network = network;
        this.head = head;
        this.recomputes = recomputes;
        this.parameters = new Parameters(network);
        this.optimizer = new Optimizer(network.engine());
        try {
            switch (learning) {
                case Learning.Full full -> {
                    matrices = null;
                    Set<String> learnt = new LinkedHashSet<>(network.weights().keySet());
                    learnt.removeAll(new NamedModules("freeze", full.frozen()).among(network));
                    if (learnt.isEmpty()) {
                        throw new IllegalArgumentException(
                                "[freeze] is "
                                        + full.frozen()
                                        + ", and nothing is left to learn; leave out some of it");
                    }
                    attachWeights(learnt, checkpoint);
                }
                case Learning.Lora lora -> {
                    matrices = new LoraMatrices(network, lora.settings());
                    matrices.attach(parameters, first(lora, seed, checkpoint));
                    attachWeights(
                            new NamedModules("lora.whole", lora.whole()).among(network),
                            checkpoint);
                }
            }
            if (head != null) {
                head.attach(parameters, checkpoint == null ? null : values(checkpoint));
            }
            parameters.track(optimizer, name -> head == null || head.decays(name));
            if (checkpoint != null) {
                restoreMoments(checkpoint);
            }
        } catch (EngineException | CheckpointException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private Map<String, float[]> first(Learning.Lora lora, long seed, Path checkpoint)
            throws CheckpointException {
        if (checkpoint != null) {
            return values(checkpoint);
        }
        return lora.from() == null
                ? matrices.initial(seed)
                : AdapterFolder.read(lora.from(), matrices);
    }

    private static Map<String, float[]> values(Path checkpoint) throws CheckpointException {
        Map<String, float[]> values = new HashMap<>();
        for (WeightEntry entry : state(checkpoint).values()) {
            values.put(entry.name(), StoredFloats.read(entry));
        }
        return values;
    }

    private void attachWeights(Set<String> names, Path checkpoint)
            throws EngineException, CheckpointException {
        Map<String, WeightEntry> saved = checkpoint == null ? Map.of() : state(checkpoint);
        for (String name : names) {
            WeightEntry weight = network.weights().get(name);
            // not the network's own, which may be rounded
            float[] values = StoredFloats.read(checkpoint == null ? weight : saved.get(name));
            long[] shape = weight.shape();
            parameters.add(name, name, network.dtype(), Map.of(name, values), shape);
        }
    }

    private static Map<String, WeightEntry> state(Path checkpoint) throws CheckpointException {
        return Safetensors.open(checkpoint.resolve(STATE)).entries();
    }

    private void restoreMoments(Path checkpoint) throws EngineException, CheckpointException {
        Map<String, WeightEntry> saved = state(checkpoint);
        for (String name : parameters.names()) {
            List<float[]> moments =
                    List.of(
                            StoredFloats.read(saved.get(FIRST + name)),
                            StoredFloats.read(saved.get(SECOND + name)));
            optimizer.setMoments(name, moments, parameters.shape(name));
        }
    }

    /** Writes all that the next step depends on. */
    void save(Path folder) throws IOException, EngineException, CheckpointException {
        SafetensorsWriter writer = new SafetensorsWriter();
        for (String name : parameters.names()) {
            long[] shape = parameters.shape(name);
            writer.add(name, shape, () -> parameters.values(name));
            writer.add(FIRST + name, shape, () -> optimizer.moments(name).get(0));
            writer.add(SECOND + name, shape, () -> optimizer.moments(name).get(1));
        }
        writer.write(folder.resolve(STATE));
    }

    /**
     * Writes what was learnt, to be used: a PEFT folder {@code adapter}, with the head beside the
     * matrices, or the whole model as {@code model}, or both.
     *
     * @param base what it began with
     * @return the folder, that of the whole model if there is one
     * @throws IOException if it can't be written; what stood there is as it was
     */
    Path export(RunSpec spec, RunFolder run, TrainableModel base)
            throws IOException, EngineException, CheckpointException {
        // an adapter has no room for modules that are learnt as a whole
        if (spec.learning() instanceof Learning.Lora lora && lora.whole().isEmpty()) {
            Path adapter = run.put(RunFolder.ADAPTER, folder -> writeAdapter(folder, spec, base));
            if (lora.merge() == false) {
                return adapter;
            }
        }
        return run.put(RunFolder.MODEL, folder -> writeModel(folder, spec, base));
    }

    private void writeAdapter(Path folder, RunSpec spec, TrainableModel base)
            throws IOException, EngineException, CheckpointException {
        AdapterFolder.write(folder, spec.model(), matrices, parameters, spec.dtype());
        describe(folder, spec, base);
    }

    private void writeModel(Path folder, RunSpec spec, TrainableModel base)
            throws IOException, EngineException, CheckpointException {
        new WholeModel(network, matrices, parameters).write(folder, spec.model(), spec.dtype());
        describe(folder, spec, base);
    }

    /** The card, and the head that it names. */
    private void describe(Path folder, RunSpec spec, TrainableModel base)
            throws IOException, EngineException, CheckpointException {
        LearntCard card = new LearntCard(folder).asking(spec.tasks());
        if (spec.layer() != null) {
            int layer = layer("layer", spec.layer());
            card.readAt(layer);
            boolean toLast = base.layer() < layer && layer == network.layers();
            if (toLast && base.rerankWindow() > ModelUse.DEFAULT_WINDOW) {
                card.judging(ModelUse.DEFAULT_WINDOW);
            }
        }
        if (head != null) {
            head.write(folder, parameters, spec.dtype());
            card.readByHead(spec.tasks(), head.layer());
        }
        card.write();
    }

    /** Begins the states of a loss. */
    LearningPass pass() throws EngineException {
        return new LearningPass(network, optimizer, recomputes);
    }

    /** The head that is learnt as well; null for none. */
    LearntHead head() {
        return head;
    }

    /**
     * Number of a decoder layer, from 1.
     *
     * @param field that gives it
     * @param given 0 for the last
     * @throws IllegalArgumentException if there is no such layer
     */
    int layer(String field, int given) {
        return layer(network.layers(), field, given);
    }

    /** The same of a network with so many layers. */
    static int layer(int layers, String field, int given) {
        if (given > layers) {
            throw new IllegalArgumentException(
                    "["
                            + field
                            + "] is ["
                            + given
                            + "], but the model has ["
                            + layers
                            + "] layers; give one of them, or 0 for the last");
        }
        return given == 0 ? layers : given;
    }

    /** Decoder layer, from 1, that a run embeds: its own, its head's, or that of the card. */
    int embeddedLayer(Integer given, int ofCard) {
        if (head != null) {
            return head.layer();
        }
        return given == null ? ofCard : layer("layer", given);
    }

    NetworkLearner network() {
        return network;
    }

    /** What changes the parameters. */
    public Optimizer optimizer() {
        return optimizer;
    }

    /** Names of all parameters, in network order. */
    public Set<String> names() {
        return parameters.names();
    }

    /** How many numbers are learnt. */
    long count() {
        return parameters.count();
    }

    @Override
    public void close() {
        parameters.close();
        optimizer.close();
        if (head != null) {
            head.close();
        }
    }
}
