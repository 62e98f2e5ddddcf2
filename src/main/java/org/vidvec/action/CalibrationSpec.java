package org.vidvec.action;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.vidvec.model.Calibration;
import org.vidvec.model.CardCalibration;
import org.vidvec.model.DualSoftmax;
import org.vidvec.model.MatchScore;

/**
 * A calibration with what it needs. Scores are 0 or more, and order candidates in the same way on
 * every shard.
 *
 * @param kind which
 * @param bank texts that stand for other queries; only for dual softmax, at least one
 * @param scale what logit differences are multiplied by in dual softmax: one over the temperature
 */
public record CalibrationSpec(Calibration kind, List<String> bank, double scale)
        implements Writeable, ToXContentFragment {

    /** P(Yes). */
    public static final CalibrationSpec NONE = new CalibrationSpec(Calibration.NONE, List.of(), 1);

    private static final int MAX_BANK = CardCalibration.MOST_QUERIES;

    private static final ObjectParser<Draft, Void> BANK =
            new ObjectParser<>("dual_softmax", Draft::new);

    static {
        BANK.declareStringArray(
                (draft, queries) -> draft.bank = queries, new ParseField("queries"));
        BANK.declareDouble((draft, t) -> draft.temperature = t, new ParseField("temperature"));
    }

    /**
     * @throws IllegalArgumentException if bank and kind do not go together
     */
    public CalibrationSpec {
        bank = List.copyOf(bank);
        boolean dual = kind == Calibration.DUAL_SOFTMAX;
        if (dual == bank.isEmpty()) {
            throw new IllegalArgumentException(
                    dual
                            ? "[calibration] [dual_softmax] requires [dual_softmax.queries]: texts"
                                    + " that stand for other queries"
                            : "[dual_softmax] has no effect with [calibration] ["
                                    + kind
                                    + "]; leave it out, or set [calibration] to [dual_softmax]");
        }
        if (bank.size() > MAX_BANK) {
            throw new IllegalArgumentException(
                    "[dual_softmax.queries] holds ["
                            + bank.size()
                            + "] texts, over the limit of ["
                            + MAX_BANK
                            + "]: each costs a pass of the model; send fewer");
        }
        if ((scale > 0 && scale <= 1000) == false) {
            throw new IllegalArgumentException(
                    "[dual_softmax.temperature] must be [0.001] or more, not [" + 1 / scale + "]");
        }
    }

    /** What a model's card has for requests that do not say. */
    public static CalibrationSpec of(CardCalibration card) {
        return new CalibrationSpec(card.kind(), card.queries(), 1 / card.temperature());
    }

    /** Whether the score is P(Yes) itself. */
    public boolean isNone() {
        return kind == Calibration.NONE;
    }

    /** The word of requests. */
    public String name() {
        return kind.toString();
    }

    /** Reads what {@link #writeTo} wrote. */
    public CalibrationSpec(StreamInput in) throws IOException {
        this(
                in.readEnum(Calibration.class),
                in.readStringCollectionAsImmutableList(),
                in.readDouble());
    }

    /** What was read of the two options so far. */
    public static final class Draft {
        private Calibration kind;
        private List<String> bank = List.of();
        private double temperature = 1;

        /**
         * All of it.
         *
         * @return null if nothing was said: the model's card then decides
         * @throws IllegalArgumentException if it does not go together
         */
        public CalibrationSpec spec() {
            if (kind == null && bank.isEmpty()) {
                return null;
            }
            return new CalibrationSpec(
                    kind == null ? Calibration.NONE : kind, bank, 1 / temperature);
        }
    }

    /** Has a parser read the two options into a part of what it makes. */
    public static <T, C> void declare(ObjectParser<T, C> parser, Function<T, Draft> part) {
        parser.declareString(
                (value, kind) -> part.apply(value).kind = kind,
                Calibration::fromString,
                new ParseField("calibration"));
        parser.declareObject(
                (value, read) -> {
                    part.apply(value).bank = read.bank;
                    part.apply(value).temperature = read.temperature;
                },
                (XContentParser p, C nothing) -> BANK.parse(p, null),
                new ParseField("dual_softmax"));
    }

    /** Queries that each candidate is asked about beside its own. */
    public List<String> references() {
        return kind.references(bank);
    }

    /** The score of a judged candidate, 0 or more. */
    public double score(MatchAction.Outcome outcome) {
        return switch (kind) {
            case NONE -> outcome.pYes();
            // log(1 + exp(d)): positive, and d itself where that is large
            case LOGIT_DIFFERENCE -> softplus(difference(outcome.score()));
            case PRIOR ->
                    sigmoid(difference(outcome.score()) - difference(outcome.references().get(0)));
            case DUAL_SOFTMAX ->
                    sigmoid(
                            DualSoftmax.againstBank(
                                    difference(outcome.score()),
                                    outcome.references().stream()
                                            .mapToDouble(CalibrationSpec::difference)
                                            .toArray(),
                                    scale));
        };
    }

    private static double difference(MatchScore score) {
        return score.yesLogit() - score.noLogit();
    }

    private static double softplus(double d) {
        return Math.max(d, 0) + Math.log1p(Math.exp(-Math.abs(d)));
    }

    private static double sigmoid(double d) {
        return 1 / (1 + Math.exp(-d));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeEnum(kind);
        out.writeStringCollection(bank);
        out.writeDouble(scale);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.field("calibration", kind.toString());
        if (bank.isEmpty() == false) {
            builder.startObject("dual_softmax")
                    .field("queries", bank)
                    .field("temperature", 1 / scale)
                    .endObject();
        }
        return builder;
    }
}
