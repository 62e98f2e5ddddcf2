package org.vidvec.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.Frame;

/** What every embedder keeps. */
public abstract class EmbedderTestCase extends ESTestCase {

    /** The embedder under test; not closed here. */
    protected abstract Embedder embedder() throws Exception;

    public void testUnitNorm() throws Exception {
        for (Embedding embedding : embedder().embed(inputs())) {
            double squares = 0;
            for (float value : embedding.vector()) {
                squares += (double) value * value;
            }
            assertEquals(1, Math.sqrt(squares), 1e-5);
            assertTrue(embedding.tokens() > 0);
        }
    }

    public void testAloneEqualsInBatchAndKeepsItsPlace() throws Exception {
        List<EmbedInput> inputs = inputs();
        List<Embedding> together = embedder().embed(inputs);
        assertEquals(inputs.size(), together.size());
        for (int i = 0; i < inputs.size(); i++) {
            Embedding alone = embedder().embed(List.of(inputs.get(i))).get(0);
            assertEquals(alone.tokens(), together.get(i).tokens());
            assertEquals(1, dot(alone.vector(), together.get(i).vector()), 1e-5);
        }
    }

    public void testCountsTheTokensThatItReads() throws Exception {
        for (EmbedInput input : inputs()) {
            assertEquals(
                    embedder().embed(List.of(input)).get(0).tokens(),
                    embedder().countTokens(input));
        }
    }

    public void testOrderOfFramesAndWordsMatters() throws Exception {
        Content a = picture(200, 10);
        Content b = picture(10, 200);
        assertDiffer(List.of(a, b), List.of(b, a));
        assertDiffer(
                List.of(new Content.Text("man bites dog")),
                List.of(new Content.Text("dog bites man")));
    }

    public void testNoInputsNoVectors() throws Exception {
        assertEquals(List.of(), embedder().embed(List.of()));
    }

    public void testManyThreadsAgree() throws Exception {
        List<EmbedInput> inputs = inputs();
        List<Embedding> expected = embedder().embed(inputs);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Embedder embedder = embedder();
            List<Future<List<Embedding>>> futures = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                futures.add(threads.submit(() -> embedder.embed(inputs)));
            }
            for (Future<List<Embedding>> future : futures) {
                List<Embedding> actual = future.get();
                for (int i = 0; i < inputs.size(); i++) {
                    assertEquals(1, dot(expected.get(i).vector(), actual.get(i).vector()), 1e-5);
                }
            }
        } finally {
            threads.shutdown();
            assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        }
    }

    private void assertDiffer(List<Content> one, List<Content> other) throws Exception {
        List<Embedding> both =
                embedder()
                        .embed(
                                List.of(
                                        new EmbedInput(one, EmbedInput.Role.QUERY, null),
                                        new EmbedInput(other, EmbedInput.Role.QUERY, null)));
        assertTrue(dot(both.get(0).vector(), both.get(1).vector()) < 0.99999);
    }

    /** Texts, an image, a video and a joint input of different lengths. */
    protected static List<EmbedInput> inputs() {
        List<EmbedInput> inputs = new ArrayList<>();
        Content words = new Content.Text("a dog catches a frisbee");
        Content video =
                TestModels.video(List.of(frame(60, 80, 3), frame(60, 80, 90), frame(60, 80, 200)));
        for (EmbedInput.Role role : EmbedInput.Role.values()) {
            inputs.add(new EmbedInput(List.of(words), role, null));
            inputs.add(new EmbedInput(List.of(video), role, null));
        }
        inputs.add(
                new EmbedInput(
                        List.of(new Content.Text("x ".repeat(100))),
                        EmbedInput.Role.DOCUMENT,
                        "Say it again:"));
        inputs.add(new EmbedInput(List.of(picture(7, 70)), EmbedInput.Role.DOCUMENT, null));
        inputs.add(new EmbedInput(List.of(video, words), EmbedInput.Role.QUERY, null));
        return inputs;
    }

    private static Content picture(int from, int to) {
        return new Content.Image(frame(from + 40, to + 40, 5));
    }

    /** A gradient, so that no two patches are alike. */
    static Frame frame(int height, int width, int shade) {
        byte[] rgb = new byte[height * width * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (shade + i / 7);
        }
        return new Frame(shade, width, height, rgb);
    }

    static double dot(float[] a, float[] b) {
        assertEquals(a.length, b.length);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
