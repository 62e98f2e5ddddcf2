package org.vidvec.action;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.tests.util.LuceneTestCase.SuppressFileSystems;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.CheckedSupplier;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.BigArrays;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.env.Environment;
import org.elasticsearch.indices.recovery.RecoverySettings;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.plugins.RepositoryPlugin;
import org.elasticsearch.repositories.RepositoriesMetrics;
import org.elasticsearch.repositories.Repository;
import org.elasticsearch.repositories.SnapshotMetrics;
import org.elasticsearch.repositories.fs.FsRepository;
import org.elasticsearch.test.ESIntegTestCase;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.junit.Before;
import org.vidvec.VidvecPlugin;
import org.vidvec.inference.InputItem;
import org.vidvec.media.MediaSource;

/**
 * Media from a snapshot repository on a node that has no role but inference, where the host keeps
 * no repositories; with entitlements.
 */
@ESIntegTestCase.ClusterScope(
        scope = ESIntegTestCase.Scope.TEST,
        numDataNodes = 0,
        numClientNodes = 0,
        supportsDedicatedMasters = false)
// Lucene mocks Windows in some runs, which allows no such names; the plugin runs on Linux
@SuppressFileSystems("WindowsFS")
public class MediaSourcesIT extends ESIntegTestCase {

    private static final int MAX_SIZE = 4 << 20;

