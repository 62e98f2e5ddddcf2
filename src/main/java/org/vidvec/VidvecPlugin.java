package org.vidvec;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.elasticsearch.action.support.MappedActionFilter;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.IOUtils;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.indices.breaker.BreakerSettings;
import org.elasticsearch.ingest.Processor;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.CircuitBreakerPlugin;
import org.elasticsearch.plugins.IngestPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.plugins.SearchPlugin;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.search.fetch.FetchSubPhase;
import org.elasticsearch.search.fetch.subphase.highlight.Highlighter;
import org.elasticsearch.search.rank.RankBuilder;
import org.elasticsearch.search.rank.RankDoc;
import org.elasticsearch.threadpool.ExecutorBuilder;
import org.elasticsearch.threadpool.FixedExecutorBuilder;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.vidvec.action.EmbedAction;
import org.vidvec.action.GenerateAction;
import org.vidvec.action.HeapBreaker;
import org.vidvec.action.InferenceNodes;
import org.vidvec.action.LocalizeAction;
import org.vidvec.action.MatchAction;
import org.vidvec.action.ModelsAction;
import org.vidvec.action.MomentLimit;
import org.vidvec.action.RestCatAction;
import org.vidvec.action.RestEmbedAction;
import org.vidvec.action.RestGenerateAction;
import org.vidvec.action.RestLocalizeAction;
import org.vidvec.action.RestModelMappingAction;
import org.vidvec.action.RestModelsAction;
import org.vidvec.action.RestRerankAction;
import org.vidvec.action.RestStatsAction;
import org.vidvec.action.StatsAction;
import org.vidvec.action.TransportEmbedAction;
import org.vidvec.action.TransportGenerateAction;
import org.vidvec.action.TransportLocalizeAction;
import org.vidvec.action.TransportMatchAction;
import org.vidvec.action.TransportModelsAction;
import org.vidvec.action.TransportStatsAction;
import org.vidvec.ingest.SlowLog;
import org.vidvec.ingest.VidvecProcessor;
import org.vidvec.search.IndexMappings;
import org.vidvec.search.MomentsPhase;
import org.vidvec.search.RerankMarkPhase;
import org.vidvec.search.RerankMedia;
import org.vidvec.search.SearchServices;
import org.vidvec.search.StoredFingerprints;
import org.vidvec.search.VidvecHighlighter;
import org.vidvec.search.VidvecQueryVectorBuilder;
import org.vidvec.search.VidvecRankBuilder;
import org.vidvec.search.VidvecRankDoc;
import org.vidvec.search.VidvecRerankRetriever;
import org.vidvec.search.VidvecRescorerBuilder;
import org.vidvec.search.VidvecSearchExt;
import org.vidvec.search.VidvecSearchFilter;

