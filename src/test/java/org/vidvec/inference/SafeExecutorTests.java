package org.vidvec.inference;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.inference.InferenceException.Kind;
import org.vidvec.media.MediaException;
import org.vidvec.model.ModelException;

public class SafeExecutorTests extends ESTestCase {

    private final List<InferenceException> failures = new ArrayList<>();

    public void testTasksSeeThePluginsClassLoaderAndLeaveTheThreadAsItWas() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        List<ClassLoader> seen = new ArrayList<>();
        try (URLClassLoader hosts = new URLClassLoader(new URL[0])) {
            thread.setContextClassLoader(hosts);
            SafeExecutor executor = new SafeExecutor("inference", Runnable::run);
            executor.execute(() -> seen.add(thread.getContextClassLoader()), "look", failures::add);
            assertEquals(List.of(InferenceService.class.getClassLoader()), seen);
            assertSame(hosts, thread.getContextClassLoader());
        } finally {
            thread.setContextClassLoader(before);
        }
        assertEquals(List.of(), failures);
    }

    public void testErrorsStayInside() {
        new SafeExecutor("inference", Runnable::run)
                .execute(
                        () -> {
                            throw new UnsatisfiedLinkError("no jniavutil in java.library.path");
                        },
                        "decode media",
                        failures::add);
        assertEquals(1, failures.size());
        assertEquals(
                "could not decode media: [java.lang.UnsatisfiedLinkError: no jniavutil in"
                        + " java.library.path]; the log of this node has the stack trace",
                failures.get(0).getMessage());
        assertNull(failures.get(0).getCause());
    }

    public void testAnErrorWhileTellingTheFailureStaysInsideToo() {
        SafeExecutor.run(
                () -> {
                    throw new IllegalStateException("first");
                },
                "work",
                failure -> {
                    throw new AssertionError("second");
                });
    }

    public void testARefusalOfTheThreadsIsAFailure() {
        SafeExecutor executor =
                new SafeExecutor(
                        "decode",
                        task -> {
                            throw new RejectedExecutionException();
                        });
        executor.execute(() -> {}, "decode media", failures::add);
        assertEquals(Kind.UNAVAILABLE, failures.get(0).kind());
    }

    public void testEachReasonHasItsKind() {
        for (MediaException.Reason reason : MediaException.Reason.values()) {
            Kind kind = Failures.of(new MediaException(reason, "m"), "x").kind();
            Kind expected =
                    switch (reason) {
                        case DECODER -> Kind.UNAVAILABLE;
                        case BUSY -> Kind.OVERLOADED;
                        case UNREADABLE -> Kind.UNREADABLE;
                        default -> Kind.BAD_INPUT;
                    };
            assertEquals(expected, kind);
        }
        assertEquals(Kind.BAD_INPUT, kind(ModelException.Kind.INPUT));
        assertEquals(Kind.FAILED, kind(ModelException.Kind.CHECKPOINT));
        assertEquals(Kind.FAILED, kind(ModelException.Kind.ENGINE));
        assertEquals(Kind.OVERLOADED, kind(ModelException.Kind.RESOURCES));
    }

    private static Kind kind(ModelException.Kind kind) {
        return Failures.of(new ModelException(kind, "m"), "x").kind();
    }

    public void testAnErrorAmongTheCausesIsCutOff() {
        Exception hidden = new IllegalStateException(new AssertionError("deep"));
        ModelException thrown = new ModelException(ModelException.Kind.ENGINE, "m", hidden);
        InferenceException told = Failures.of(thrown, "x");
        assertEquals("m", told.getMessage());
        assertNull(told.getCause());
        ModelException harmless =
                new ModelException(ModelException.Kind.ENGINE, "m", new Exception("io"));
        assertSame(harmless, Failures.of(harmless, "x").getCause());
    }
}
