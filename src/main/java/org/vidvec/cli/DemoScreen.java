package org.vidvec.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Shows a demo's report to a person.
 *
 * @param out where to
 * @param project whose files the curl lines name
 */
record DemoScreen(PrintWriter out, Project project) {

    private static final int ROWS = 5;

    /** Queries whose rankings are shown, of each kind. */
    private static final int SHOWN = 2;

    /**
     * What was ingested, how long it took, how often the right clip came first, and both rankings
     * of some queries side by side.
     */
    void show(DemoReport report) {
        out.println();
        out.println(
                report.ingested()
                        + " clips ingested, "
                        + report.failed()
                        + " refused; "
                        + report.generated().queries()
                        + " are generated (generated-*), "
                        + report.real().queries()
                        + " are real footage");
        out.println("seconds: " + seconds(report.seconds(), false));
        out.println("of these inside the node: " + seconds(report.seconds(), true));
        out.println();
        out.println("The model [" + report.model() + "] " + knows(report));
        out.println();
        out.println("Each clip sought by a caption of its own, the right one came first");
        found("generated", report.generated());
        found("real", report.real());
        for (boolean generated : List.of(true, false)) {
            report.queries().stream()
                    .filter(query -> query.generated() == generated)
                    .limit(SHOWN)
                    .forEach(this::show);
        }
        out.flush();
    }

    private static String knows(DemoReport report) {
        return report.randomWeights()
                ? "has RANDOM weights: it was never trained, so the rankings below mean nothing."
                : "learnt from generated clips alone, and knows no other world: of real footage\n"
                        + "its rankings mean nothing. It has not seen the scenes of the generated"
                        + " clips here.";
    }

    private void found(String kind, DemoReport.Found found) {
        out.println(
                String.format(
                        Locale.ROOT,
                        "  %-9s  kNN %d of %d, after the rescore %d of %d",
                        kind,
                        found.knn(),
                        found.queries(),
                        found.reranked(),
                        found.queries()));
    }

    private void show(DemoReport.Query query) {
        out.println();
        out.println("\"" + query.query() + "\" (" + query.wanted() + ")");
        out.println(row("", "kNN", "score", "after the rescore", "P(Yes)"));
        int rows = Math.min(ROWS, Math.min(query.knn().size(), query.reranked().size()));
        for (int i = 0; i < rows; i++) {
            DemoReport.Hit hit = query.knn().get(i);
            DemoReport.Judged judged = query.reranked().get(i);
            out.println(
                    row(
                            (i + 1) + ".",
                            hit.id(),
                            number(hit.score()),
                            judged.id(),
                            number(judged.pYes())));
        }
    }

    private static String row(String rank, String left, String score, String right, String p) {
        return String.format(
                        Locale.ROOT, "  %-3s %-20s %7s    %-20s %7s", rank, left, score, right, p)
                .stripTrailing();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String seconds(Map<String, Double> seconds, boolean insideNode) {
        return seconds.entrySet().stream()
                .filter(e -> Demo.NODE_STAGES.contains(e.getKey()) == insideNode)
                .map(e -> e.getKey() + " " + String.format(Locale.ROOT, "%.2f", e.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** The same by hand, to be pasted into a shell in the project's folder. */
    void showCurl(URI node, DemoFiles files) throws CommandException {
        DemoClip clip = files.clips().get(0);
        String clipFile = project.relative(clip.path());
        out.println();
        out.println("The same by hand, from the folder of the project:");
        out.println();
        List.of(
                        curl(node, "-XPUT", "_ingest/pipeline/videos", files, "pipeline"),
                        curl(node, "-XPUT", "my-videos", files, "index"),
                        "(printf '{\"title\": \"my clip\", \"video\": \"'; base64 < "
                                + clipFile
                                + " | tr -d '\\n'; printf '\"}') | curl -s -XPUT '"
                                + node
                                + "/my-videos/_doc/1?refresh' -H 'Content-Type: application/json'"
                                + " --data-binary @-",
                        curl(node, "-XPOST", "my-videos/_search?pretty", files, "search"),
                        curl(node, "-XPOST", "my-videos/_search?pretty", files, "rescore"))
                .forEach(out::println);
        out.println();
        out.flush();
    }

    private String curl(URI node, String method, String path, DemoFiles files, String request) {
        return "curl -s "
                + method
                + " '"
                + node
                + "/"
                + path
                + "' -H 'Content-Type: application/json' -d @"
                + project.relative(files.requestFile(request));
    }
}
