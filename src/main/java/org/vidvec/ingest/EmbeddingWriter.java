package org.vidvec.ingest;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.ingest.IngestDocument;
import org.vidvec.action.EmbedAction;
import org.vidvec.action.EmbeddedMoment;
import org.vidvec.action.InputSpec;
import org.vidvec.action.MediaFacts;

/**
 * Writes an embedding into a document, all of it in one step, so that no document is ever half
 * written.
 *
 * @param options what is wanted, and where
 */
record EmbeddingWriter(ProcessorOptions options) {

    /**
     * Replaces the target field.
     *
     * @param type what was embedded
     * @param caption null for none
     */
    void write(
            IngestDocument document,
            InputSpec.Type type,
            EmbedAction.Response response,
            String caption) {
        Map<String, Object> value = value(response);
        boolean paged = type == InputSpec.Type.PDF;
        if (wants(ProcessorOptions.Property.MOMENTS)) {
            // an image has none
            value.put("moments", paged ? new ArrayList<>() : moments(response));
        }
        if (wants(ProcessorOptions.Property.PAGES)) {
            value.put("pages", paged ? pages(response) : new ArrayList<>());
        }
        if (caption != null) {
            value.put("caption", caption);
        }
        document.setFieldValue(options.targetField(), value);
    }

    // mutable maps and lists: later processors of the pipeline may change them
    private Map<String, Object> value(EmbedAction.Response response) {
        Map<String, Object> value = new HashMap<>();
        value.put("model", response.model().provenance());
        if (wants(ProcessorOptions.Property.EMBEDDING)) {
            value.put("embedding", boxed(response.vector()));
            value.put("tokens", response.tokens());
        }
        MediaFacts media = response.media();
        if (media != null && wants(ProcessorOptions.Property.MEDIA)) {
            value.put("media", media.provenance());
        }
        if (media != null && media.strip() != null && wants(ProcessorOptions.Property.FRAMES)) {
            byte[] strip = BytesReference.toBytes(media.strip());
            value.put("frames", Base64.getEncoder().encodeToString(strip));
        }
        return value;
    }

    private static List<Map<String, Object>> moments(EmbedAction.Response response) {
        List<Map<String, Object>> moments = new ArrayList<>();
        response.moments().forEach(moment -> moments.add(moment(moment)));
        return moments;
    }

    private static List<Map<String, Object>> pages(EmbedAction.Response response) {
        List<Map<String, Object>> pages = new ArrayList<>();
        for (EmbeddedMoment moment : response.moments()) {
            Map<String, Object> value = new HashMap<>();
            value.put("page", pages.size() + 1);
            value.put("embedding", boxed(moment.vector()));
            pages.add(value);
        }
        return pages;
    }

    private static Map<String, Object> moment(EmbeddedMoment moment) {
        Map<String, Object> value = new HashMap<>();
        value.put("start", moment.start());
        value.put("end", moment.end());
        // closed: a video of one frame has a moment without length
        value.put("span", new HashMap<>(Map.of("gte", moment.start(), "lte", moment.end())));
        value.put("embedding", boxed(moment.vector()));
        if (moment.caption() != null) {
            value.put("caption", moment.caption());
        }
        return value;
    }

    private boolean wants(ProcessorOptions.Property property) {
        return options.properties().contains(property);
    }

    private static List<Float> boxed(float[] vector) {
        List<Float> list = new ArrayList<>(vector.length);
        for (float v : vector) {
            list.add(v);
        }
        return list;
    }
}
