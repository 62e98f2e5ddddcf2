package org.vidvec.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.get.GetRequest;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.xcontent.support.XContentMapValues;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.fetch.subphase.FetchSourceContext;
import org.vidvec.action.InputSpec;

/**
 * Reads stored documents that a query names, as the user who searches: with security on, the host
 * asks for the right to read each. Never waits.
 */
final class Lookups {

    private final Client client;

    Lookups(Client client) {
        this.client = client;
    }

    /**
     * The items with all documents read, in their order.
     *
     * @param listener fails with 404 if a document is not there, with 400 if it holds no media
     */
    void resolve(List<QueryItem> items, ActionListener<List<QueryItem>> listener) {
        next(items, new ArrayList<>(), listener);
    }

    // one after the other: a query names one or two
    private void next(
            List<QueryItem> items, List<QueryItem> done, ActionListener<List<QueryItem>> listener) {
        while (done.size() < items.size() && items.get(done.size()).lookup() == null) {
            done.add(items.get(done.size()));
        }
        if (done.size() == items.size()) {
            listener.onResponse(List.copyOf(done));
            return;
        }
        QueryItem item = items.get(done.size());
        read(
                item.lookup(),
                listener.delegateFailureAndWrap(
                        (l, input) -> {
                            done.add(new QueryItem(input, null, item.weight()));
                            next(items, done, l);
                        }));
    }

    private void read(Lookup lookup, ActionListener<InputSpec> listener) {
        String path = lookup.path();
        GetRequest request = new GetRequest(lookup.index(), lookup.id());
        request.routing(lookup.routing());
        // vectors are long and of no use here
        request.fetchSourceContext(
                FetchSourceContext.of(
                        true,
                        new String[] {path, "*.frames", "*.model.fingerprint"},
                        new String[] {path + ".embedding", path + ".moments"}));
        client.get(request, listener.map(response -> input(lookup, response)));
    }

    private static InputSpec input(Lookup lookup, GetResponse response) {
        if (response.isExists() == false) {
            throw new ElasticsearchStatusException(
                    "there is no document [{}] in index [{}] for the [lookup] of the query",
                    RestStatus.NOT_FOUND,
                    lookup.id(),
                    lookup.index());
        }
        Map<String, Object> source = response.getSourceAsMap();
        if (source == null) {
            throw new IllegalArgumentException(
                    "index ["
                            + lookup.index()
                            + "] has [_source] disabled, where ["
                            + lookup.path()
                            + "] would be; a [lookup] needs it");
        }
        StoredMedia.Found found =
                new StoredMedia(place(lookup, source), InputSpec.Type.VIDEO, false)
                        .find(lookup.name(), source);
        if (found.input() == null) {
            throw new IllegalArgumentException(
                    problem(lookup)
                            + "; name the field with the original, or the processor's target field"
                            + " if the document was ingested with [frames] among its [properties]");
        }
        return found.input();
    }

    private static String problem(Lookup lookup) {
        return "the [lookup] of [" + lookup.name() + "] finds no media in [" + lookup.path() + "]";
    }

    /** Where nothing is left of the original, the frames that the processor kept of it. */
    private static String place(Lookup lookup, Map<String, Object> source) {
        if (XContentMapValues.extractValue(lookup.path(), source) != null) {
            return lookup.path();
        }
        Set<String> targets = new TreeSet<>();
        addTargets("", source, targets);
        if (targets.size() > 1) {
            throw new IllegalArgumentException(
                    problem(lookup)
                            + ", but frames in "
                            + targets
                            + "; name one of them as [path]");
        }
        return targets.isEmpty() ? lookup.path() : targets.iterator().next();
    }

    /** The processor writes the model beside the frames. */
    private static void addTargets(String path, Map<?, ?> object, Set<String> targets) {
        if (object.get("frames") != null
                && object.get("model") instanceof Map<?, ?> model
                && model.containsKey("fingerprint")) {
            targets.add(path);
        }
        object.forEach(
                (name, value) -> {
                    if (value instanceof Map<?, ?> below) {
                        addTargets(
                                path.isEmpty() ? (String) name : path + "." + name, below, targets);
                    }
                });
    }
}
