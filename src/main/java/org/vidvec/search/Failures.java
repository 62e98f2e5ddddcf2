package org.vidvec.search;

import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.rest.RestStatus;

/** Tells failures that {@code allow_rerank_failures} is for from errors in the request. */
final class Failures {

    private Failures() {}

    /**
     * Whether a search that allows failures goes on: yes if the model's side had no time (408), no
     * room (429), no node (503) or broke (500); no if the request itself is at fault.
     */
    static boolean areTolerable(Exception e) {
        RestStatus status = ExceptionsHelper.status(e);
        return status == RestStatus.REQUEST_TIMEOUT
                || status == RestStatus.TOO_MANY_REQUESTS
                || status.getStatus() >= RestStatus.INTERNAL_SERVER_ERROR.getStatus();
    }
}
