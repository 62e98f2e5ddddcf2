package org.vidvec.action;

import static org.hamcrest.Matchers.containsString;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.cluster.ClusterName;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.cluster.node.VersionInformation;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;
import org.elasticsearch.core.IOUtils;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.TaskCancelHelper;
import org.elasticsearch.tasks.TaskCancellationService;
import org.elasticsearch.tasks.TaskCancelledException;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.test.ClusterServiceUtils;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.test.transport.MockTransportService;
import org.elasticsearch.threadpool.TestThreadPool;
import org.elasticsearch.transport.TransportChannel;
import org.junit.After;
import org.junit.Before;

/** The router over real transport on loopback: one node that asks, two that answer. */
public class InferenceRouterTests extends ESTestCase {

    private static final String ACTION = EmbedAction.NAME + "[n]";

    /** What an inference node does with a request. */
    private interface Behaviour {
        void on(TransportChannel channel, EmbedAction.Request request) throws Exception;
    }

    private final EmbedAction.Response response = WireSamples.embedResponse();
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final BlockingQueue<TransportChannel> held = new LinkedBlockingQueue<>();

    private TestThreadPool threads;
    private MockTransportService asking;
    private MockTransportService a;
    private MockTransportService b;
    private ClusterService cluster;

    @Before
    public void startNodes() {
        threads = new TestThreadPool(getTestName());
        asking = node("asking", false);
        a = node("a", true);
        b = node("b", true);
        connect(a);
        connect(b);
        cluster = ClusterServiceUtils.createClusterService(threads, asking.getLocalNode());
        join(asking, a, b);
    }

    @After
    public void stopNodes() {
        IOUtils.closeWhileHandlingException(cluster, asking, a, b);
        terminate(threads);
    }

    public void testAnswers() {
        assertEquals(response, route());
        assertEquals(1, asked("a") + asked("b"));
    }

    public void testIdleNodesTakeTurns() {
        for (int i = 0; i < 4; i++) {
            route();
        }
        assertEquals(2, asked("a"));
        assertEquals(2, asked("b"));
    }

    public void testThisNodeIsPreferred() {
        join(a, b, asking);
        InferenceRouter here = new InferenceRouter(cluster, threads::relativeTimeInMillis);
        for (int i = 0; i < 4; i++) {
            PlainActionFuture<EmbedAction.Response> future = new PlainActionFuture<>();
            here.route(action(a), request(), task(), future);
            assertEquals(response, future.actionGet(TimeValue.timeValueSeconds(30)));
        }
        assertEquals(4, asked("a"));
        assertEquals(0, asked("b"));
    }

    public void testNoInferenceNode() {
        join(asking);
        ElasticsearchStatusException e =
                expectThrows(ElasticsearchStatusException.class, this::route);
        assertEquals(RestStatus.SERVICE_UNAVAILABLE, e.status());
        assertEquals(
                "there is no inference node in the cluster; set [vidvec.inference.enabled: true] in"
                        + " elasticsearch.yml of at least one node and try again",
                e.getMessage());
    }

    public void testAnotherNodeIfOneCannotBeReached() {
        asking.addFailToSendNoConnectRule(a);
        for (int i = 0; i < 3; i++) {
            assertEquals(response, route());
        }
        assertEquals(0, asked("a"));
        assertEquals(3, asked("b"));
    }

    public void testAnotherNodeIfOneLeavesWhileItWorks() throws Exception {
        behaviours.put("a", (channel, request) -> a.close());
        route();
        assertEquals(response, route());
        assertEquals(1, asked("a"));
        assertEquals(2, asked("b"));
    }

    public void testUnavailableIfAllLeave() {
        asking.addFailToSendNoConnectRule(a);
        asking.addFailToSendNoConnectRule(b);
        ElasticsearchStatusException e =
                expectThrows(ElasticsearchStatusException.class, this::route);
        assertEquals(RestStatus.SERVICE_UNAVAILABLE, e.status());
        assertThat(e.getMessage(), containsString("no inference node is left of ["));
        assertThat(e.getMessage(), containsString("try again when one is back"));
    }

