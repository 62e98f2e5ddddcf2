package org.vidvec.node;

import java.util.Map;
import java.util.TreeMap;

/**
 * How a node is started.
 *
 * @param name the node's name
 * @param httpPort where it answers HTTP, on the loopback address
 * @param transportPort where it talks to other nodes, on the loopback address
 * @param heapMegabytes size of its Java heap; libtorch's memory comes on top
 * @param settings node settings; they win over what this class sets
 */
public record NodeOptions(
        String name,
        int httpPort,
        int transportPort,
        int heapMegabytes,
        Map<String, String> settings) {

    /** Enough for the demo and for tests. */
    public static final int DEFAULT_HEAP_MEGABYTES = 1024;

    /** A cluster of one, with a default heap, on the given port and a free one. */
    public static NodeOptions single(String name, int httpPort, Map<String, String> settings)
            throws NodeException {
        return new NodeOptions(name, httpPort, Ports.free(), DEFAULT_HEAP_MEGABYTES, settings);
    }

    /** All node settings. */
    Map<String, String> all(NodeHome home) {
        Map<String, String> all = new TreeMap<>();
        all.put("path.home", home.folder().toString());
        all.put("cluster.name", "vidvec");
        all.put("node.name", name);
        all.put("network.host", "127.0.0.1");
        all.put("http.port", Integer.toString(httpPort));
        all.put("transport.port", Integer.toString(transportPort));
        // a laptop's disk is often nearly full: that must not make shards unassigned
        all.put("cluster.routing.allocation.disk.threshold_enabled", "false");
        if (settings.keySet().stream().noneMatch(NodeOptions::formsCluster)) {
            all.put("discovery.type", "single-node");
        }
        all.putAll(settings);
        return all;
    }

    private static boolean formsCluster(String setting) {
        return setting.startsWith("discovery.") || setting.equals("cluster.initial_master_nodes");
    }
}
