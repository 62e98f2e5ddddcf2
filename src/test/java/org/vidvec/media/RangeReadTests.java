package org.vidvec.media;

import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.test.ESTestCase;

/** Large files are read in the parts that the wanted frames need, and give the same frames. */
public class RangeReadTests extends ESTestCase {

    private static final long GIGABYTE = 1L << 30;

    private static final Sampling EIGHT = new Sampling.Uniform(8);

    private final MediaBackend backend = new FfmpegBackend(MediaFiles.natives());

    /** Groups of 24 chunks, 100 MB from one to the next: 2 GB. */
    public void testLargeMp4() throws Exception {
        byte[] file = MediaFiles.bytes("demo/silent-comedy.mp4");
        for (boolean indexFirst : new boolean[] {true, false}) {
            SparseSource source = SpreadMp4.of(file, 100_000_000, 24, indexFirst);
            // the frames, 0.7 MB, once for the jumps of 16 kB that they begin with, and the index
            check("silent-comedy.mp4", file, source, 2 << 20);
        }
    }

    /** Groups of ten blocks, 90 MB from one to the next: 2 GB. */
    public void testLargeMatroskaWithCues() throws Exception {
        byte[] file = MediaFiles.bytes("demo/elf-figurine.mkv");
        check("elf-figurine.mkv", file, SpreadMatroska.of(file, 90_000_000, 10), 4 << 20);
    }

    /** On a disk, where the zeros take no room. */
    public void testLargeFileOnDisk() throws Exception {
        byte[] file = MediaFiles.bytes("demo/elf-figurine.mkv");
        Path path = createTempDir().resolve("spread.mkv");
        SpreadMatroska.of(file, 90_000_000, 10).write(path);
        try (FileSource source = new FileSource(path)) {
            check("elf-figurine.mkv", file, source, 4 << 20);
        }
    }

    /** A transport stream has no index: it is read once, and again only where frames are wanted. */
    public void testTransportStreamIsReadOnceAndInParts() throws Exception {
        List<Double> late = List.of(13.0, 13.5);
        byte[] file = MediaFiles.bytes("demo/tears-of-steel.ts");
        CountingSource counting = count("tears-of-steel.ts", file, new Sampling.Timestamps(late));
        // the last key frame before is at 12.9 s of 20 s
        assertTrue(counting.bytes + "", counting.bytes < 1.3 * file.length);
    }

    /** An AVI has an index of all its packets. */
    public void testAviIsReadOnceAtMost() throws Exception {
        byte[] file = MediaFiles.bytes("demo/store-aisle.avi");
        CountingSource once = count("store-aisle.avi", file, EIGHT);
        // and twice what is looked at when it is opened
        assertTrue(once.bytes + "", once.bytes < file.length + (128 << 10));
    }

    private CountingSource count(String name, byte[] file, Sampling sampling) throws Exception {
        BytesSource source = new BytesSource(name, file);
        CountingSource counting = new CountingSource(source);
        MediaBackend large = FfmpegBackend.forLargeFiles(MediaFiles.natives());
        assertSame(
                backend.read(source, sampling, MediaLimits.DEFAULT),
                large.read(counting, sampling, MediaLimits.DEFAULT));
        logger.info("[{}] [{}] bytes of [{}]", name, counting.bytes, file.length);
        return counting;
    }

    private void check(String name, byte[] file, MediaSource large, long mostBytes)
            throws Exception {
        Clip expected = backend.read(new BytesSource(name, file), EIGHT, MediaLimits.DEFAULT);
        assertTrue(large.size() + "", large.size() > 1.9 * GIGABYTE);
        CountingSource counting = new CountingSource(large);
        MediaLimits limits =
                new MediaLimits(
                        3 * GIGABYTE,
                        MediaLimits.DEFAULT.maxDuration(),
                        MediaLimits.DEFAULT.maxPixels(),
                        512,
                        MediaLimits.DEFAULT.timeout());
        assertSame(expected, backend.read(counting, EIGHT, limits));
        logger.info("[{}] [{}] bytes in [{}] reads", name, counting.bytes, counting.reads);
        assertTrue(counting.bytes + "", counting.bytes < mostBytes);
        assertTrue(counting.reads + "", counting.reads < 400);
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
