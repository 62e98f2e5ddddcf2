package org.vidvec.action;

import java.io.Closeable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.cluster.metadata.ProjectMetadata;
import org.elasticsearch.cluster.metadata.RepositoriesMetadata;
import org.elasticsearch.cluster.metadata.RepositoryMetadata;
import org.elasticsearch.cluster.project.ProjectResolver;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.blobstore.BlobContainer;
import org.elasticsearch.common.blobstore.BlobPath;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.AbstractRefCounted;
import org.elasticsearch.core.RefCounted;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.core.Releasables;
import org.elasticsearch.repositories.RepositoriesService;
import org.elasticsearch.repositories.Repository;
import org.elasticsearch.repositories.blobstore.BlobStoreRepository;

/**
 * The registered snapshot repositories as places to read media from. Thread-safe.
 *
 * <p>It opens repositories of its own from the cluster's metadata, read-only: the host keeps
 * repositories on data and master nodes only, and those create a folder for each path that is asked
 * for. See docs/decisions/0007-repository-sources.md.
 */
public final class MediaRepositories implements Closeable {

    private final RepositoriesService repositories;
    private final ClusterService cluster;
    private final ProjectResolver projects;
    private final List<String> allowed;
    private final Map<String, Opened> opened = new HashMap<>();

    /**
     * A repository that is open.
     *
     * @param users those who read from it, and this class while it is the one of its name; closes
     *     it with the last
     */
    private record Opened(RepositoryMetadata metadata, Repository repository, RefCounted users) {

        boolean isFor(RepositoryMetadata current) {
            return metadata.type().equals(current.type())
                    && metadata.settings().equals(current.settings());
        }
    }

    /**
     * A folder of a repository, which stays open until this is closed.
     *
     * @param container the folder's files
     * @param hold on the repository
     */
    record Folder(BlobContainer container, Releasable hold) implements Releasable {

        @Override
        public void close() {
            hold.close();
        }
    }

    /**
     * @param allowed names of the repositories that media may be read from, setting {@code
     *     vidvec.media.repositories}
     */
    public MediaRepositories(
            RepositoriesService repositories,
            ClusterService cluster,
            ProjectResolver projects,
            List<String> allowed) {
        this.repositories = repositories;
        this.cluster = cluster;
        this.projects = projects;
        this.allowed = List.copyOf(allowed);
    }

    /**
     * The folder that a file lies in, which the caller closes. May wait for the network: only for
     * generic threads.
     *
     * @throws IllegalArgumentException if the repository may not be read, is not registered or
     *     holds no plain files
     */
    Folder folder(RepositoryUri uri) {
        Opened opened = repository(uri);
        Releasable hold = Releasables.releaseOnce(opened.users()::decRef);
        boolean found = false;
        try {
            Folder folder = new Folder(container(uri, opened), hold);
            found = true;
            return folder;
        } finally {
            if (found == false) {
                hold.close();
            }
        }
    }

    private static BlobContainer container(RepositoryUri uri, Opened opened) {
        if (opened.repository() instanceof BlobStoreRepository == false) {
            throw new IllegalArgumentException(
                    "["
                            + uri
                            + "] can't be read: a repository of type ["
                            + opened.metadata().type()
                            + "] holds no plain files; use one of type [fs], [s3], [gcs], [azure]"
                            + " or [url]");
        }
        BlobStoreRepository repository = (BlobStoreRepository) opened.repository();
        BlobPath path = repository.basePath();
        String[] parts = uri.path().split("/");
        for (int i = 0; i < parts.length - 1; i++) {
            path = path.add(parts[i]);
        }
        return repository.blobStore().blobContainer(path);
    }

    /** With a hold on it. */
    private Opened repository(RepositoryUri uri) {
        String name = uri.repository();
        if (allowed.contains(name) == false) {
            throw new IllegalArgumentException(
                    "["
                            + uri
                            + "] may not be read: repository ["
                            + name
                            + "] is not in the node setting [vidvec.media.repositories], which"
                            + " holds "
                            + allowed
                            + "; add it on the inference nodes or send the media inline");
        }
        ProjectMetadata project = projects.getProjectMetadata(cluster.state());
        RepositoryMetadata metadata = RepositoriesMetadata.get(project).repository(name);
        if (metadata == null) {
            throw new IllegalArgumentException(
                    "["
                            + uri
                            + "] can't be read: there is no repository ["
                            + name
                            + "]; register it with [PUT _snapshot/"
                            + name
                            + "]");
        }
        return open(project, metadata);
    }

    private synchronized Opened open(ProjectMetadata project, RepositoryMetadata metadata) {
        Opened known = opened.get(metadata.name());
        if (known != null && known.isFor(metadata)) {
            known.users().mustIncRef();
            return known;
        }
        if (known != null) {
            opened.remove(metadata.name());
            known.users().decRef();
        }
        Settings readOnly =
                Settings.builder()
                        .put(metadata.settings())
                        .put(BlobStoreRepository.READONLY_SETTING_KEY, true)
                        .build();
        Repository repository =
                repositories.createRepository(
                        project.id(),
                        new RepositoryMetadata(metadata.name(), metadata.type(), readOnly));
        Opened now = new Opened(metadata, repository, AbstractRefCounted.of(repository::close));
        opened.put(metadata.name(), now);
        now.users().mustIncRef();
        return now;
    }

    /** The node ends: nobody reads any more. */
    @Override
    public synchronized void close() {
        opened.values().forEach(o -> o.repository().close());
        opened.clear();
    }
}
