package org.vidvec.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.store.Directory;
import org.elasticsearch.core.CheckedConsumer;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.mapper.MapperService;
import org.elasticsearch.index.mapper.MapperServiceTestCase;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.threadpool.TestThreadPool;
import org.elasticsearch.xcontent.XContentBuilder;
import org.junit.After;
import org.junit.Before;
import org.vidvec.action.CalibrationSpec;
import org.vidvec.action.InputSpec;
import org.vidvec.action.MatchAction;
import org.vidvec.action.ModelsAnswers;
import org.vidvec.action.RerankMode;
import org.vidvec.model.MatchScore;

/**
 * A rescorer over a real index of several segments. The frames of a document are its P(Yes) as a
 * text, and the model, which stands at the border, reads it from there.
 */
public abstract class RescorerTestCase extends MapperServiceTestCase {

    static final String FINGERPRINT = "sha256:1";

    private TestThreadPool threads;

    /** Answers match requests; tests may replace it. */
    Function<MatchAction.Request, MatchAction.Response> model = RescorerTestCase::judge;

    AnsweringClient client;
    boolean allowFailures;
    Float minScore;
    ScoreBlend blend = ScoreBlend.DEFAULT;
    InputSpec.Type type = InputSpec.Type.VIDEO;
    CalibrationSpec calibration = CalibrationSpec.NONE;
    String field = RescoreSpec.DEFAULT_FIELD;
    TextWeights texts = TextWeights.NONE;
    int windowSize = 100;

    @Before
    public void startThreads() {
        threads = new TestThreadPool(getTestName());
        client = new AnsweringClient(threads, r -> model.apply((MatchAction.Request) r));
    }

    @After
    public void stopThreads() {
        terminate(threads);
    }

    static MatchAction.Response judge(MatchAction.Request request) {
        List<MatchAction.Outcome> outcomes = new ArrayList<>();
        for (InputSpec candidate : request.candidates()) {
            outcomes.add(
                    switch (candidate) {
                        case InputSpec.Frames f -> outcome(f.strip().utf8ToString());
                        case InputSpec.Inline i -> outcome(i.data().utf8ToString());
                        case InputSpec.Text t when t.value().startsWith("0.") -> outcome(t.value());
                        default -> new MatchAction.Outcome(null, "no frames");
                    });
        }
        return new MatchAction.Response(ModelsAnswers.model("m", FINGERPRINT), outcomes);
    }

    private static MatchAction.Outcome outcome(String frames) {
        if (frames.startsWith("0.") == false) {
            return new MatchAction.Outcome(null, "the strip is broken");
        }
        double p = Double.parseDouble(frames);
        return new MatchAction.Outcome(new MatchScore(Math.log(p), Math.log(1 - p)), null);
    }

    /** A document's JSON. */
    interface Doc extends CheckedConsumer<XContentBuilder, IOException> {}

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A document as the ingest processor leaves it, with its P(Yes) as frames. */
    static Doc frames(String pYes) {
        return document ->
                document.startObject("vidvec")
                        .field("frames", base64(pYes))
                        .startObject("media")
                        .field("frames_sampled", 8)
                        .endObject()
                        .endObject();
    }

    /** The same with a title, whose P(Yes) is its text. */
    static Doc titled(String pYes, String... titles) {
        return document -> {
            frames(pYes).accept(document);
            document.field("title", titles);
        };
    }

    static Doc withoutFrames() {
        return document -> document.field("title", "no video");
    }

    /** The mapping that the README recommends, without the vector. */
    XContentBuilder videos() throws IOException {
        return mapping(
                fields -> {
                    fields.startObject("title").field("type", "text").endObject();
                    fields.startObject("vidvec").startObject("properties");
                    fields.startObject("frames").field("type", "binary").endObject();
                    fields.startObject("media").startObject("properties");
                    fields.startObject("frames_sampled").field("type", "integer").endObject();
                    fields.endObject().endObject();
                    fields.endObject().endObject();
                });
    }

    /** A shard with an index: what a test rescores. */
    final class Shard {
        private final MapperService mapper;
        private final IndexSearcher searcher;

        Shard(MapperService mapper, IndexSearcher searcher) {
            this.mapper = mapper;
            this.searcher = searcher;
        }

        IndexSearcher searcher() {
            return searcher;
        }

        VidvecRescoreContext context() throws IOException {
            return new VidvecRescoreContext(
                    windowSize,
                    spec(),
                    FINGERPRINT,
                    new FrameReader(
                            createSearchExecutionContext(mapper, searcher), field, type, texts),
                    new MatchCalls(client));
        }

        /** Whether the host may keep the shard's result. */
        boolean isCacheable() throws IOException {
            SearchExecutionContext context = createSearchExecutionContext(mapper, searcher);
            new VidvecRescorerBuilder(spec(), new SearchServices(() -> client, () -> 100))
                    .buildContext(context);
            return context.isCacheable();
        }

        private RescoreSpec spec() {
            return new RescoreSpec(
                    "m",
                    List.of(QueryItem.of(new InputSpec.Text("a dog"))),
                    field,
                    type,
                    texts,
                    RerankMode.POINTWISE,
                    calibration,
                    blend,
                    TimeValue.timeValueSeconds(30),
                    new Keeping(minScore, allowFailures));
        }

        /** Hits in the order of the given doc ids, first scores falling from 10 by 1. */
        TopDocs rescore(VidvecRescoreContext context, int... docs) throws IOException {
            ScoreDoc[] hits = new ScoreDoc[docs.length];
            for (int i = 0; i < docs.length; i++) {
                hits[i] = new ScoreDoc(docs[i], 10 - i);
            }
            TotalHits total = new TotalHits(docs.length, TotalHits.Relation.EQUAL_TO);
            return VidvecRescorer.INSTANCE.rescore(new TopDocs(total, hits), searcher, context);
        }
    }

    /** Indexes each list of documents as one segment. */
    void withShard(
            MapperService mapper,
            List<List<Doc>> segments,
            CheckedConsumer<Shard, IOException> test)
            throws IOException {
        IndexWriterConfig config = new IndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE);
        try (Directory directory = newDirectory();
                IndexWriter writer = new IndexWriter(directory, config)) {
            int id = 0;
            for (List<Doc> segment : segments) {
                for (Doc doc : segment) {
                    writer.addDocuments(
                            mapper.documentMapper()
                                    .parse(source(Integer.toString(id++), doc, null))
                                    .docs());
                }
                writer.commit();
            }
            try (DirectoryReader reader =
                    wrapInMockESDirectoryReader(DirectoryReader.open(writer))) {
                assertEquals(segments.size(), reader.leaves().size());
                test.accept(new Shard(mapper, newSearcher(reader)));
            }
        }
    }

    /** Five documents in three segments. */
    static List<List<Doc>> fiveDocs() {
        return List.of(
                List.of(frames("0.1"), frames("0.9")),
                List.of(frames("0.5")),
                List.of(frames("0.7"), frames("0.3")));
    }

    static int[] docs(TopDocs hits) {
        return Arrays.stream(hits.scoreDocs).mapToInt(hit -> hit.doc).toArray();
    }

    static void assertScores(TopDocs hits, double... expected) {
        assertEquals(expected.length, hits.scoreDocs.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals("hit " + i, expected[i], hits.scoreDocs[i].score, expected[i] * 1e-5);
        }
    }
}
