package org.vidvec.backbone;

import java.util.List;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.TensorScope;
import org.vidvec.family.Qwen2VlTestCase;
import org.vidvec.prompt.PreparedSequence;

/** Memories of videos are computed once, kept within their budget, and freed. */
public class SharedPrefixesTests extends Qwen2VlTestCase {

    private static final String A = "qwen2_vl_a";

    private static ReadoutPlan plan(VisionLanguageNetwork network) {
        return new ReadoutPlan(network.layers(), Pooling.LAST, new long[] {521, 522});
    }

    private static void assertStats(
            PrefixCache cache, long entries, long bytes, long hits, long misses, long evictions) {
        assertEquals(new PrefixCache.Stats(entries, bytes, hits, misses, evictions), cache.stats());
    }

    public void testTheSecondQueryFindsTheVideo() throws Exception {
        long before = TensorScope.liveTensors();
        try (VisionLanguageNetwork network = load(A, DType.FLOAT32)) {
            PrefixCache cache = new PrefixCache(1 << 20);
            PreparedSequence video = sequence(A, "video");
            PreparedSequence image = sequence(A, "image");
            PreparedSequence text = sequence(A, "text_short");
            PreparedSequence other = KeyValuesTests.withLastTokens(video, 30, 31);
            long videoBytes = video.picturesEnd() * network.tokenBytes();
            long bytes = videoBytes + image.picturesEnd() * network.tokenBytes();
            try (SharedPrefixes prefixes = new SharedPrefixes(network, cache, "sha256:a")) {
                check(network, prefixes, List.of(text, video, image));
                assertStats(cache, 2, bytes, 0, 2, 0);
                check(network, prefixes, List.of(other, text, video));
                assertStats(cache, 2, bytes, 2, 2, 0);
                assertEquals(before + 2, TensorScope.liveTensors());
                try (SharedPrefixes foreign = new SharedPrefixes(network, cache, "sha256:b")) {
                    check(network, foreign, List.of(video));
                    assertStats(cache, 3, bytes + videoBytes, 2, 3, 0);
                }
                assertStats(cache, 2, bytes, 2, 3, 0);
            }
            assertStats(cache, 0, 0, 2, 3, 0);
        }
        assertEquals(before, TensorScope.liveTensors());
    }

    private static void check(
            VisionLanguageNetwork network, SharedPrefixes prefixes, List<PreparedSequence> batch)
            throws EngineException {
        List<Readout> readouts = prefixes.read(batch, plan(network));
        for (int i = 0; i < batch.size(); i++) {
            Readout whole = network.read(List.of(batch.get(i)), plan(network)).get(0);
            KeyValuesTests.assertSame("sequence " + i, whole, readouts.get(i));
        }
    }

    public void testTheBudgetIsKept() throws Exception {
        try (VisionLanguageNetwork network = load(A, DType.FLOAT32)) {
            PreparedSequence video = sequence(A, "video");
            PreparedSequence odd = sequence(A, "video_odd");
            PreparedSequence image = sequence(A, "image");
            long videoBytes = video.picturesEnd() * network.tokenBytes();
            long oddBytes = odd.picturesEnd() * network.tokenBytes();
            long imageBytes = image.picturesEnd() * network.tokenBytes();
            PrefixCache cache = new PrefixCache(videoBytes + oddBytes);
            try (SharedPrefixes prefixes = new SharedPrefixes(network, cache, "a")) {
                // those of one call are in use together: the third is read as a whole
                check(network, prefixes, List.of(video, odd, image));
                assertStats(cache, 2, videoBytes + oddBytes, 0, 3, 0);
                check(network, prefixes, List.of(video));
                check(network, prefixes, List.of(image));
                assertStats(cache, 2, videoBytes + imageBytes, 1, 4, 1);
                check(network, prefixes, List.of(video));
                assertStats(cache, 2, videoBytes + imageBytes, 2, 4, 1);
            }
            PrefixCache none = new PrefixCache(0);
            try (SharedPrefixes prefixes = new SharedPrefixes(network, none, "a")) {
                check(network, prefixes, List.of(video, image));
                assertStats(none, 0, 0, 0, 2, 0);
            }
        }
    }

    public void testCallsAtOnceComputeItOnce() throws Exception {
        try (VisionLanguageNetwork network = load(A, DType.FLOAT32)) {
            PrefixCache cache = new PrefixCache(1 << 20);
            PreparedSequence video = sequence(A, "video");
            PreparedSequence image = sequence(A, "image");
            try (SharedPrefixes prefixes = new SharedPrefixes(network, cache, "a")) {
                runInParallel(
                        8,
                        t -> {
                            try {
                                List<PreparedSequence> both =
                                        t % 2 == 0 ? List.of(video, image) : List.of(image, video);
                                check(network, prefixes, both);
                            } catch (EngineException e) {
                                throw new AssertionError(e);
                            }
                        });
                PrefixCache.Stats stats = cache.stats();
                assertEquals(2, stats.misses());
                assertEquals(14, stats.hits());
            }
            assertEquals(0, cache.stats().bytes());
        }
    }

    public void testAFailureIsForgotten() throws Exception {
        VisionLanguageNetwork network = load(A, DType.FLOAT32);
        PrefixCache cache = new PrefixCache(1 << 20);
        PreparedSequence video = sequence(A, "video");
        try (SharedPrefixes prefixes = new SharedPrefixes(network, cache, "a")) {
            network.close();
            expectThrows(EngineException.class, () -> prefixes.read(List.of(video), plan(network)));
            assertStats(cache, 0, 0, 0, 1, 0);
        }
    }
}
