package org.vidvec.cluster;

import java.util.Map;
import org.elasticsearch.ingest.AbstractProcessor;
import org.elasticsearch.ingest.IngestDocument;
import org.elasticsearch.ingest.Processor;
import org.elasticsearch.plugins.IngestPlugin;
import org.elasticsearch.plugins.Plugin;

/**
 * A processor that writes down why an earlier one failed, as {@code set} would, which belongs to a
 * module that is not published.
 */
public final class FailureNotePlugin extends Plugin implements IngestPlugin {

    @Override
    public Map<String, Processor.Factory> getProcessors(Processor.Parameters parameters) {
        return Map.of(
                "failure_note",
                (factories, tag, description, config, projectId) ->
                        new AbstractProcessor(tag, description) {
                            @Override
                            public IngestDocument execute(IngestDocument document) {
                                document.setFieldValue(
                                        "error",
                                        document.getFieldValue(
                                                "_ingest.on_failure_message", String.class));
                                return document;
                            }

                            @Override
                            public String getType() {
                                return "failure_note";
                            }
                        });
    }
}
