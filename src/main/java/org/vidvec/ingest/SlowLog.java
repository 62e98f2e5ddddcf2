package org.vidvec.ingest;

import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.ingest.IngestDocument;

/**
 * Tells of documents that took long, waiting for a place and failing included, in the words of the
 * host's slow logs.
 */
public final class SlowLog {

    /** The logger, to give it a file of its own. */
    static final String NAME = "vidvec.slowlog.embed";

    private static final Logger logger = LogManager.getLogger(NAME);

    private final Supplier<TimeValue> warn;

    /**
     * @param warn from so long on, setting {@code vidvec.slowlog.threshold.embed.warn}; less than 0
     *     for never
     */
    public SlowLog(Supplier<TimeValue> warn) {
        this.warn = warn;
    }

    /**
     * A document is through.
     *
     * @param failure null if there was none
     */
    void done(
            IngestDocument document, ProcessorOptions options, long tookMillis, Exception failure) {
        long threshold = warn.get().millis();
        if (threshold < 0 || tookMillis < threshold) {
            return;
        }
        logger.warn(
                "took[{}], took_millis[{}], index[{}], id[{}], field[{}], model[{}]{}",
                TimeValue.timeValueMillis(tookMillis),
                tookMillis,
                document.getMetadata().getIndex(),
                document.getMetadata().getId(),
                options.field(),
                options.modelId(),
                failure == null ? "" : ", failed[" + failure.getMessage() + "]");
    }
}
