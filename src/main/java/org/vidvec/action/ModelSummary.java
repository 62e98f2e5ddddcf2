package org.vidvec.action;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.vidvec.model.ModelInfo;
import org.vidvec.moments.SeedAndMerge;

/**
 * {@link ModelInfo} on the wire and in responses.
 *
 * @param info what the model is
 */
public record ModelSummary(ModelInfo info) implements Writeable, ToXContentFragment {

    /** Reads what {@link #writeTo} wrote. */
    public ModelSummary(StreamInput in) throws IOException {
        this(
                new ModelInfo(
                        in.readString(),
                        in.readString(),
                        in.readString(),
                        in.readVInt(),
                        in.readVInt(),
                        in.readVInt(),
                        in.readVLong(),
                        in.readString(),
                        new SamplingSpec(in).sampling(),
                        in.readBoolean(),
                        in.readVInt(),
                        RecipeWire.read(in)));
    }

    /** What tells one version of a model from another. */
    public String fingerprint() {
        return info.fingerprint();
    }

    /** Of the decoder, all of which a head reads behind. */
    public int layers() {
        return info.layers();
    }

    /** Hits that a rescore judges where a search does not say. */
    public int rerankWindow() {
        return info.rerankWindow();
    }

    /** How its head's logits become a score where a request does not say. */
    public CalibrationSpec calibration() {
        return CalibrationSpec.of(info.recipe().calibration());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(info.id());
        out.writeString(info.family());
        out.writeString(info.fingerprint());
        out.writeVInt(info.dims());
        out.writeVInt(info.layer());
        out.writeVInt(info.layers());
        out.writeVLong(info.parameters());
        out.writeString(info.dtype());
        new SamplingSpec(info.sampling()).writeTo(out);
        out.writeBoolean(info.randomWeights());
        out.writeVInt(info.rerankWindow());
        RecipeWire.write(info.recipe(), out);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.field("model_id", info.id())
                .field("family", info.family())
                .field("fingerprint", info.fingerprint())
                .field("dims", info.dims())
                .field("layer", info.layer())
                .field("layers", info.layers())
                .field("parameters", info.parameters())
                .field("dtype", info.dtype())
                .field("sampling", new SamplingSpec(info.sampling()))
                .field("rerank_window", info.rerankWindow())
                .field("random_weights", info.randomWeights());
        RecipeWire.toXContent(info.recipe(), builder);
        return builder.startObject("moments")
                .startObject("merge")
                .field("alpha", SeedAndMerge.DEFAULT.alpha())
                .field("threshold", SeedAndMerge.DEFAULT.threshold())
                .endObject()
                .endObject();
    }

    /** What is kept with each vector: id, fingerprint, layer and dims; a new mutable map. */
    public Map<String, Object> provenance() {
        Map<String, Object> map = new HashMap<>();
        map.put("id", info.id());
        map.put("fingerprint", info.fingerprint());
        map.put("layer", info.layer());
        map.put("dims", info.dims());
        return map;
    }
}
