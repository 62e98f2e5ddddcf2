package org.vidvec;

import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.test.ESSingleNodeTestCase;
import org.elasticsearch.threadpool.ThreadPool;
import org.vidvec.action.ModelsAction;
import org.vidvec.natives.NativeLibraries;

/** The plugin in a node: it starts without natives and models, and tells what it is. */
public class VidvecPluginTests extends ESSingleNodeTestCase {

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(VidvecPlugin.class);
    }

    public void testNodeTellsThatItAnswersInference() {
        DiscoveryNode node =
                clusterAdmin()
                        .prepareState(TEST_REQUEST_TIMEOUT)
                        .get()
                        .getState()
                        .nodes()
                        .getLocalNode();
        assertEquals("true", node.getAttributes().get("vidvec.inference"));
    }

    public void testPoolsAreVisible() {
        ThreadPool threads = getInstanceFromNode(ThreadPool.class);
        assertEquals(2, threads.info("vidvec_inference").getMax());
        assertTrue(threads.info("vidvec_decode").getMax() >= 1);
    }

    public void testNodeAttributeCannotBeSetByHand() {
        VidvecPlugin plugin =
                new VidvecPlugin(
                        Settings.builder().put("node.attr.vidvec.inference", "true").build());
        Exception e = expectThrows(IllegalArgumentException.class, plugin::additionalSettings);
        assertEquals(
                "[node.attr.vidvec.inference] can't be set: vidvec sets it; set"
                        + " [vidvec.inference.enabled] instead",
                e.getMessage());
    }

    public void testAttributeFollowsTheSetting() {
        VidvecPlugin plugin =
                new VidvecPlugin(Settings.builder().put("vidvec.inference.enabled", false).build());
        assertEquals("false", plugin.additionalSettings().get("node.attr.vidvec.inference"));
    }

    public void testAutoIsWhereTheNativesOfThePlatformAre() throws Exception {
        Settings auto =
                Settings.builder()
                        .put("vidvec.inference.enabled", "auto")
                        .put("path.home", createTempDir())
                        .build();
        String named = System.getProperty(NativeLibraries.FOLDER_PROPERTY);
        try {
            System.clearProperty(NativeLibraries.FOLDER_PROPERTY);
            assertEquals("false", attribute(auto));
            Files.createDirectories(
                    PathUtils.get(auto.get("path.home"))
                            .resolve("plugins/vidvec/native")
                            .resolve(NativeLibraries.platform()));
            assertEquals("true", attribute(auto));
        } finally {
            System.setProperty(NativeLibraries.FOLDER_PROPERTY, named);
        }
    }

    private static String attribute(Settings settings) {
        return new VidvecPlugin(settings).additionalSettings().get("node.attr.vidvec.inference");
    }

    public void testUnknownModelIsNotFound() {
        ResourceNotFoundException e =
                expectThrows(
                        ResourceNotFoundException.class,
                        client().execute(
                                        ModelsAction.INSTANCE,
                                        new ModelsAction.Request("nothing")));
        assertEquals(
                "Could not find vidvec model [nothing]; the inference nodes have []; put its"
                        + " folder under [config/vidvec/models], or [vidvec.models.path] where"
                        + " that is set, of each",
                e.getMessage());
    }

    public void testListIsEmptyWithoutModels() {
        assertEquals(
                List.of(),
                client().execute(ModelsAction.INSTANCE, new ModelsAction.Request((String) null))
                        .actionGet()
                        .models());
    }
}
