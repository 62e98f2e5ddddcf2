package org.vidvec.action;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.common.blobstore.BlobContainer;
import org.elasticsearch.common.blobstore.BlobPath;
import org.elasticsearch.common.blobstore.OperationPurpose;
import org.elasticsearch.common.blobstore.fs.FsBlobStore;
import org.elasticsearch.common.blobstore.support.FilterBlobContainer;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.Clip;
import org.vidvec.media.MediaFiles;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.MediaReader;
import org.vidvec.media.Sampling;
import org.vidvec.media.SpreadMatroska;
import org.vidvec.media.SpreadMp4;

/** What is asked of a repository when frames of a large file are wanted. */
public class RepositoryFileTests extends ESTestCase {

    private static final MediaLimits THREE_GIGABYTES =
            new MediaLimits(3L << 30, Duration.ofHours(1), 1 << 20, 64, Duration.ofMinutes(2));

    private final List<Long> requests = new ArrayList<>();

    public void testEightFramesOfALargeMp4() throws Exception {
        byte[] file = MediaFiles.bytes("demo/silent-comedy.mp4");
        Path folder = createTempDir();
        for (boolean indexFirst : new boolean[] {true, false}) {
            SpreadMp4.of(file, 100_000_000, 24, indexFirst).write(folder.resolve("a.mp4"));
            assertEquals(8, read(folder, "a.mp4").frames().size());
            // 2 GB
            assertRequests(60, 8 << 20);
        }
    }

    public void testEightFramesOfALargeMatroska() throws Exception {
        byte[] file = MediaFiles.bytes("demo/elf-figurine.mkv");
        Path folder = createTempDir();
        SpreadMatroska.of(file, 90_000_000, 10).write(folder.resolve("a.mkv"));
        assertEquals(8, read(folder, "a.mkv").frames().size());
        assertRequests(90, 8 << 20);
    }

    private Clip read(Path folder, String name) throws Exception {
        try (FsBlobStore store = new FsBlobStore(8192, folder, true)) {
            BlobContainer container = new Counting(store.blobContainer(BlobPath.EMPTY));
            long size = folder.resolve(name).toFile().length();
            assertTrue(size + "", size > 1_900_000_000L);
            RangeSource source =
                    new RepositoryFile(
                                    new RepositoryUri("clips", name),
                                    new MediaRepositories.Folder(container, () -> {}),
                                    name,
                                    size)
                            .source();
            return new MediaReader(MediaFiles.natives())
                    .read(source, new Sampling.Uniform(8), THREE_GIGABYTES);
        }
    }

    private void assertRequests(int most, long mostBytes) {
        long bytes = requests.stream().mapToLong(n -> n).sum();
        logger.info("[{}] requests, [{}] bytes", requests.size(), bytes);
        assertTrue(requests.size() + "", requests.size() <= most);
        assertTrue(bytes + "", bytes <= mostBytes);
        requests.clear();
    }

    /** Notes how long each range is. */
    private final class Counting extends FilterBlobContainer {

        Counting(BlobContainer container) {
            super(container);
        }

        @Override
        protected BlobContainer wrapChild(BlobContainer child) {
            return child;
        }

        @Override
        public InputStream readBlob(
                OperationPurpose purpose, String blob, long position, long length)
                throws IOException {
            requests.add(length);
            return super.readBlob(purpose, blob, position, length);
        }
    }
}
