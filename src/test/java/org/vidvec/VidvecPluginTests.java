package org.vidvec;

import java.util.Collection;
import java.util.List;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.test.ESSingleNodeTestCase;
import org.elasticsearch.threadpool.ThreadPool;
import org.vidvec.action.ModelsAction;

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

    public void testUnknownModelIsNotFound() {
        ResourceNotFoundException e =
                expectThrows(
                        ResourceNotFoundException.class,
                        client().execute(
                                        ModelsAction.INSTANCE,
                                        new ModelsAction.Request("nothing")));
        assertEquals(
                "Could not find vidvec model [nothing]; the inference nodes have []; put its"
                        + " folder under [config/vidvec/models] of each",
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
