package org.vidvec.action;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.Table;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.action.RestResponseListener;
import org.elasticsearch.rest.action.cat.AbstractCatAction;
import org.elasticsearch.rest.action.cat.RestTable;
import org.vidvec.inference.InferenceStats;

/** {@code GET _cat/vidvec}: a row for each model and each inference node that was asked for it. */
public final class RestCatAction extends AbstractCatAction {

    @Override
    public String getName() {
        return "cat_vidvec_action";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(RestRequest.Method.GET, "/_cat/vidvec"));
    }

    @Override
    protected void documentation(StringBuilder documentation) {
        documentation.append("/_cat/vidvec\n");
    }

    @Override
    protected RestChannelConsumer doCatRequest(RestRequest request, NodeClient client) {
        return channel ->
                client.execute(
                        StatsAction.INSTANCE,
                        new StatsAction.Request(),
                        new RestResponseListener<>(channel) {
                            @Override
                            public RestResponse buildResponse(StatsAction.Response response)
                                    throws Exception {
                                Table table = getTableWithHeader(request);
                                return RestTable.buildResponse(
                                        fill(table, response.getNodes()), channel);
                            }
                        });
    }

    @Override
    protected Table getTableWithHeader(RestRequest request) {
        Table table = new Table();
        table.startHeaders();
        table.addCell("id", "alias:m,model;desc:name of the model");
        table.addCell("node", "alias:n;desc:name of the node");
        table.addCell("state", "alias:s;desc:loaded, loading, failed or not_loaded");
        table.addCell("device", "alias:d;desc:where its weights lie");
        table.addCell("dtype", "alias:t;default:false;desc:what it computes in");
        table.addCell(
                "memory", "alias:mem;text-align:right;desc:weights and what is loaded with them");
        table.addCell("queue", "alias:q;text-align:right;desc:decoded inputs that wait for it");
        table.addCell("calls", "alias:c;text-align:right;desc:calls that were answered");
        table.addCell("failed", "alias:f;text-align:right;desc:calls that got an error");
        table.addCell(
                "rejected", "alias:r;text-align:right;desc:calls that found queue or memory full");
        table.addCell("time", "text-align:right;default:false;desc:milliseconds in forward passes");
        table.addCell("fingerprint", "alias:fp;desc:what its vectors are kept with");
        table.addCell("reason", "default:false;desc:why it failed");
        return table.endHeaders();
    }

    /** The rows, by model and node. */
    static Table fill(Table table, List<StatsAction.NodeStats> nodes) {
        List<StatsAction.NodeStats> sorted = new ArrayList<>(nodes);
        sorted.sort(Comparator.comparing(node -> node.getNode().getName()));
        Map<String, List<Runnable>> rows = new TreeMap<>();
        for (StatsAction.NodeStats node : sorted) {
            node.stats()
                    .models()
                    .forEach(
                            (id, model) ->
                                    rows.computeIfAbsent(id, i -> new ArrayList<>())
                                            .add(() -> row(table, id, node, model)));
        }
        rows.values().forEach(ofModel -> ofModel.forEach(Runnable::run));
        return table;
    }

    private static void row(
            Table table, String id, StatsAction.NodeStats node, InferenceStats.Model model) {
        InferenceStats.Embed embed = model.embed();
        InferenceStats.Match match = model.match();
        InferenceStats.Write write = model.write();
        List<InferenceStats.Time> times = List.of(embed.time(), match.time(), write.time());
        InferenceStats.Held held = model.held();
        table.startRow()
                .addCell(id)
                .addCell(node.getNode().getName())
                .addCell(model.state())
                .addCell(held.device())
                .addCell(held.dtype())
                .addCell(ByteSizeValue.ofBytes(model.memoryBytes()))
                .addCell(held.waiting())
                .addCell(times.stream().mapToLong(InferenceStats.Time::calls).sum())
                .addCell(embed.failed() + match.failed() + write.failed())
                .addCell(embed.rejected() + match.rejected() + write.rejected())
                .addCell(times.stream().mapToLong(InferenceStats.Time::millis).sum())
                .addCell(held.fingerprint())
                .addCell(model.reason())
                .endRow();
    }
}
