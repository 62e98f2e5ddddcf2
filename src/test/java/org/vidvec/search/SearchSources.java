package org.vidvec.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.plugins.SearchPlugin;
import org.elasticsearch.search.SearchModule;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.json.JsonXContent;

/** Bodies of searches, read as the host reads them with the plugin in it. */
final class SearchSources {

    /** Of no node. */
    static final SearchServices SERVICES = new SearchServices(() -> null, () -> 100);

    /** Registers what the plugin class does. */
    private static final SearchPlugin PLUGIN =
            new SearchPlugin() {
                @Override
                public List<QueryVectorBuilderSpec<?>> getQueryVectorBuilders() {
                    return List.of(
                            new QueryVectorBuilderSpec<>(
                                    VidvecQueryVectorBuilder.NAME,
                                    VidvecQueryVectorBuilder::new,
                                    (parser, context) ->
                                            VidvecQueryVectorBuilder.fromXContent(parser)));
                }

                @Override
                public List<RescorerSpec<?>> getRescorers() {
                    return List.of(
                            new RescorerSpec<>(
                                    VidvecRescorerBuilder.NAME,
                                    in -> new VidvecRescorerBuilder(in, SERVICES),
                                    p -> VidvecRescorerBuilder.fromXContent(p, SERVICES)));
                }

                @Override
                public List<RetrieverSpec<?>> getRetrievers() {
                    return List.of(
                            new RetrieverSpec<>(
                                    VidvecRerankRetriever.NAME,
                                    (p, c) -> VidvecRerankRetriever.fromXContent(p, c, SERVICES)));
                }

                @Override
                public List<SearchExtSpec<?>> getSearchExts() {
                    return List.of(
                            new SearchExtSpec<>(
                                    VidvecSearchExt.NAME,
                                    VidvecSearchExt::new,
                                    VidvecSearchExt::fromXContent));
                }
            };

    /** Of the host's queries, and what the plugin adds. */
    static final NamedXContentRegistry PARSERS =
            new NamedXContentRegistry(
                    new SearchModule(Settings.EMPTY, List.of(PLUGIN)).getNamedXContents());

    private SearchSources() {}

    /** Reads a body. */
    static SearchSourceBuilder of(String json) throws IOException {
        XContentParserConfiguration config =
                XContentParserConfiguration.EMPTY.withRegistry(PARSERS);
        try (XContentParser parser = JsonXContent.jsonXContent.createParser(config, json)) {
            return new SearchSourceBuilder().parseXContent(parser, true, feature -> true);
        }
    }

    /** A query as clients send it that do not know what it holds. */
    static String wrapped(String query) {
        byte[] bytes = query.getBytes(StandardCharsets.UTF_8);
        return "{\"wrapper\": {\"query\": \"" + Base64.getEncoder().encodeToString(bytes) + "\"}}";
    }
}
