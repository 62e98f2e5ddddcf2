package org.vidvec.ingest;

import static org.elasticsearch.ingest.ConfigurationUtils.newConfigurationException;
import static org.elasticsearch.ingest.ConfigurationUtils.readBooleanProperty;
import static org.elasticsearch.ingest.ConfigurationUtils.readOptionalList;
import static org.elasticsearch.ingest.ConfigurationUtils.readOptionalMap;
import static org.elasticsearch.ingest.ConfigurationUtils.readOptionalStringProperty;
import static org.elasticsearch.ingest.ConfigurationUtils.readStringProperty;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.elasticsearch.core.CheckedFunction;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.xcontent.DeprecationHandler;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentType;
import org.elasticsearch.xcontent.support.MapXContentParser;
import org.vidvec.action.InputSpec;
import org.vidvec.action.MomentLimit;
import org.vidvec.action.MomentsSpec;
import org.vidvec.action.RoutedRequest;
import org.vidvec.action.SamplingSpec;

/**
 * Reads the processor's options out of a pipeline; takes out each that it reads, as the host asks.
 */
final class ProcessorOptionsReader {

    private static final String TYPE = VidvecProcessor.TYPE;

    private final String tag;
    private final Map<String, Object> config;
    private final MomentLimit limit;

    /**
     * @param tag the processor's tag; may be null
     * @param config its options; those known are taken out
     * @param limit of moments
     */
    ProcessorOptionsReader(String tag, Map<String, Object> config, MomentLimit limit) {
        this.tag = tag;
        this.config = config;
        this.limit = limit;
    }

    /**
     * Reads all options but those that the host reads for every processor.
     *
     * @throws org.elasticsearch.ElasticsearchException 400 if one is missing or out of range;
     *     unknown ones stay in {@code config} and are refused by the host
     */
    ProcessorOptions read() throws IOException {
        String field = readStringProperty(TYPE, tag, config, "field");
        String target = readStringProperty(TYPE, tag, config, "target_field", "vidvec");
        if (target.equals(field) || target.startsWith(field + ".")) {
            throw refuse(
                    "target_field",
                    "[" + target + "] must not lie in [field] [" + field + "]; choose another");
        }
        if (field.startsWith(target + ".")) {
            throw refuse(
                    "target_field",
                    "["
                            + target
                            + "] is replaced as a whole and must not hold [field] ["
                            + field
                            + "]; choose another");
        }
        MomentsSpec moments = readMoments();
        EnumSet<ProcessorOptions.Property> properties =
                readProperties(moments != null && moments.isNone() == false);
        boolean keep = properties.contains(ProcessorOptions.Property.MOMENTS);
        if (keep && moments != null && moments.isNone()) {
            throw refuse("properties", "[moments] needs a [moments.strategy] but [none]");
        }
        if (keep == false && moments != null && moments.captions()) {
            throw refuse(
                    "moments",
                    "[captions] are written beside the moments, which [properties] leaves out; add"
                            + " [moments] to it");
        }
        if (keep && moments == null) {
            moments = MomentsSpec.DEFAULT;
        }
        return new ProcessorOptions(
                readStringProperty(TYPE, tag, config, "model_id"),
                field,
                target,
                properties,
                readEmbedding(
                        moments == null ? null : moments.keeping(keep),
                        readPages(properties.contains(ProcessorOptions.Property.PAGES))),
                new ProcessorOptions.Handling(
                        flag("skip_existing"),
                        flag("remove_binary"),
                        flag("ignore_missing"),
                        readTimeout()));
    }

    private boolean flag(String option) {
        return readBooleanProperty(TYPE, tag, config, option, false);
    }

    /** Null where nobody wants them. */
    private MomentsSpec readPages(boolean keep) throws IOException {
        MomentsSpec pages = readObject("pages", MomentsSpec::parsePages);
        if (pages != null && pages.aggregate() == null && keep == false) {
            throw refuse("pages", "Required [aggregate], or [pages] among the [properties]");
        }
        return pages == null && keep
                ? MomentsSpec.PAGES
                : pages == null ? null : pages.keeping(keep);
    }

