package org.vidvec.train;

import java.util.List;
import java.util.stream.LongStream;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;

/** What is embedded by a part of its states. */
record StretchSide(Learner learner, StateReader reader, List<Stretch> stretches)
        implements GradCache.Side {

    @Override
    public int size() {
        return stretches.size();
    }

    @Override
    public Tensor embed(LearningPass pass, int from, int to) throws EngineException {
        List<Stretch> some = stretches.subList(from, to);
        Tensor states = pass.states(some.stream().map(Stretch::sequence).toList(), reader.layer());
        return embed(pass.scope(), states, from, to);
    }

    /**
     * The same from states that are there.
     *
     * @param states of those alone, one behind the other [tokens, hidden]
     */
    Tensor embed(TensorScope scope, Tensor states, int from, int to) throws EngineException {
        LongStream.Builder places = LongStream.builder();
        LongStream.Builder lengths = LongStream.builder();
        long begin = 0;
        for (Stretch one : stretches.subList(from, to)) {
            long first = begin + one.from();
            LongStream.range(first, first + one.count()).forEach(places::add);
            lengths.add(one.count());
            begin += one.sequence().length();
        }
        Tensor rows = learner.network().rows(scope, states, places.build().toArray());
        return reader.embed(scope, rows, lengths.build().toArray());
    }
}
