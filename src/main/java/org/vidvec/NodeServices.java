package org.vidvec;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.IOUtils;
import org.elasticsearch.plugins.Plugin.PluginServices;
import org.elasticsearch.threadpool.ThreadPool;
import org.vidvec.action.InferenceRouter;
import org.vidvec.action.LocalInference;
import org.vidvec.action.MediaRepositories;
import org.vidvec.action.MediaSources;
import org.vidvec.action.TextStreams;
import org.vidvec.inference.HeapMeter;
import org.vidvec.inference.InferenceExecutors;
import org.vidvec.inference.InferenceService;
import org.vidvec.media.MediaBackend;
import org.vidvec.model.FolderModelRepository;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.web.WebReader;

/**
 * What lives as long as the node, put together. Loads neither natives nor models: the first call
 * does.
 *
 * @param router knows how busy the inference nodes are
 * @param local this node's engine room
 * @param repositories where media may be read from
 * @param web reads what may be read of it
 * @param sources opens what requests name
 * @param streams texts that are heard while they are written
 */
record NodeServices(
        InferenceRouter router,
        LocalInference local,
        MediaRepositories repositories,
        WebReader web,
        MediaSources sources,
        TextStreams streams)
        implements Closeable {

    /**
     * @param heap what counts the heap that calls hold
     */
    static NodeServices of(Settings settings, PluginServices host, HeapMeter heap) {
        MediaRepositories repositories =
                new MediaRepositories(
                        host.repositoriesService(),
                        host.clusterService(),
                        host.projectResolver(),
                        VidvecSettings.MEDIA_REPOSITORIES.get(settings));
        WebReader web = VidvecSettings.webReader(settings);
        boolean enabled = InferenceSwitch.isOn(settings);
        return new NodeServices(
                new InferenceRouter(host.clusterService(), host.threadPool()::relativeTimeInMillis),
                new LocalInference(enabled ? inference(settings, host, heap) : null),
                repositories,
                web,
                new MediaSources(
                        repositories,
                        web,
                        heap,
                        VidvecSettings.MEDIA_MAX_SIZE.get(settings).getBytes()),
                new TextStreams());
    }

    private static InferenceService inference(
            Settings settings, PluginServices host, HeapMeter heap) {
        Path plugin = host.environment().pluginsDir().resolve("vidvec");
        NativeLibraries natives = NativeLibraries.inPlugin(plugin);
        Path models =
                host.environment().configDir().resolve(VidvecSettings.MODELS_PATH.get(settings));
        ThreadPool threads = host.threadPool();
        MediaBackend backend = VidvecSettings.mediaBackend(settings, natives);
        return new InferenceService(
                new FolderModelRepository(
                        // the administrator's own before those that came along
                        List.of(models, plugin.resolve("models")),
                        natives,
                        VidvecSettings.DEVICE.get(settings),
                        VidvecSettings.THREADS_PER_BATCH.get(settings),
                        VidvecSettings.PREFIX_MEMORY.get(settings).getBytes()),
                backend,
                VidvecSettings.frameStrip(settings, natives, backend),
                VidvecSettings.inferenceConfig(
                        settings, threads.info(VidvecPlugin.DECODE_POOL).getMax()),
                new InferenceExecutors(
                        threads.executor(VidvecPlugin.DECODE_POOL),
                        threads.executor(VidvecPlugin.INFERENCE_POOL),
                        threads.scheduler(),
                        // the host's own clock stands still for 200 ms: too coarse for batches
                        System::nanoTime),
                heap);
    }

    @Override
    public void close() {
        IOUtils.closeWhileHandlingException(local, repositories, web);
    }
}