/** All that Elasticsearch sees of Vidvec, in the order of the documents. */
public final class VidvecPlugin extends Plugin
        implements IngestPlugin, SearchPlugin, ActionPlugin, CircuitBreakerPlugin {

    /** Threads that read and decode media. */
    static final String DECODE_POOL = "vidvec_decode";

    /** Threads that load and run models. */
    static final String INFERENCE_POOL = "vidvec_inference";

    private static final String NODE_ATTRIBUTE = "node.attr." + InferenceNodes.ATTRIBUTE;

    private final Settings settings;
    private volatile NodeClient client;
    private volatile NodeServices services;
    private volatile HeapBreaker heap;
    private volatile IndexMappings mappings;
    private volatile NamedXContentRegistry parsers;
    private volatile int maxRescoreWindow;
    private volatile int maxMoments;
    private volatile TimeValue slowEmbed;

    /** Called by the host with the settings of the node. */
    public VidvecPlugin(Settings settings) {
        this.settings = settings;
        this.maxRescoreWindow = VidvecSettings.MAX_RESCORE_WINDOW.get(settings);
        this.maxMoments = VidvecSettings.MAX_MOMENTS.get(settings);
        this.slowEmbed = VidvecSettings.SLOW_EMBED.get(settings);
    }

    @Override
    public List<Setting<?>> getSettings() {
        return VidvecSettings.all();
    }

    /** Tells the other nodes whether this one answers inference calls. */
    @Override
    public Settings additionalSettings() {
        if (settings.hasValue(NODE_ATTRIBUTE)) {
            throw new IllegalArgumentException(
                    "["
                            + NODE_ATTRIBUTE
                            + "] can't be set: vidvec sets it; set [vidvec.inference.enabled] instead");
        }
        return Settings.builder().put(NODE_ATTRIBUTE, InferenceSwitch.isOn(settings)).build();
    }

    @Override
    public List<ExecutorBuilder<?>> getExecutorBuilders(Settings settings) {
        int decoders = Math.max(1, EsExecutors.allocatedProcessors(settings) / 2);
        // one more, so that a model can be loaded while another computes
        int inferences = VidvecSettings.INFERENCE_THREADS.get(settings) + 1;
        return List.of(pool(DECODE_POOL, decoders), pool(INFERENCE_POOL, inferences));
    }

    // no bound on the queue: calls are counted and refused before they get here
    private ExecutorBuilder<?> pool(String name, int size) {
        return new FixedExecutorBuilder(
                settings,
                name,
                size,
                -1,
                "thread_pool." + name,
                EsExecutors.TaskTrackingConfig.DO_NOT_TRACK);
    }

    @Override
    public BreakerSettings getCircuitBreaker(Settings settings) {
        return HeapBreaker.settings(settings);
    }

    /** Called by the host before it asks for components. */
    @Override
    public void setCircuitBreaker(CircuitBreaker breaker) {
        heap = new HeapBreaker(breaker);
    }

    @Override
    public Collection<?> createComponents(PluginServices host) {
        client = (NodeClient) host.client();
        services = NodeServices.of(settings, host, heap);
        mappings =
                new IndexMappings(
                        host.clusterService(),
                        host.projectResolver(),
                        host.indexNameExpressionResolver());
        parsers = host.xContentRegistry();
        follow(host.clusterService().getClusterSettings());
        return List.of(
                services.router(),
                services.local(),
                services.sources(),
                services.streams(),
                momentLimit());
    }

    /** What changes while the node runs. */
    private void follow(ClusterSettings cluster) {
        cluster.addSettingsUpdateConsumer(
                VidvecSettings.MAX_RESCORE_WINDOW, window -> maxRescoreWindow = window);
        cluster.addSettingsUpdateConsumer(VidvecSettings.MAX_MOMENTS, max -> maxMoments = max);
        cluster.addSettingsUpdateConsumer(
                VidvecSettings.BATCH_MAX_SIZE,
                VidvecSettings.BATCH_MAX_WAIT,
                (size, wait) -> services.local().batching(size, Duration.ofNanos(wait.nanos())));
        cluster.addSettingsUpdateConsumer(VidvecSettings.SLOW_EMBED, time -> slowEmbed = time);
    }

    private MomentLimit momentLimit() {
        return new MomentLimit(() -> maxMoments);
    }

    @Override
    public Map<String, Processor.Factory> getProcessors(Processor.Parameters parameters) {
        return Map.of(
                VidvecProcessor.TYPE,
                new VidvecProcessor.Factory(
                        parameters.client, momentLimit(), new SlowLog(() -> slowEmbed)));
    }

    @Override
    public List<QueryVectorBuilderSpec<?>> getQueryVectorBuilders() {
        return List.of(
                new QueryVectorBuilderSpec<>(
                        VidvecQueryVectorBuilder.NAME,
                        VidvecQueryVectorBuilder::new,
                        (parser, context) -> VidvecQueryVectorBuilder.fromXContent(parser)));
    }

    @Override
    public List<RescorerSpec<?>> getRescorers() {
        SearchServices search = searchServices();
        return List.of(
                new RescorerSpec<>(
                        VidvecRescorerBuilder.NAME,
                        in -> new VidvecRescorerBuilder(in, search),
                        parser -> VidvecRescorerBuilder.fromXContent(parser, search)));
    }

    private SearchServices searchServices() {
        return new SearchServices(() -> client, () -> maxRescoreWindow);
    }

    @Override
    public List<RetrieverSpec<?>> getRetrievers() {
        SearchServices search = searchServices();
        return List.of(
                new RetrieverSpec<>(
                        VidvecRerankRetriever.NAME,
                        (parser, context) ->
                                VidvecRerankRetriever.fromXContent(parser, context, search)));
    }

    /** What the retriever sends between nodes. */
    @Override
    public List<NamedWriteableRegistry.Entry> getNamedWriteables() {
        return List.of(
                new NamedWriteableRegistry.Entry(
                        RankBuilder.class, VidvecRankBuilder.NAME, VidvecRankBuilder::new),
                new NamedWriteableRegistry.Entry(
                        RankDoc.class, VidvecRankDoc.NAME, VidvecRankDoc::new));
    }

    @Override
    public List<SearchExtSpec<?>> getSearchExts() {
        return List.of(
                new SearchExtSpec<>(
                        VidvecSearchExt.NAME, VidvecSearchExt::new, VidvecSearchExt::fromXContent));
    }

    @Override
    public Map<String, Highlighter> getHighlighters() {
        return Map.of(VidvecHighlighter.NAME, new VidvecHighlighter());
    }

    @Override
    public List<FetchSubPhase> getFetchSubPhases(FetchPhaseConstructionContext context) {
        return List.of(new RerankMedia(), new RerankMarkPhase(), new MomentsPhase());
    }

    @Override
    public Collection<MappedActionFilter> getMappedActionFilters() {
        return List.of(
                new VidvecSearchFilter(
                        () -> client,
                        mappings,
                        new StoredFingerprints(() -> client, mappings),
                        parsers));
    }

    @Override
    public Collection<ActionHandler> getActions() {
        return List.of(
                new ActionHandler(EmbedAction.INSTANCE, TransportEmbedAction.class),
                new ActionHandler(MatchAction.INSTANCE, TransportMatchAction.class),
                new ActionHandler(LocalizeAction.INSTANCE, TransportLocalizeAction.class),
                new ActionHandler(GenerateAction.INSTANCE, TransportGenerateAction.class),
                new ActionHandler(ModelsAction.INSTANCE, TransportModelsAction.class),
                new ActionHandler(StatsAction.INSTANCE, TransportStatsAction.class));
    }

    @Override
    public Collection<RestHandler> getRestHandlers(
            RestHandlersServices host,
            Supplier<DiscoveryNodes> nodesInCluster,
            Predicate<NodeFeature> clusterSupportsFeature) {
        return List.of(
                new RestModelsAction(),
                new RestModelMappingAction(),
                new RestEmbedAction(),
                new RestLocalizeAction(),
                new RestRerankAction(),
                new RestGenerateAction(services.streams()),
                new RestStatsAction(),
                new RestCatAction());
    }

    @Override
    public void close() {
        IOUtils.closeWhileHandlingException(services);
    }
}
