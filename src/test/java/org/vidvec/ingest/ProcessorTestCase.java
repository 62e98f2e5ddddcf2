package org.vidvec.ingest;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.cluster.metadata.ProjectId;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.hash.MessageDigests;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.ingest.IngestDocument;
import org.elasticsearch.ingest.TestIngestDocument;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.threadpool.TestThreadPool;
import org.junit.After;
import org.junit.Before;
import org.vidvec.action.EmbedAction;
import org.vidvec.action.MediaFacts;
import org.vidvec.action.ModelSummary;
import org.vidvec.action.MomentLimit;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.Sampling;
import org.vidvec.model.ModelInfo;

/** The processor with what tests of it share; the cluster behind the client is prepared. */
public abstract class ProcessorTestCase extends ESTestCase {

    static final byte[] CLIP = {1, 2, 3, 4, 5};
    static final String BASE64 = Base64.getEncoder().encodeToString(CLIP);
    static final String SHA256 = MessageDigests.toHexString(MessageDigests.sha256().digest(CLIP));
    static final byte[] STRIP = {9, 8, 7};

    static final ModelInfo MODEL =
            new ModelInfo(
                    "tiny",
                    "qwen2_vl",
                    "sha256:abc",
                    2,
                    24,
                    28,
                    1000,
                    "float32",
                    new Sampling.Uniform(8),
                    false);

    static final EmbedAction.Response RESPONSE =
            new EmbedAction.Response(
                    new float[] {0.6f, 0.8f},
                    11,
                    new ModelSummary(MODEL),
                    new MediaFacts(
                            new MediaInfo("video", "mov", "h264", 1280, 720, 63.4, 29.97),
                            SHA256,
                            127,
                            new BytesArray(STRIP)));

    /** Time that passes because a test says so. */
    final AtomicLong passedMillis = new AtomicLong();

    /** Threshold of the slow log. */
    TimeValue slow = TimeValue.MINUS_ONE;

    private TestThreadPool threads;
    AnsweringClient client;

    @Before
    public void startThreads() {
        threads =
                new TestThreadPool(getTestName()) {
                    @Override
                    public long relativeTimeInMillis() {
                        return super.relativeTimeInMillis() + passedMillis.get();
                    }
                };
        client = new AnsweringClient(threads);
        client.answers.add(RESPONSE);
    }

    @After
    public void stopThreads() {
        terminate(threads);
    }

    void run(Map<String, Object> options, IngestDocument document) throws Exception {
        PlainActionFuture<IngestDocument> future = new PlainActionFuture<>();
        processor(options)
                .execute(
                        document,
                        (done, e) -> {
                            if (e == null) {
                                future.onResponse(done);
                            } else {
                                future.onFailure(e);
                            }
                        });
        assertSame(document, future.actionGet(30, TimeUnit.SECONDS));
    }

    VidvecProcessor processor(Map<String, Object> options) throws Exception {
        Map<String, Object> config = new HashMap<>(Map.of("model_id", "tiny", "field", "video"));
        config.putAll(options);
        VidvecProcessor processor =
                new VidvecProcessor.Factory(
                                client, new MomentLimit(() -> 2000), new SlowLog(() -> slow))
                        .create(Map.of(), "embed", null, config, ProjectId.DEFAULT);
        assertEquals(Map.of(), config);
        assertTrue(processor.isAsync());
        return processor;
    }

    static IngestDocument document(Map<String, Object> source) {
        return TestIngestDocument.withDefaultVersion(new HashMap<>(source));
    }
}
