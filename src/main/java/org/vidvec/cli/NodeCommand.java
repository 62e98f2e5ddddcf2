package org.vidvec.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vidvec.node.EmbeddedNode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidvec node}: just a node with the plugin, until Ctrl-C; its data stay. */
@Command(
        name = "node",
        description = "Start an Elasticsearch node with the plugin; stop it with Ctrl-C.")
final class NodeCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "HTTP port on the loopback address; default 9200, or a free one.")
    private int port;

    @Parameters(
            paramLabel = "setting=value",
            arity = "0..*",
            description = "Node settings, for example vidvec.device=cpu.")
    private Map<String, String> settings = Map.of();

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter out = spec.commandLine().getOut();
        try (EmbeddedNode node =
                new NodeStart(Project.here(), err).start("node", port, true, settings)) {
            out.println(node.uri());
            err.println("log: " + node.log() + "; Ctrl-C stops the node");
            node.await();
            node.requireAlive();
            return 0;
        }
    }
}
