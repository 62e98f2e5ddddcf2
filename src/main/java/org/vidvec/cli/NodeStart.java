package org.vidvec.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import org.vidvec.node.Distribution;
import org.vidvec.node.EmbeddedNode;
import org.vidvec.node.NodeException;
import org.vidvec.node.NodeHome;
import org.vidvec.node.NodeOptions;
import org.vidvec.node.Ports;

/**
 * Puts a node together and starts it, telling the user what happens.
 *
 * @param project where the build's output lies
 * @param progress gets the sentences
 */
record NodeStart(Project project, PrintWriter progress) {

    /** Elasticsearch's own. */
    static final int DEFAULT_PORT = 9200;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /**
     * @param name of the node and, with the port, of its home
     * @param port 0 for the default one, or another if that is taken
     * @param keep whether indices and models of the node that ran there before stay
     */
    EmbeddedNode start(String name, int port, boolean keep, Map<String, String> settings)
            throws NodeException {
        int chosen = port == 0 ? Ports.freeOr(DEFAULT_PORT) : port;
        if (Ports.isFree(chosen) == false) {
            throw new NodeException(
                    "port ["
                            + chosen
                            + "] is taken; stop what listens there, choose another one with"
                            + " [--port], or leave it out");
        }
        if (port == 0 && chosen != DEFAULT_PORT) {
            progress.println("port [" + DEFAULT_PORT + "] is taken, so this is [" + chosen + "]");
        }
        progress.println("starting Elasticsearch on port " + chosen);
        NodeHome home =
                NodeHome.assemble(
                        Distribution.in(project.target()), project.nodeHome(name, chosen));
        if (keep == false) {
            home.deleteData();
            home.deleteModels();
        }
        home.notes().forEach(note -> progress.println("note: " + note));
        EmbeddedNode node =
                EmbeddedNode.start(home, NodeOptions.single(name, chosen, settings), PATIENCE);
        // Ctrl-C: the node gets the time to close its files
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop-node"));
        return node;
    }
}