    public void testAnotherNodeIfOneIsFull() {
        behaviours.put("a", fail(new EsRejectedExecutionException("queue [1024] is full")));
        for (int i = 0; i < 4; i++) {
            assertEquals(response, route());
        }
        assertEquals(4, asked("b"));
        assertEquals("a full node is left alone for a while", 1, asked("a"));
    }

    public void testRejectedIfAllAreFull() {
        behaviours.put("a", fail(new EsRejectedExecutionException("queue [1024] is full")));
        behaviours.put("b", fail(new EsRejectedExecutionException("queue [1024] is full")));
        EsRejectedExecutionException e =
                expectThrows(EsRejectedExecutionException.class, this::route);
        assertEquals("queue [1024] is full", e.getMessage());
        assertTrue(Failures.isFull(e));
    }

    public void testNodeThatHasTheModel() {
        behaviours.put("a", fail(new ResourceNotFoundException("no model [tiny]")));
        for (int i = 0; i < 4; i++) {
            assertEquals(response, route());
        }
        assertEquals(4, asked("b"));
        assertEquals("a node without the model is asked last", 1, asked("a"));
    }

    public void testNotFoundIfNoNodeHasTheModel() {
        behaviours.put("a", fail(new ResourceNotFoundException("no model [tiny]")));
        behaviours.put("b", fail(new ResourceNotFoundException("no model [tiny]")));
        Exception e = expectThrows(ResourceNotFoundException.class, this::route);
        assertEquals("no model [tiny]", e.getMessage());
    }

    public void testErrorsOfTheInputAreNotTriedAgain() {
        behaviours.put("a", fail(new IllegalArgumentException("no video [clip]")));
        behaviours.put("b", fail(new IllegalArgumentException("no video [clip]")));
        Exception e = expectThrows(IllegalArgumentException.class, this::route);
        assertEquals("no video [clip]", e.getMessage());
        assertEquals(RestStatus.BAD_REQUEST, ExceptionsHelper.status(e));
        assertEquals(1, asked("a") + asked("b"));
    }

