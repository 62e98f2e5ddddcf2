package org.vidvec.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.vidvec.inference.InferenceException.Kind;
import org.vidvec.model.WriteOptions;

public class WriteFlowTests extends InferenceTestCase {

    private static final WriteOptions SHORT = new WriteOptions(6, 0, 1, 0, List.of());

    private static WriteCall call(
            InputItem item, String question, WriteOptions options, Consumer<String> pieces) {
        return new WriteCall("a", List.of(item), question, null, options, pieces, MINUTE);
    }

    public void testTextsOfTheSameOptionsShareABatch() throws Exception {
        List<String> pieces = new ArrayList<>();
        CompletableFuture<WriteResult> caption =
                service.write(call(video("v", 3, 9), null, SHORT, pieces::add));
        CompletableFuture<WriteResult> answer =
                service.write(
                        call(
                                new InputItem.Text("abc"),
                                "who?",
                                new WriteOptions(6, 0, 1, 0, List.of()),
                                piece -> {}));
        CompletableFuture<WriteResult> other =
                service.write(
                        call(
                                new InputItem.Text("abc"),
                                "who?",
                                new WriteOptions(2, 0, 1, 0, List.of()),
                                piece -> {}));
        threads.settle();
        assertEquals("...", caption.get().written().text());
        assertEquals("stop", caption.get().written().finish());
        assertEquals(List.of(".", ".", "."), pieces);
        assertEquals("abcwho", answer.get().written().text());
        assertEquals("length", answer.get().written().finish());
        assertEquals("ab", other.get().written().text());
        assertEquals("a", answer.get().model().id());
        InferenceStats.Write stats = service.stats().models().get("a").write();
        assertEquals(3, stats.texts());
        assertEquals(3 + 6 + 2, stats.tokens());
        assertEquals("one about a video", 1, stats.videos());
        assertEquals(3, stats.videoTokens());
        assertEquals(3, stats.time().calls());
        assertEquals("two of the same options, one alone", 2, stats.time().batches());
    }

    public void testNobodyListensAnyMore() {
        List<CompletableFuture<WriteResult>> asked = new ArrayList<>();
        List<String> pieces = new ArrayList<>();
        asked.add(
                service.write(
                        call(
                                new InputItem.Text("abcdef"),
                                null,
                                SHORT,
                                piece -> {
                                    pieces.add(piece);
                                    if (pieces.size() == 2) {
                                        asked.get(0).cancel(true);
                                    }
                                })));
        threads.settle();
        assertTrue(asked.get(0).isCancelled());
        assertEquals(List.of("a", "b"), pieces);
    }

    public void testRefusals() {
        assertFailed(
                service.write(
                        new WriteCall("a", List.of(), null, null, SHORT, piece -> {}, MINUTE)),
                Kind.BAD_INPUT,
                "[input] is empty; it must hold at least one text, image or video");
        CompletableFuture<WriteResult> bad =
                service.write(call(new InputItem.Text("#"), null, SHORT, piece -> {}));
        threads.settle();
        assertFailed(bad, Kind.BAD_INPUT, "model [a] does not know the character [#]");
        assertEquals(1, service.stats().models().get("a").write().failed());
    }
}
