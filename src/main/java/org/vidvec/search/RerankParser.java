package org.vidvec.search;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.index.query.AbstractQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.search.rank.RankBuilder;
import org.elasticsearch.search.retriever.CompoundRetrieverBuilder;
import org.elasticsearch.search.retriever.RetrieverBuilder;
import org.elasticsearch.search.retriever.RetrieverParserContext;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParser;
import org.vidvec.action.RerankMode;

/** Reads the JSON of a retriever {@code vidvec_rerank}. Unknown options are refused by name. */
final class RerankParser {

    private static final ObjectParser<Draft, RetrieverParserContext> PARSER =
            new ObjectParser<>(VidvecRerankRetriever.NAME, Draft::new);

    static {
        RescoreDraft.declare(PARSER, draft -> draft.shared);
        PARSER.declareNamedObject(
                (draft, value) -> draft.retriever = value,
                (parser, context, name) -> {
                    RetrieverBuilder inner =
                            parser.namedObject(RetrieverBuilder.class, name, context);
                    context.trackRetrieverUsage(inner);
                    return inner;
                },
                new ParseField("retriever"));
        PARSER.declareInt(
                (draft, value) -> draft.window = value,
                CompoundRetrieverBuilder.RANK_WINDOW_SIZE_FIELD);
        PARSER.declareObjectArray(
                (draft, value) -> draft.filters = value,
                (parser, context) ->
                        AbstractQueryBuilder.parseTopLevelQuery(parser, context::trackQueryUsage),
                RetrieverBuilder.PRE_FILTER_FIELD);
        RerankMode.declare(PARSER, (draft, mode) -> draft.mode = mode);
        PARSER.declareString((draft, value) -> draft.name = value, RetrieverBuilder.NAME_FIELD);
    }

    private RerankParser() {}

    /**
     * Reads the object that the parser stands on.
     *
     * @throws IllegalArgumentException if an option is missing, unknown or out of range
     */
    static VidvecRerankRetriever parse(
            XContentParser parser, RetrieverParserContext context, SearchServices services) {
        Draft draft = PARSER.apply(parser, context);
        Requirements.require("retriever", "whose best hits are judged", draft.retriever);
        return new VidvecRerankRetriever(
                        List.of(CompoundRetrieverBuilder.RetrieverSource.from(draft.retriever)),
                        draft.shared.spec(ScoreBlend.DEFAULT).with(draft.mode),
                        draft.window,
                        services)
                .with(new ArrayList<>(draft.filters), draft.name);
    }

    /** What the parser has seen so far. */
    private static final class Draft {
        private final RescoreDraft shared = new RescoreDraft();
        private RetrieverBuilder retriever;
        private RerankMode mode = RerankMode.POINTWISE;
        private int window = RankBuilder.DEFAULT_RANK_WINDOW_SIZE;
        private List<QueryBuilder> filters = List.of();
        private String name;
    }
}