    public void testLeastBusyNode() throws Exception {
        InferenceRouter router = new InferenceRouter(cluster, threads::relativeTimeInMillis);
        behaviours.put("a", (channel, request) -> held.add(channel));
        behaviours.put("b", (channel, request) -> held.add(channel));
        List<PlainActionFuture<EmbedAction.Response>> futures = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            futures.add(route(router));
        }
        for (int i = 0; i < 6; i++) {
            held.poll(30, TimeUnit.SECONDS).sendResponse(new NodeAnswer<>(response, 0));
        }
        for (PlainActionFuture<EmbedAction.Response> future : futures) {
            assertEquals(response, future.actionGet(TimeValue.timeValueSeconds(30)));
        }
        assertEquals(3, asked("a"));
        assertEquals(3, asked("b"));
    }

    public void testWordOfANodeOnItsQueueCounts() {
        InferenceRouter router = new InferenceRouter(cluster, () -> 0);
        behaviours.put(
                "a", (channel, request) -> channel.sendResponse(new NodeAnswer<>(response, 9)));
        for (int i = 0; i < 6; i++) {
            route(router).actionGet(TimeValue.timeValueSeconds(30));
        }
        assertEquals("after it said that others have 9 calls there", 1, asked("a"));
    }

    public void testTimeout() {
        behaviours.put("a", (channel, request) -> held.add(channel));
        behaviours.put("b", (channel, request) -> held.add(channel));
        PlainActionFuture<EmbedAction.Response> future = new PlainActionFuture<>();
        EmbedAction.Request impatient = request().within(TimeValue.timeValueMillis(10));
        new InferenceRouter(cluster, threads::relativeTimeInMillis)
                .route(action(asking), impatient, task(), future);
        ElasticsearchStatusException e =
                expectThrows(
                        ElasticsearchStatusException.class,
                        () -> future.actionGet(TimeValue.timeValueSeconds(30)));
        assertEquals(RestStatus.REQUEST_TIMEOUT, e.status());
        assertEquals(
                "[vidvec] timed out after [10ms] waiting for an inference node; raise [timeout] or"
                        + " send less at once",
                e.getMessage());
    }

    public void testCancelledRequestIsNotSent() {
        CancellableTask task = task();
        TaskCancelHelper.cancel(task, "the user left");
        PlainActionFuture<EmbedAction.Response> future = new PlainActionFuture<>();
        new InferenceRouter(cluster, threads::relativeTimeInMillis)
                .route(action(asking), request(), task, future);
        expectThrows(TaskCancelledException.class, future::actionGet);
        assertEquals(0, asked("a") + asked("b"));
    }

    public void testTimeLeftTravels() {
        BlockingQueue<TimeValue> left = new LinkedBlockingQueue<>();
        Behaviour note =
                (channel, request) -> {
                    left.add(request.timeout());
                    channel.sendResponse(new NodeAnswer<>(response, 0));
                };
        behaviours.put("a", note);
        behaviours.put("b", note);
        route();
        assertTrue(left.peek().millis() <= request().timeout().millis());
    }

    private MockTransportService node(String name, boolean inference) {
        MockTransportService service =
                MockTransportService.createNewService(
                        Settings.builder()
                                .put("node.name", name)
                                .put("node.attr.vidvec.inference", inference)
                                .build(),
                        VersionInformation.CURRENT,
                        TransportVersion.current(),
                        threads);
        service.registerRequestHandler(
                ACTION,
                threads.generic(),
                EmbedAction.Request::new,
                (request, channel, task) -> {
                    asked.computeIfAbsent(name, n -> new AtomicInteger()).incrementAndGet();
                    behaviours
                            .getOrDefault(
                                    name, (c, r) -> c.sendResponse(new NodeAnswer<>(response, 0)))
                            .on(channel, request);
                });
        service.getTaskManager().setTaskCancellationService(new TaskCancellationService(service));
        service.start();
        service.acceptIncomingRequests();
        return service;
    }

    private void connect(MockTransportService to) {
        PlainActionFuture<Releasable> connected = new PlainActionFuture<>();
        asking.connectToNode(to.getLocalNode(), connected);
        connected.actionGet(TimeValue.timeValueSeconds(30));
    }

    /** Makes the cluster consist of these nodes, as the first sees it. */
    private void join(MockTransportService local, MockTransportService... others) {
        DiscoveryNodes.Builder nodes =
                DiscoveryNodes.builder()
                        .add(local.getLocalNode())
                        .localNodeId(local.getLocalNode().getId())
                        .masterNodeId(local.getLocalNode().getId());
        for (MockTransportService other : others) {
            nodes.add(other.getLocalNode());
        }
        ClusterServiceUtils.setState(
                cluster, ClusterState.builder(new ClusterName("test")).nodes(nodes).build());
    }

    private static Behaviour fail(Exception e) {
        return (channel, request) -> channel.sendResponse(e);
    }

    private int asked(String node) {
        return asked.getOrDefault(node, new AtomicInteger()).get();
    }

    private final AtomicInteger taskIds = new AtomicInteger();
    private InferenceRouter shared;

    /** Through one router, so that it learns. */
    private EmbedAction.Response route() {
        if (shared == null) {
            shared = new InferenceRouter(cluster, threads::relativeTimeInMillis);
        }
        return route(shared).actionGet(TimeValue.timeValueSeconds(30));
    }

    private PlainActionFuture<EmbedAction.Response> route(InferenceRouter router) {
        PlainActionFuture<EmbedAction.Response> future = new PlainActionFuture<>();
        router.route(action(asking), request(), task(), future);
        return future;
    }

    private static InferenceRouter.NodeAction<EmbedAction.Response> action(
            MockTransportService from) {
        return new InferenceRouter.NodeAction<>(from, ACTION, EmbedAction.Response::new);
    }

    private static EmbedAction.Request request() {
        return new EmbedAction.Request(
                "tiny",
                List.of(new InputSpec.Text("a dog")),
                EmbedOptions.query(null),
                TimeValue.timeValueSeconds(60));
    }

    private CancellableTask task() {
        return new CancellableTask(
                taskIds.incrementAndGet(),
                "transport",
                EmbedAction.NAME,
                "",
                TaskId.EMPTY_TASK_ID,
                Map.of());
    }
}
