package org.vidvec.train;

import java.util.List;
import java.util.stream.LongStream;

/**
 * What is to be written next, and where.
 *
 * @param places of the states from which tokens come, in sequences one behind the other
 * @param tokens that come from them
 */
record NextTokens(long[] places, long[] tokens) {

    /** All words and ends. */
    static NextTokens of(List<Told> batch, long end) {
        LongStream.Builder places = LongStream.builder();
        LongStream.Builder tokens = LongStream.builder();
        long begin = 0;
        for (Told one : batch) {
            long first = begin + one.prompt().length() - 1;
            LongStream.range(first, first + one.learnt()).forEach(places::add);
            LongStream.of(one.words()).forEach(tokens::add);
            if (one.ends()) {
                tokens.add(end);
            }
            begin += one.length();
        }
        return new NextTokens(places.build().toArray(), tokens.build().toArray());
    }
}
