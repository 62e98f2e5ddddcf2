package org.vidvec.cluster;

import java.util.Collection;
import java.util.List;
import org.elasticsearch.ElasticsearchSecurityException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.support.ActionFilter;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.RestHeaderDefinition;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.threadpool.ThreadPool;

/**
 * Refuses actions by their names where the host's security does so, which is not published: a
 * filter before every action, that goes by the context of the request.
 */
public final class RightsPlugin extends Plugin implements ActionPlugin {

    /** A request's header: what the names of actions begin with that it may not do. */
    static final String MAY_NOT = "test-may-not";

    private volatile ThreadPool threads;

    @Override
    public Collection<?> createComponents(PluginServices services) {
        threads = services.threadPool();
        return List.of();
    }

    @Override
    public Collection<RestHeaderDefinition> getRestHeaders() {
        return List.of(new RestHeaderDefinition(MAY_NOT, false));
    }

    @Override
    public Collection<ActionFilter> getActionFilters() {
        return List.of(new Rights());
    }

    private final class Rights extends ActionFilter.Simple {

        @Override
        public int order() {
            return Integer.MIN_VALUE;
        }

        @Override
        protected boolean apply(String action, ActionRequest request, ActionListener<?> listener) {
            String actions = threads.getThreadContext().getHeader(MAY_NOT);
            boolean refused = actions != null && action.startsWith(actions);
            if (refused) {
                listener.onFailure(
                        new ElasticsearchSecurityException(
                                "action [{}] is unauthorized", RestStatus.FORBIDDEN, action));
            }
            return refused == false;
        }
    }
}
