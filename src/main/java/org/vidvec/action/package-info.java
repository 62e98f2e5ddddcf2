/**
 * The wire: requests and responses of every action, their JSON, the choice of an inference node,
 * and how failures become statuses.
 *
 * <p>May import {@code inference}, and the value types of {@code model} and {@code media}. Together
 * with {@code org.vidvec}, {@code ingest} and {@code search} it is where Elasticsearch's classes
 * may be used; no native library is ever loaded from here.
 *
 * <p>Start reading at {@link org.vidvec.action.EmbedAction}, then {@code TransportEmbedAction}.
 */
package org.vidvec.action;
