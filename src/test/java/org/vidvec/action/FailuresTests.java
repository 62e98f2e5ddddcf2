package org.vidvec.action;

import static org.hamcrest.Matchers.instanceOf;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.cluster.node.DiscoveryNodeUtils;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;
import org.elasticsearch.node.NodeClosedException;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.TaskCancelledException;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.transport.NodeDisconnectedException;
import org.vidvec.inference.InferenceException;

/** Each kind of failure has its status, on this node and after it came over the wire. */
public class FailuresTests extends ESTestCase {

    public void testStatusOfEachKind() throws Exception {
        for (InferenceException.Kind kind : InferenceException.Kind.values()) {
            Exception e = Failures.of(new InferenceException(kind, "reason {} [x]"));
            RestStatus expected =
                    switch (kind) {
                        case BAD_INPUT, CANCELLED -> RestStatus.BAD_REQUEST;
                        case MODEL_NOT_FOUND -> RestStatus.NOT_FOUND;
                        case TIMEOUT -> RestStatus.REQUEST_TIMEOUT;
                        case OVERLOADED -> RestStatus.TOO_MANY_REQUESTS;
                        case UNREADABLE -> RestStatus.BAD_GATEWAY;
                        case FAILED -> RestStatus.INTERNAL_SERVER_ERROR;
                        case UNAVAILABLE -> RestStatus.SERVICE_UNAVAILABLE;
                    };
            assertEquals(kind.toString(), expected, ExceptionsHelper.status(e));
            assertEquals("reason {} [x]", e.getMessage());
            Exception received = overTheWire(e);
            assertEquals(kind.toString(), expected, ExceptionsHelper.status(received));
            assertEquals("reason {} [x]", received.getMessage());
        }
    }

    public void testTypes() {
        assertThat(
                Failures.of(new InferenceException(InferenceException.Kind.BAD_INPUT, "x")),
                instanceOf(IllegalArgumentException.class));
        assertThat(
                Failures.of(new InferenceException(InferenceException.Kind.MODEL_NOT_FOUND, "x")),
                instanceOf(ResourceNotFoundException.class));
        assertThat(
                Failures.of(new InferenceException(InferenceException.Kind.OVERLOADED, "x")),
                instanceOf(EsRejectedExecutionException.class));
        assertThat(
                Failures.of(new CancellationException()), instanceOf(TaskCancelledException.class));
    }

    /** With its bytes and the type that clients of the host know. */
    public void testABreakersOwnFailure() throws Exception {
        Exception broken =
                new CircuitBreakingException(
                        "[vidvec] Data too large", 12, 10, CircuitBreaker.Durability.TRANSIENT);
        Exception e =
                Failures.of(
                        new InferenceException(
                                InferenceException.Kind.OVERLOADED, broken.getMessage(), broken));
        assertSame(broken, e);
        CircuitBreakingException received = (CircuitBreakingException) overTheWire(e);
        assertEquals(RestStatus.TOO_MANY_REQUESTS, received.status());
        assertEquals(12, received.getBytesWanted());
        assertEquals(10, received.getByteLimit());
        assertTrue("the processor tries again", Failures.isFull(received));
    }

    public void testFuturesWrapping() {
        Exception inner = new InferenceException(InferenceException.Kind.TIMEOUT, "late");
        Exception e = Failures.of(new CompletionException(inner));
        assertEquals("late", e.getMessage());
        assertEquals(RestStatus.REQUEST_TIMEOUT, ExceptionsHelper.status(e));
    }

    /** The server dies of an Error among the causes. */
    public void testErrorIsNeverACause() {
        Exception e = Failures.of(new AssertionError("native"));
        assertEquals(RestStatus.INTERNAL_SERVER_ERROR, ExceptionsHelper.status(e));
        assertNull(e.getCause());
        assertEquals(
                "inference failed unexpectedly [AssertionError]; see the log of the inference node",
                e.getMessage());
        assertFalse(ExceptionsHelper.maybeError(e).isPresent());
    }

    public void testWhenAnotherNodeMayDo() {
        var node = DiscoveryNodeUtils.create("n");
        assertTrue(Failures.isNodeGone(new NodeDisconnectedException(node, "bye")));
        assertTrue(Failures.isNodeGone(new NodeClosedException(node)));
        assertTrue(Failures.isNodeGone(new EsRejectedExecutionException("stopped", true)));
        assertTrue(
                Failures.isNodeGone(
                        Failures.of(
                                new InferenceException(
                                        InferenceException.Kind.UNAVAILABLE, "no natives"))));
        assertFalse(Failures.isNodeGone(new EsRejectedExecutionException("full")));
        assertFalse(Failures.isNodeGone(new IllegalArgumentException("input")));
    }

    private static Exception overTheWire(Exception e) throws Exception {
        try (BytesStreamOutput out = new BytesStreamOutput()) {
            out.writeException(e);
            try (StreamInput in = out.bytes().streamInput()) {
                return in.readException();
            }
        }
    }
}