    private String inference;
    private Path folder;
    private byte[] file;

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return List.of(VidvecPlugin.class, ClosingFs.class);
    }

    @Before
    public void startNodes() throws IOException {
        internalCluster()
                .startNode(Settings.builder().put("vidvec.inference.enabled", false).build());
        inference =
                internalCluster()
                        .startNode(
                                Settings.builder()
                                        .putList("node.roles")
                                        .put("vidvec.media.max_size", MAX_SIZE + "b")
                                        .putList("vidvec.media.repositories", "clips", "absent")
                                        .build());
        folder = randomRepoPath();
        register("clips", folder);
        file = randomByteArrayOfLength((2 << 20) + between(1, 1000));
        write("2024/may/a.mp4", file);
    }

    public void testReadsWholeFileAndRanges() throws Exception {
        try (MediaSource source = open("repository://clips/2024/may/a.mp4")) {
            assertEquals("repository://clips/2024/may/a.mp4", source.name());
            assertEquals(file.length, source.size());
            byte[] read = new byte[file.length];
            int total = 0;
            while (total < read.length) {
                int n = source.read(total, read, total, Math.min(32768, read.length - total));
                assertTrue(n > 0);
                total += n;
            }
            assertArrayEquals(file, read);
            for (int i = 0; i < 20; i++) {
                int at = between(0, file.length - 1);
                byte[] one = new byte[1];
                assertEquals(1, source.read(at, one, 0, 1));
                assertEquals(file[at], one[0]);
            }
            assertEquals(-1, source.read(file.length, read, 0, 1));
        }
    }

    public void testNamesWithWildcardsAreNames() throws Exception {
        write("a[1]*{x}.mp4", new byte[] {7});
        write("a1.mp4", new byte[] {8, 8});
        assertEquals(1, open("repository://clips/a[1]*{x}.mp4").size());
        assertThat(
                refuse("repository://clips/a?.mp4"), containsString("there is no file [a?.mp4]"));
    }

    public void testMissingFileLeavesNoTrace() {
        assertEquals(
                "there is no file [2025/june/b.mp4] in repository [clips]; the path counts from the"
                        + " repository's location and base path",
                refuse("repository://clips/2025/june/b.mp4"));
        assertFalse("no folder was made", Files.exists(folder.resolve("2025")));
        assertThat(refuse("repository://clips/2024/may"), containsString("there is no file"));
    }

    public void testRepositoryThatIsNotAllowed() {
        register("secrets", randomRepoPath());
        assertEquals(
                "[repository://secrets/a.mp4] may not be read: repository [secrets] is not in the"
                        + " node setting [vidvec.media.repositories], which holds [clips, absent];"
                        + " add it on the inference nodes or send the media inline",
                refuse("repository://secrets/a.mp4"));
    }

    public void testRepositoryThatIsNotRegistered() {
        assertEquals(
                "[repository://absent/a.mp4] can't be read: there is no repository [absent];"
                        + " register it with [PUT _snapshot/absent]",
                refuse("repository://absent/a.mp4"));
    }

    public void testFileThatIsTooLarge() throws Exception {
        write("large.mp4", new byte[MAX_SIZE + 1]);
        assertEquals(
                "[repository://clips/large.mp4] has ["
                        + (MAX_SIZE + 1)
                        + "b], over the limit of [4mb] set by [vidvec.media.max_size]; send a"
                        + " smaller file or raise the setting",
                refuse("repository://clips/large.mp4"));
    }

    public void testRepositoryThatMoves() throws Exception {
        assertEquals(file.length, open("repository://clips/2024/may/a.mp4").size());
        folder = randomRepoPath();
        write("2024/may/a.mp4", new byte[] {1, 2, 3});
        register("clips", folder);
        assertEquals(3, open("repository://clips/2024/may/a.mp4").size());
    }

    /** What reads an old one goes on; it is closed with the last reader. */
    public void testRepositoryThatMovesWhileItIsRead() throws Exception {
        ClosingFs.CLOSED.clear();
        register("clips", folder, ClosingFs.TYPE);
        MediaSource first = open("repository://clips/2024/may/a.mp4");
        MediaSource second = open("repository://clips/2024/may/a.mp4");
        Path old = folder;
        folder = randomRepoPath();
        write("2024/may/a.mp4", new byte[] {1, 2, 3});
        register("clips", folder, ClosingFs.TYPE);
        open("repository://clips/2024/may/a.mp4").close();
        byte[] one = new byte[1];
        assertEquals(1, first.read(file.length - 1, one, 0, 1));
        assertEquals(file[file.length - 1], one[0]);
        first.close();
        first.close();
        assertEquals("the other one still reads", List.of(), ClosingFs.closed(inference, old));
        second.close();
        assertEquals(1, ClosingFs.closed(inference, old).size());
        assertEquals("the new one", List.of(), ClosingFs.closed(inference, folder));
    }

    /** Nobody closes what was opened of a call that can't be opened. */
    public void testAFileThatIsNotThereLetsGoOfTheOthers() throws Exception {
        ClosingFs.CLOSED.clear();
        register("clips", folder, ClosingFs.TYPE);
        MediaSources sources = internalCluster().getInstance(MediaSources.class, inference);
        List<InputSpec> links =
                List.of(
                        link("repository://clips/2024/may/a.mp4"),
                        link("repository://clips/2024/may/b.mp4"));
        expectThrows(
                IllegalArgumentException.class,
                () -> onGenericThread(() -> sources.open(links, patient())));
        Path old = folder;
        folder = randomRepoPath();
        write("2024/may/a.mp4", new byte[] {1, 2, 3});
        register("clips", folder, ClosingFs.TYPE);
        open("repository://clips/2024/may/a.mp4").close();
        assertEquals(1, ClosingFs.closed(inference, old).size());
    }

    /** An fs repository that tells when it is closed. */
    public static final class ClosingFs extends Plugin implements RepositoryPlugin {

        static final String TYPE = "closing_fs";
        static final List<String> CLOSED = new CopyOnWriteArrayList<>();

        static List<String> closed(String node, Path location) {
            return CLOSED.stream().filter((node + " " + location)::equals).toList();
        }

        @Override
        public Map<String, Repository.Factory> getRepositories(
                Environment environment,
                NamedXContentRegistry names,
                ClusterService cluster,
                BigArrays arrays,
                RecoverySettings recovery,
                RepositoriesMetrics metrics,
                SnapshotMetrics snapshots) {
            return Map.of(
                    TYPE,
                    (project, metadata) ->
                            new FsRepository(
                                    project,
                                    metadata,
                                    environment,
                                    names,
                                    cluster,
                                    arrays,
                                    recovery) {
                                @Override
                                protected void doClose() {
                                    String location = metadata.settings().get("location");
                                    CLOSED.add(cluster.getNodeName() + " " + location);
                                    super.doClose();
                                }
                            });
        }
    }

    public void testFileThatShrinksWhileItIsRead() throws Exception {
        MediaSource source = open("repository://clips/2024/may/a.mp4");
        write("2024/may/a.mp4", new byte[10]);
        IOException e =
                expectThrows(IOException.class, () -> source.read(0, new byte[100], 0, 100));
        assertThat(e.getMessage(), startsWith("[repository://clips/2024/may/a.mp4] ended at byte"));
    }

    private void register(String name, Path location) {
        register(name, location, "fs");
    }

    private void register(String name, Path location, String type) {
        clusterAdmin()
                .preparePutRepository(TEST_REQUEST_TIMEOUT, TEST_REQUEST_TIMEOUT, name)
                .setType(type)
                .setVerify(false)
                .setSettings(Settings.builder().put("location", location))
                .get();
    }

    private void write(String path, byte[] bytes) throws IOException {
        Path target = folder.resolve(path);
        Files.createDirectories(target.getParent());
        Files.write(target, bytes);
    }

    private MediaSource open(String uri) {
        MediaSources sources = internalCluster().getInstance(MediaSources.class, inference);
        List<InputItem> items = onGenericThread(() -> sources.open(List.of(link(uri)), patient()));
        return ((InputItem.Media) items.get(0)).source();
    }

    private static InputSpec link(String uri) {
        return new InputSpec.Link(InputSpec.Type.VIDEO, MediaUri.parse(uri));
    }

    private String refuse(String uri) {
        return expectThrows(IllegalArgumentException.class, () -> open(uri)).getMessage();
    }

    private <T> T onGenericThread(CheckedSupplier<T, Exception> body) {
        PlainActionFuture<T> future = new PlainActionFuture<>();
        internalCluster()
                .getInstance(ThreadPool.class, inference)
                .generic()
                .execute(ActionRunnable.supply(future, body));
        return future.actionGet(30, TimeUnit.SECONDS);
    }

    private static Caller patient() {
        return new Caller(
                CallerTests.task(), TimeValue.timeValueMinutes(1), System::currentTimeMillis);
    }
}
