package org.vidvec.action;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * The mapping for what the processor writes under its default {@code target_field}.
 *
 * @param modelId that the fields note, so that queries need not name it
 * @param dims length of the model's vectors
 */
public record ModelMapping(String modelId, int dims) implements ToXContentObject {

    /** Where a field notes its model. */
    public static final String META_MODEL = "model_id";

    // the host's limit for a value of meta
    private static final int MAX_META = 50;

    // Elasticsearch quantises to one bit from this length on
    private static final int MIN_BBQ_DIMS = 64;

    /**
     * The mapping of the first usable one of a model's versions.
     *
     * @throws ElasticsearchStatusException 500 if none is usable
     */
    static ModelMapping of(List<ModelsAction.Model> versions) {
        return versions.stream()
                .filter(model -> model.summary() != null)
                .map(model -> new ModelMapping(model.id(), model.summary().info().dims()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new ElasticsearchStatusException(
                                        "model [{}] is unusable: {}",
                                        RestStatus.INTERNAL_SERVER_ERROR,
                                        versions.get(0).id(),
                                        versions.get(0).error()));
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject().startObject("properties");
        builder.startObject("vidvec").startObject("properties");
        writeEmbedding(builder);
        writeField(builder, "frames", "binary");
        writeField(builder, "tokens", "integer");
        writeField(builder, "caption", "text");
        writeMoments(builder);
        writePages(builder);
        builder.startObject("media").startObject("properties");
        writeField(builder, "sha256", "keyword");
        writeField(builder, "duration", "float");
        writeField(builder, "fps", "float");
        writeField(builder, "width", "integer");
        writeField(builder, "height", "integer");
        writeField(builder, "codec", "keyword");
        writeField(builder, "frames_sampled", "integer");
        writeField(builder, "alpha", "keyword");
        builder.endObject().endObject();
        builder.startObject("model").startObject("properties");
        writeField(builder, "id", "keyword");
        writeField(builder, "fingerprint", "keyword");
        writeField(builder, "layer", "integer");
        writeField(builder, "dims", "integer");
        builder.endObject().endObject();
        builder.endObject().endObject();
        return builder.endObject().endObject();
    }

    private void writeMoments(XContentBuilder builder) throws IOException {
        builder.startObject("moments").field("type", "nested").startObject("properties");
        writeField(builder, "start", "float");
        writeField(builder, "end", "float");
        writeField(builder, "span", "float_range");
        writeField(builder, "caption", "text");
        writeEmbedding(builder);
        builder.endObject().endObject();
    }

    private void writePages(XContentBuilder builder) throws IOException {
        builder.startObject("pages").field("type", "nested").startObject("properties");
        writeField(builder, "page", "integer");
        writeEmbedding(builder);
        builder.endObject().endObject();
    }

    private void writeEmbedding(XContentBuilder builder) throws IOException {
        builder.startObject("embedding")
                .field("type", "dense_vector")
                .field("dims", dims)
                .field("similarity", "cosine");
        if (modelId.length() <= MAX_META) {
            builder.startObject("meta").field(META_MODEL, modelId).endObject();
        }
        builder.startObject("index_options")
                .field("type", dims < MIN_BBQ_DIMS ? "int8_hnsw" : "bbq_hnsw")
                .endObject();
        builder.endObject();
    }

    private static void writeField(XContentBuilder builder, String name, String type)
            throws IOException {
        builder.startObject(name).field("type", type).endObject();
    }
}