    private ProcessorOptions.Reading readEmbedding(MomentsSpec moments, MomentsSpec pages)
            throws IOException {
        String type = readStringProperty(TYPE, tag, config, "type", "video");
        try {
            return new ProcessorOptions.Reading(
                    InputSpec.Type.fromString(type),
                    readOptionalStringProperty(TYPE, tag, config, "instruction"),
                    readSampling(),
                    moments,
                    pages);
        } catch (IllegalArgumentException e) {
            throw refuse(null, e.getMessage());
        }
    }

    private SamplingSpec readSampling() throws IOException {
        return readObject("sampling", SamplingSpec::parse);
    }

    private MomentsSpec readMoments() throws IOException {
        MomentsSpec moments = readObject("moments", MomentsSpec::parse);
        if (moments != null) {
            try {
                limit.check(moments);
            } catch (IllegalArgumentException e) {
                throw refuse("moments", e.getMessage());
            }
        }
        return moments;
    }

    /** Null if there is none. */
    private <T> T readObject(String option, CheckedFunction<XContentParser, T, IOException> read)
            throws IOException {
        Map<String, Object> object = readOptionalMap(TYPE, tag, config, option);
        if (object == null) {
            return null;
        }
        try (XContentParser parser =
                new MapXContentParser(
                        NamedXContentRegistry.EMPTY,
                        DeprecationHandler.THROW_UNSUPPORTED_OPERATION,
                        object,
                        XContentType.JSON)) {
            return read.apply(parser);
        } catch (IllegalArgumentException e) {
            throw refuse(option, e.getMessage());
        }
    }

    private EnumSet<ProcessorOptions.Property> readProperties(boolean withMoments) {
        List<String> names = readOptionalList(TYPE, tag, config, "properties");
        if (names == null) {
            // moments and captions cost passes of their own: whoever wants them says so
            EnumSet<ProcessorOptions.Property> usual =
                    EnumSet.of(
                            ProcessorOptions.Property.EMBEDDING,
                            ProcessorOptions.Property.FRAMES,
                            ProcessorOptions.Property.MEDIA);
            if (withMoments) {
                usual.add(ProcessorOptions.Property.MOMENTS);
            }
            return usual;
        }
        EnumSet<ProcessorOptions.Property> properties =
                EnumSet.noneOf(ProcessorOptions.Property.class);
        for (String name : names) {
            properties.add(
                    switch (name) {
                        case "embedding" -> ProcessorOptions.Property.EMBEDDING;
                        case "frames" -> ProcessorOptions.Property.FRAMES;
                        case "media" -> ProcessorOptions.Property.MEDIA;
                        case "moments" -> ProcessorOptions.Property.MOMENTS;
                        case "pages" -> ProcessorOptions.Property.PAGES;
                        case "caption" -> ProcessorOptions.Property.CAPTION;
                        default ->
                                throw refuse(
                                        "properties",
                                        "unknown property ["
                                                + name
                                                + "]; allowed are [embedding, frames, media,"
                                                + " moments, pages, caption]");
                    });
        }
        return properties;
    }

    private TimeValue readTimeout() {
        String text = readStringProperty(TYPE, tag, config, "timeout", "10m");
        TimeValue timeout;
        try {
            timeout = TimeValue.parseTimeValue(text, "timeout");
        } catch (IllegalArgumentException e) {
            throw refuse("timeout", "[" + text + "] is no time; give one such as [10m]");
        }
        if (timeout.millis() < 1) {
            throw refuse("timeout", "[" + text + "] must be more than zero, for example [10m]");
        }
        if (timeout.compareTo(RoutedRequest.MAX_TIMEOUT) > 0) {
            throw refuse(
                    "timeout",
                    "[" + text + "] must be at most [" + RoutedRequest.MAX_TIMEOUT + "]");
        }
        return timeout;
    }

    private RuntimeException refuse(String option, String reason) {
        return newConfigurationException(TYPE, tag, option, reason);
    }
}
