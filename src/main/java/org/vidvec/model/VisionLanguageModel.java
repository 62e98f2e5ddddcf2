package org.vidvec.model;

import java.util.Set;
import org.vidvec.backbone.KvFormer;
import org.vidvec.backbone.SharedPrefixes;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.Device;
import org.vidvec.engine.Tokenizer;
import org.vidvec.generation.Generator;

/** A loaded family network with its embedder and matcher. Closing it waits for running calls. */
final class VisionLanguageModel implements LoadedModel {

    private final ModelInfo info;
    private final CallGate gate;
    private final Embedder embedder;
    private final Matcher matcher;
    private final Ranker ranker;
    private final Writer writer;
    private final LayerEmbedder layerEmbedder;
    private final VisionLanguageNetwork network;
    private final SharedPrefixes prefixes;
    private final Tokenizer tokenizer;
    private final KvFormer head;
    private final String device;

    /** Takes over network, prefixes and tokenizer. */
    VisionLanguageModel(
            ModelDescription model,
            SequenceReader reader,
            AnswerTokens answers,
            VisionLanguageNetwork network,
            SharedPrefixes prefixes,
            Tokenizer tokenizer,
            KvFormer head,
            Set<Long> endTokens,
            Device device) {
        this.device = device.toString();
        this.head = head;
        this.info = model.info();
        this.network = network;
        this.prefixes = prefixes;
        this.tokenizer = tokenizer;
        gate = new CallGate(info.id());
        int states = head == null ? info.layers() : info.layer();
        Generator generator = new Generator(network, tokenizer, endTokens, states);
        embedder =
                head == null
                        ? new PromptEmbedder(info.id(), gate, model.card(), reader, info.layer())
                        : new KvFormerEmbedder(
                                info.id(),
                                gate,
                                model.card(),
                                reader,
                                network,
                                generator,
                                head,
                                info.layer());
        layerEmbedder = new PromptLayerEmbedder(info.id(), gate, model.card(), reader);
        writer = new PromptWriter(info.id(), gate, model.card(), reader, generator);
        matcher = new YesNoMatcher(info.id(), gate, model.card(), reader, answers, info.layers());
        ranker = new LetterRanker(info.id(), gate, model.card(), reader, tokenizer, info.layers());
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public Embedder embedder() {
        return embedder;
    }

    @Override
    public LayerEmbedder layerEmbedder() {
        return layerEmbedder;
    }

    @Override
    public Matcher matcher() {
        return matcher;
    }

    @Override
    public Ranker ranker() {
        return ranker;
    }

    @Override
    public Writer writer() {
        return writer;
    }

    @Override
    public String device() {
        return device;
    }

    @Override
    public long memoryBytes() {
        return network.memoryBytes() + (head == null ? 0 : head.memoryBytes());
    }

    @Override
    public void close() {
        gate.close(
                () -> {
                    prefixes.close();
                    if (head != null) {
                        head.close();
                    }
                    network.close();
                    tokenizer.close();
                });
    }
}
