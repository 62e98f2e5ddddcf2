package org.vidvec.node;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;

/** The node itself: it starts as in production, says why it can't, and leaves nothing behind. */
public class EmbeddedNodeIT extends HttpTestCase {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    public void testPluginIsInstalledAndEntitlementsAreOn() throws Exception {
        Answer plugins = call("GET", "/_cat/plugins?h=component", null);
        assertThat(plugins.body().strip(), equalTo("vidvec"));
        assertThat(
                Files.readString(NodeFixture.log()), containsString("Bootstrapping Entitlements"));
    }

    public void testTheAdministratorsModelCountsBeforeThePlugins() throws Exception {
        Answer model = call("GET", "/_vidvec/models/tiny", null);
        // the tests' own has 96, the plugin's 256
        assertThat(model.body(), containsString("\"dims\":96,"));
        assertThat(model.body(), containsString("\"random_weights\":true"));
    }

    public void testTakenPortIsNamed() throws Exception {
        int taken = node().getPort();
        NodeOptions options = NodeOptions.single("second", taken, Map.of());
        NodeException e =
                expectThrows(
                        NodeException.class,
                        () -> EmbeddedNode.start(NodeFixture.home("second"), options, PATIENCE));
        assertThat(
                e.getMessage(),
                equalTo(
                        "port ["
                                + taken
                                + "] is taken; stop what listens there or choose another port"));
    }

    public void testReasonOfANodeThatDies() throws Exception {
        NodeOptions options =
                NodeOptions.single("dies", Ports.free(), Map.of("no.such.setting", "1"));
        NodeException e =
                expectThrows(
                        NodeException.class,
                        () -> EmbeddedNode.start(NodeFixture.home("dies"), options, PATIENCE));
        assertThat(e.getMessage(), containsString("the node died while starting: "));
        assertThat(e.getMessage(), containsString("unknown setting [no.such.setting]"));
        assertThat(e.getMessage(), containsString("node.log]"));
    }

    public void testTwoNodesFormAClusterAndStopLeavesNoProcess() throws Exception {
        NodeOptions first =
                NodeOptions.single(
                        "first", Ports.free(), Map.of("cluster.initial_master_nodes", "first"));
        EmbeddedNode one = EmbeddedNode.start(NodeFixture.home("first"), first, PATIENCE);
        NodeOptions second =
                NodeOptions.single(
                        "second",
                        Ports.free(),
                        Map.of("discovery.seed_hosts", one.transportAddress()));
        EmbeddedNode two = EmbeddedNode.start(NodeFixture.home("second"), second, PATIENCE);
        Answer health = call(two.uri(), "GET", "/_cluster/health?wait_for_nodes=2", null);
        assertThat(health.body(), containsString("\"number_of_nodes\":2"));
        two.close();
        one.close();
        assertFalse(one.process().isAlive());
        assertFalse(two.process().isAlive());
        assertTrue(Ports.isFree(first.httpPort()));
        expectThrows(NodeException.class, one::requireAlive);
    }
}
