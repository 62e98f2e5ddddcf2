package org.vidvec.search;

import java.io.IOException;
import java.util.Base64;
import org.elasticsearch.common.xcontent.LoggingDeprecationHandler;
import org.elasticsearch.index.query.AbstractQueryBuilder;
import org.elasticsearch.index.query.BoolQueryBuilder;
import org.elasticsearch.index.query.BoostingQueryBuilder;
import org.elasticsearch.index.query.ConstantScoreQueryBuilder;
import org.elasticsearch.index.query.NestedQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.WrapperQueryBuilder;
import org.elasticsearch.index.query.functionscore.FunctionScoreQueryBuilder;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.XContentFactory;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;

/**
 * Queries that other queries hold: opened where they are wrapped, and put in each other's place.
 *
 * @param parsers of the host's queries
 */
record HeldQueries(NamedXContentRegistry parsers) {

    /**
     * What a wrapper holds, with the wrapper's boost and name.
     *
     * @return null if it is no query
     */
    QueryBuilder open(WrapperQueryBuilder wrapper) {
        QueryBuilder inside = open(wrapper.source());
        boolean plain = wrapper.boost() == 1 && wrapper.queryName() == null;
        return inside == null || plain
                ? inside
                : like(wrapper, new BoolQueryBuilder().must(inside));
    }

    /**
     * What a wrapper of JSON holds.
     *
     * @param base64 as it stands there
     * @return null if it is no query
     */
    QueryBuilder open(String base64) {
        try {
            return open(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    // the host tells the bytes' format in the same way
    @SuppressWarnings("deprecation")
    private QueryBuilder open(byte[] query) {
        XContentParserConfiguration config =
                XContentParserConfiguration.EMPTY
                        .withRegistry(parsers)
                        .withDeprecationHandler(LoggingDeprecationHandler.INSTANCE);
        try (XContentParser parser = XContentFactory.xContent(query).createParser(config, query)) {
            return AbstractQueryBuilder.parseTopLevelQuery(parser);
        } catch (IOException | RuntimeException e) {
            // the host opens it again, and says what is wrong with it
            return null;
        }
    }

    static QueryBuilder with(NestedQueryBuilder nested, QueryBuilder inside) {
        return inside == nested.query()
                ? nested
                : like(
                        nested,
                        new NestedQueryBuilder(nested.path(), inside, nested.scoreMode())
                                .innerHit(nested.innerHit())
                                .ignoreUnmapped(nested.ignoreUnmapped()));
    }

    static QueryBuilder with(ConstantScoreQueryBuilder constant, QueryBuilder inside) {
        return inside == constant.innerQuery()
                ? constant
                : like(constant, new ConstantScoreQueryBuilder(inside));
    }

    static QueryBuilder with(
            BoostingQueryBuilder boosting, QueryBuilder positive, QueryBuilder negative) {
        return positive == boosting.positiveQuery() && negative == boosting.negativeQuery()
                ? boosting
                : like(
                        boosting,
                        new BoostingQueryBuilder(positive, negative)
                                .negativeBoost(boosting.negativeBoost()));
    }

    static QueryBuilder with(FunctionScoreQueryBuilder function, QueryBuilder inside) {
        if (inside == function.query()) {
            return function;
        }
        FunctionScoreQueryBuilder same =
                new FunctionScoreQueryBuilder(inside, function.filterFunctionBuilders())
                        .scoreMode(function.scoreMode())
                        .boostMode(function.boostMode())
                        .maxBoost(function.maxBoost());
        if (function.getMinScore() != null) {
            same.setMinScore(function.getMinScore());
        }
        return like(function, same);
    }

    private static QueryBuilder like(QueryBuilder query, QueryBuilder same) {
        return same.boost(query.boost()).queryName(query.queryName());
    }
}
