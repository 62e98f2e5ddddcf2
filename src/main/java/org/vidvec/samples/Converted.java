package org.vidvec.samples;

import java.util.List;
import org.vidvec.model.ModelException;

/**
 * Samples of a source as they are learnt. They are converted where they are read, so that nothing
 * else of them is kept, and that one can't be learnt is found out where one is drawn.
 *
 * @param <S> what the source has
 * @param <T> what is learnt
 */
public final class Converted<S, T> implements Supply<T> {

    /** How a sample becomes what is learnt of it. */
    @FunctionalInterface
    public interface Conversion<S, T> {
        /**
         * What is learnt of a sample; in any thread.
         *
         * @throws ModelException of kind INPUT if it can't be learnt, with the reason
         */
        T of(S sample) throws ModelException;
    }

    private final Supply<S> source;
    private final Conversion<S, T> conversion;

    public Converted(Supply<S> source, Conversion<S, T> conversion) {
        this.source = source;
        this.conversion = conversion;
    }

    @Override
    public T at(int place, long draw) throws ModelException {
        return conversion.of(source.at(place, draw));
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public double weight() {
        return source.weight();
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public List<String> notes() {
        return source.notes();
    }

    @Override
    public long id(int place) {
        return source.id(place);
    }

    @Override
    public boolean skipsBadMedia() {
        return source.skipsBadMedia();
    }
}
