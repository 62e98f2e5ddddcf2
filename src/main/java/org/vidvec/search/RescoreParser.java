package org.vidvec.search;

import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParser;

/** Reads the JSON of {@code rescore.vidvec}. Unknown options are refused by name. */
final class RescoreParser {

    private static final ObjectParser<Draft, Void> PARSER =
            new ObjectParser<>(VidvecRescorerBuilder.NAME, Draft::new);

    static {
        RescoreDraft.declare(PARSER, draft -> draft.shared);
        RescoreDraft.declareTexts(PARSER, draft -> draft.shared);
        PARSER.declareString(
                (draft, value) -> draft.mode = value,
                ScoreMode::fromString,
                new ParseField("score_mode"));
        PARSER.declareFloat(
                (draft, value) -> draft.queryWeight = value, new ParseField("query_weight"));
        PARSER.declareFloat(
                (draft, value) -> draft.rescoreWeight = value,
                new ParseField("rescore_query_weight"));
    }

    private RescoreParser() {}

    /**
     * Reads the object that the parser stands on.
     *
     * @throws IllegalArgumentException if an option is missing, unknown or out of range
     */
    static RescoreSpec parse(XContentParser parser) {
        Draft draft = PARSER.apply(parser, null);
        return draft.shared.spec(
                new ScoreBlend(draft.mode, draft.queryWeight, draft.rescoreWeight));
    }

    /** What the parser has seen so far. */
    private static final class Draft {
        private final RescoreDraft shared = new RescoreDraft();
        private ScoreMode mode = ScoreBlend.DEFAULT.mode();
        private float queryWeight = ScoreBlend.DEFAULT.queryWeight();
        private float rescoreWeight = ScoreBlend.DEFAULT.rescoreWeight();
    }
}
