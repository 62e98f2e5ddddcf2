package org.vidvec.cli;

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vidvec.node.EmbeddedNode;
import org.vidvec.node.NodeException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vidvec demo}: the main job on a real node, from one command. */
@Command(
        name = "demo",
        description = {
            "Start a real Elasticsearch node, ingest two dozen clips, half of them drawn by",
            "[vidvec world] and half of them real, search and rerank them.",
            "Stays up until Ctrl-C."
        })
final class DemoCommand implements Callable<Integer> {

    private static final int CLIP_REFUSED = 1;

    @Option(
            names = "--once",
            description = "Stop at the end; exit code 0 only if everything worked.")
    private boolean once;

    @Option(
            names = "--json",
            description = "Print one JSON object on standard output and nothing else there.")
    private boolean json;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "HTTP port on the loopback address; default 9200, or a free one.")
    private int port;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try {
            return demo();
        } catch (CommandException | NodeException e) {
            if (json) {
                spec.commandLine().getOut().println(error(e.getMessage()));
            }
            throw e;
        }
    }

    private int demo() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Project project = Project.here();
        DemoFiles files = new DemoFiles(project.demo());
        Path drawn = project.target().resolve("demo-clips");
        DemoScreen screen = new DemoScreen(json ? err : out, project);
        Stopwatch watch = new Stopwatch();
        try (EmbeddedNode node = new NodeStart(project, err).start("demo", port, false, Map.of());
                SearchClient client = new SearchClient(node.uri())) {
            watch.lap("start");
            DemoReport report = run(node, new Demo(client, files, drawn, err, watch));
            if (json) {
                out.println(report.toJson());
            }
            screen.show(report);
            if (once == false) {
                screen.showCurl(node.uri(), files);
                err.println("The node answers at " + node.uri() + "; Ctrl-C stops it.");
                node.await();
                node.requireAlive();
            }
            return report.failed() == 0 ? 0 : CLIP_REFUSED;
        }
    }

    private static JsonObject error(String reason) {
        JsonObject error = new JsonObject();
        error.addProperty("reason", reason);
        JsonObject whole = new JsonObject();
        whole.add("error", error);
        return whole;
    }

    /** Runs the demo; if the node dies of it, says that rather than what the client saw. */
    private static DemoReport run(EmbeddedNode node, Demo demo) throws Exception {
        try {
            return demo.run();
        } catch (CommandException e) {
            node.requireAlive();
            throw e;
        }
    }
}
