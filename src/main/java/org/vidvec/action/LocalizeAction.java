package org.vidvec.action;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.ValidateActions;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.vidvec.moments.SeedAndMerge;
import org.vidvec.moments.Segment;

/** Finds the segments of a video that answer a query, without an index. */
public final class LocalizeAction extends ActionType<LocalizeAction.Response> {

    /** The action's name: a reading action of the cluster, so {@code monitor} covers it. */
    public static final String NAME = "cluster:monitor/vidvec/localize";

    /** The only instance. */
    public static final LocalizeAction INSTANCE = new LocalizeAction();

    private LocalizeAction() {
        super(NAME);
    }

    /** Where in the video is that? Never leaves its node; its halves do. */
    public static final class Request extends ActionRequest {

        private final String modelId;
        private final List<InputSpec> query;
        private final InputSpec video;
        private final Finding finding;
        private final TimeValue timeout;

        /**
         * @param modelId which model
         * @param query what is searched for, read together in order
         * @param video where; null if the request names none
         * @param finding how
         * @param timeout from now on, waiting included
         */
        public Request(
                String modelId,
                List<InputSpec> query,
                InputSpec video,
                Finding finding,
                TimeValue timeout) {
            this.modelId = modelId;
            this.query = List.copyOf(query);
            this.video = video;
            this.finding = finding;
            this.timeout = timeout;
        }

        String modelId() {
            return modelId;
        }

        List<InputSpec> query() {
            return query;
        }

        InputSpec video() {
            return video;
        }

        Finding finding() {
            return finding;
        }

        TimeValue timeout() {
            return timeout;
        }

        @Override
        public ActionRequestValidationException validate() {
            ActionRequestValidationException errors = null;
            if (modelId == null || modelId.isEmpty()) {
                errors = ValidateActions.addValidationError("[model_id] is missing", errors);
            }
            for (String problem : RoutedRequest.timeoutProblems(timeout)) {
                errors = ValidateActions.addValidationError(problem, errors);
            }
            if (query.isEmpty()) {
                errors =
                        ValidateActions.addValidationError(
                                "[query] must hold at least one item", errors);
            }
            if (video == null || video.type() != InputSpec.Type.VIDEO) {
                errors =
                        ValidateActions.addValidationError(
                                "[input] must be one video, as [type, format, value]", errors);
            }
            if (finding.size() < 1) {
                errors =
                        ValidateActions.addValidationError(
                                "[size] must be at least [1], not [" + finding.size() + "]",
                                errors);
            }
            return errors;
        }

        @Override
        public void writeTo(StreamOutput out) {
            TransportAction.localOnly();
        }

        @Override
        public Task createTask(
                long id, String type, String action, TaskId parent, Map<String, String> headers) {
            return new CancellableTask(id, type, action, getDescription(), parent, headers);
        }

        @Override
        public String getDescription() {
            return "localize with model [" + modelId + "]";
        }
    }

    /**
     * How segments are found.
     *
     * @param moments how the video is cut
     * @param merge how windows become segments
     * @param size how many segments at most
     * @param contextualize whether the query is read behind sparse frames of the whole video
     *     (ViLL-E §5.1)
     */
    public record Finding(
            MomentsSpec moments, SeedAndMerge merge, int size, boolean contextualize) {}

    /** The segments, best first. */
    public static final class Response extends ActionResponse implements ToXContentObject {

        private final ModelSummary model;
        private final MediaFacts media;
        private final List<Segment> segments;

        Response(ModelSummary model, MediaFacts media, List<Segment> segments) {
            this.model = model;
            this.media = media;
            this.segments = List.copyOf(segments);
        }

        /** Best first. */
        public List<Segment> segments() {
            return segments;
        }

        @Override
        public XContentBuilder toXContent(XContentBuilder builder, Params params)
                throws IOException {
            builder.startObject()
                    .field("model_id", model.info().id())
                    .field("fingerprint", model.fingerprint());
            builder.startObject("media");
            media.toXContent(builder, params);
            builder.endObject().startArray("segments");
            for (Segment segment : segments) {
                builder.startObject()
                        .field("start", segment.start())
                        .field("end", segment.end())
                        .field("score", (float) segment.score())
                        .field("seed", segment.seed())
                        .field("windows", segment.windows())
                        .endObject();
            }
            return builder.endArray().endObject();
        }

        @Override
        public void writeTo(StreamOutput out) {
            TransportAction.localOnly();
        }
    }
}
