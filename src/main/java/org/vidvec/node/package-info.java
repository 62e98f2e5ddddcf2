/**
 * A real Elasticsearch node on this machine, put together from published artifacts: production
 * bootstrap, entitlements enforced, the plugin installed from its zip as its installer does.
 *
 * <p>May import nothing of ours, and nothing of Elasticsearch: the server is only run, and asked
 * through reflection to write its own start arguments.
 *
 * <p>Start reading at {@link org.vidvec.node.EmbeddedNode}, then {@link org.vidvec.node.NodeHome}.
 */
package org.vidvec.node;
