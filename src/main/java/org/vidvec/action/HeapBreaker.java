package org.vidvec.action;

import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.unit.MemorySizeValue;
import org.elasticsearch.indices.breaker.BreakerSettings;
import org.vidvec.inference.HeapMeter;
import org.vidvec.inference.InferenceException;
import org.vidvec.inference.InferenceException.Kind;

/** The heap of calls as a circuit breaker of the host's, among those of {@code _nodes/stats}. */
public final class HeapBreaker implements HeapMeter {

    /** The breaker's name. */
    public static final String NAME = "vidvec";

    private static final String LIMIT = "breaker.vidvec.limit";
    private static final String USUAL_LIMIT = "40%";

    private final CircuitBreaker breaker;

    /**
     * @param breaker made by the host after {@link #settings}
     */
    public HeapBreaker(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    /** What the host makes it after: its own settings of the name, or the usual ones. */
    public static BreakerSettings settings(Settings settings) {
        long usual = MemorySizeValue.parseBytesSizeValueOrHeapRatio(USUAL_LIMIT, LIMIT).getBytes();
        return BreakerSettings.updateFromSettings(
                new BreakerSettings(
                        NAME,
                        usual,
                        1,
                        CircuitBreaker.Type.MEMORY,
                        CircuitBreaker.Durability.TRANSIENT),
                settings);
    }

    @Override
    public void take(long bytes) throws InferenceException {
        long limit = breaker.getLimit();
        // a breaker that is turned off has none
        if (limit > 0 && bytes * breaker.getOverhead() > limit) {
            throw new InferenceException(
                    Kind.BAD_INPUT,
                    "the call holds ["
                            + bytes
                            + "] bytes of media, over the limit of ["
                            + limit
                            + "] set by ["
                            + LIMIT
                            + "]; raise it, or name the file by a [repository://] URI");
        }
        try {
            breaker.addEstimateBytesAndMaybeBreak(bytes, "media of a call");
        } catch (CircuitBreakingException e) {
            throw new InferenceException(Kind.OVERLOADED, e.getMessage(), e);
        }
    }

    @Override
    public void change(long bytes) {
        breaker.addWithoutBreaking(bytes);
    }
}
