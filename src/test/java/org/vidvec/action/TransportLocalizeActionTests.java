package org.vidvec.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.cluster.node.VersionInformation;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.test.client.NoOpNodeClient;
import org.elasticsearch.test.transport.MockTransportService;
import org.elasticsearch.threadpool.TestThreadPool;
import org.elasticsearch.threadpool.ThreadPool;
import org.vidvec.moments.SeedAndMerge;

public class TransportLocalizeActionTests extends ESTestCase {

    private final AtomicLong passedMillis = new AtomicLong();

    /** The host's client; each embedding takes 20 s. */
    private final class SlowClient extends NoOpNodeClient {

        private final List<EmbedAction.Request> asked = new ArrayList<>();

        SlowClient(ThreadPool threads) {
            super(threads);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <Q extends ActionRequest, R extends ActionResponse> void doExecute(
                ActionType<R> action, Q request, ActionListener<R> listener) {
            asked.add((EmbedAction.Request) (Object) request);
            passedMillis.addAndGet(20_000);
            listener.onResponse(
                    (R) new EmbedAction.Response(new float[] {1, 0}, 1, WireSamples.model(), null));
        }

        @Override
        public String getLocalNodeId() {
            return "node";
        }
    }

    public void testTheWindowsHaveTheTimeThatTheQueryLeft() {
        TestThreadPool threads =
                new TestThreadPool(getTestName()) {
                    @Override
                    public long relativeTimeInMillis() {
                        return passedMillis.get();
                    }
                };
        try (MockTransportService transport =
                MockTransportService.createNewService(
                        Settings.EMPTY,
                        VersionInformation.CURRENT,
                        TransportVersion.current(),
                        threads)) {
            SlowClient client = new SlowClient(threads);
            PlainActionFuture<LocalizeAction.Response> future = new PlainActionFuture<>();
            new TransportLocalizeAction(transport, new ActionFilters(Set.of()), client)
                    .doExecute(task(), request(TimeValue.timeValueSeconds(30)), future);
            future.actionGet();
            assertEquals(
                    List.of(TimeValue.timeValueSeconds(30), TimeValue.timeValueSeconds(10)),
                    client.asked.stream().map(EmbedAction.Request::timeout).toList());
        } finally {
            terminate(threads);
        }
    }

    private static CancellableTask task() {
        return new CancellableTask(
                1, "transport", LocalizeAction.NAME, "", TaskId.EMPTY_TASK_ID, Map.of());
    }

    private static LocalizeAction.Request request(TimeValue timeout) {
        MediaUri uri = MediaUri.parse("repository://media/clip.mp4");
        return new LocalizeAction.Request(
                "tiny",
                List.of(new InputSpec.Text("a goal")),
                new InputSpec.Link(InputSpec.Type.VIDEO, uri),
                new LocalizeAction.Finding(MomentsSpec.DEFAULT, SeedAndMerge.DEFAULT, 3, false),
                timeout);
    }
}
