package org.vidvec.action;

import static org.hamcrest.Matchers.containsString;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.test.ESTestCase;
import org.junit.After;
import org.junit.Before;
import org.vidvec.inference.InferenceTestCase;
import org.vidvec.inference.InputItem;
import org.vidvec.media.MediaSource;
import org.vidvec.web.FileServer;
import org.vidvec.web.UrlPrefix;
import org.vidvec.web.WebReader;

/** Media of a real server on the loopback address. */
@ESTestCase.WithoutEntitlements
public class MediaSourcesTests extends ESTestCase {

    private final AtomicLong clock = new AtomicLong();
    private final CircuitBreaker breaker = InferenceTestCase.breaker("150kb");
    private FileServer server;
    private WebReader web;
    private MediaSources sources;

    @Before
    public void startServer() throws Exception {
        server = new FileServer(new byte[100_000]);
        UrlPrefix prefix = UrlPrefix.of("private+" + server.url() + "/");
        web = new WebReader(List.of(prefix), Duration.ofSeconds(20));
        MediaRepositories none = new MediaRepositories(null, null, null, List.of());
        sources = new MediaSources(none, web, new HeapBreaker(breaker), 1 << 20);
    }

    @After
    public void stopServer() {
        web.close();
        server.close();
    }

    private InputSpec link(String path) {
        return new InputSpec.Link(InputSpec.Type.VIDEO, MediaUri.parse(server.url() + path));
    }

    private Caller caller() {
        return new Caller(CallerTests.task(), TimeValue.timeValueSeconds(5), clock::get);
    }

    public void testEndsWhenTheTimeIsOver() {
        // each look at the clock is two seconds later: one at the start, one before each file
        Caller caller =
                new Caller(
                        CallerTests.task(),
                        TimeValue.timeValueSeconds(5),
                        () -> clock.addAndGet(2000));
        ElasticsearchStatusException e =
                expectThrows(
                        ElasticsearchStatusException.class,
                        () -> sources.open(Collections.nCopies(9, link("/clips/a.mp4")), caller));
        assertEquals(RestStatus.REQUEST_TIMEOUT, e.status());
        assertEquals("not one for each file", 2, server.requests().size());
    }

    public void testOpensInOrder() {
        List<InputItem> items =
                sources.open(List.of(new InputSpec.Text("a dog"), link("/clips/a.mp4")), caller());
        assertEquals(new InputItem.Text("a dog"), items.get(0));
        assertEquals(100_000, ((InputItem.Media) items.get(1)).source().size());
    }

    public void testFilesOfServersWithoutRangesCountUntilTheyAreClosed() throws Exception {
        InputSpec whole = link("/whole/a.mp4");
        List<InputItem> first = sources.open(List.of(whole), caller());
        assertEquals(100_000, breaker.getUsed());
        CircuitBreakingException full =
                expectThrows(
                        CircuitBreakingException.class,
                        () -> sources.open(List.of(whole), caller()));
        assertEquals(RestStatus.TOO_MANY_REQUESTS, full.status());
        assertEquals("given back", 100_000, breaker.getUsed());
        byte[] end = new byte[9];
        MediaSource source = ((InputItem.Media) first.get(0)).source();
        assertEquals(1, source.read(99_999, end, 0, end.length));
        MediaSources.close(first);
        assertEquals(0, breaker.getUsed());
        MediaSources.close(sources.open(List.of(whole), caller()));
        sources.open(List.of(link("/clips/a.mp4")), caller());
        assertEquals("nothing of what is read in ranges", 0, breaker.getUsed());
    }

    public void testAFileThatNeverFits() {
        Exception e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> sources.open(List.of(link("/endless/a.mp4")), caller()));
        assertThat(e.getMessage(), containsString("over the limit of [153600] set by"));
        assertThat(e.getMessage(), containsString("[breaker.vidvec.limit]"));
        assertEquals(0, breaker.getUsed());
    }
}
