package org.vidvec.media;

import org.elasticsearch.test.ESTestCase;

/** Large files are read in the parts that the wanted frames need, and give the same frames. */
public class RangeReadTests extends ESTestCase {

    // 480 chunks: 2 GB
    private static final int GAP = 4_200_000;

    private static final Sampling EIGHT = new Sampling.Uniform(8);

    private final MediaBackend backend = new FfmpegBackend(MediaFiles.natives());

    public void testLargeMp4() throws Exception {
        byte[] file = MediaFiles.bytes("demo/silent-comedy.mp4");
        Clip expected =
                backend.read(
                        new BytesSource("silent-comedy.mp4", file), EIGHT, MediaLimits.DEFAULT);
        for (boolean indexFirst : new boolean[] {true, false}) {
            SpreadMp4 source = new SpreadMp4(file, GAP, indexFirst);
            assertTrue(source.size() + "", source.size() > 1_900_000_000L);
            CountingSource counting = new CountingSource(source);
            Clip clip = backend.read(counting, EIGHT, MediaLimits.DEFAULT);
            assertSame(expected, clip);
            // 0.7 MB of 2 GB: the index twice, and the frames up to the last wanted one
            assertTrue(counting.bytes + "", counting.bytes < 1 << 20);
            assertTrue(counting.reads + "", counting.reads < 300);
        }
    }

    private static void assertSame(Clip expected, Clip actual) {
        assertEquals(expected.info(), actual.info());
        assertEquals(expected.frames().size(), actual.frames().size());
        for (int i = 0; i < expected.frames().size(); i++) {
            Frame frame = expected.frames().get(i);
            assertEquals(frame.index(), actual.frames().get(i).index());
            assertEquals(frame.timeSeconds(), actual.frames().get(i).timeSeconds(), 2e-3);
            assertArrayEquals(frame.rgb(), actual.frames().get(i).rgb());
        }
    }

    /** What is left out of the scan is not needed for it. */
    public void testScanWithoutMediaFindsTheSamePackets() throws Exception {
        FfmpegLibraries.load(MediaFiles.natives());
        for (String file :
                new String[] {
                    "video/dog-fetch.mp4",
                    "video/cup-shuffle.mp4",
                    "video/flower-fragmented.mp4",
                    "video/counting.mp4",
                    "video/rooftop-hdr10.mp4",
                    "bad/unordered.mov",
                    "bad/rotated-270-real.mov",
                    "bad/negative-start.mp4",
                    "bad/vfr.mp4"
                }) {
            PacketScan all = scan(MediaFiles.source(file));
            PacketScan without = scan(new TrailedSource(MediaFiles.source(file), 17 << 20));
            assertEquals(file, all.timed(), without.timed());
            assertEquals(file, all.keys(), without.keys());
            assertEquals(file, all.timeline().size(), without.timeline().size());
            for (int i = 0; i < all.timeline().size(); i++) {
                assertEquals(file, all.timeline().tick(i), without.timeline().tick(i));
            }
        }
    }

    private static PacketScan scan(MediaSource source) throws MediaException {
        Deadline deadline = new Deadline(source.name(), MediaLimits.DEFAULT.timeout());
        FileKind kind = FileKind.of(source);
        boolean small = source.size() <= FfmpegBackend.SMALL_BYTES;
        try (Demuxer demuxer =
                new VideoFile(source, kind, MediaLimits.DEFAULT, deadline, small, true).open()) {
            demuxer.leaveOutData();
            assertEquals(source instanceof TrailedSource, demuxer.withoutData());
            return PacketScan.of(demuxer, null, source.name(), MediaLimits.DEFAULT);
        }
    }
}
