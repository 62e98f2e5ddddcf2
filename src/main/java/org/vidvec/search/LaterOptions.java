package org.vidvec.search;

import java.util.List;
import org.elasticsearch.xcontent.AbstractObjectParser;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;

/** Options of the documented interface that this version does not have: refused by name. */
final class LaterOptions {

    private LaterOptions() {}

    /** Makes {@code parser} refuse each of {@code names} with the reason. */
    static <V> void refuse(AbstractObjectParser<V, Void> parser, List<String> names) {
        for (String name : names) {
            parser.<Object>declareField(
                    (value, ignored) -> {},
                    (p, c) -> {
                        throw new IllegalArgumentException(
                                "[" + name + "] comes with a later version; leave it out");
                    },
                    new ParseField(name),
                    ObjectParser.ValueType.VALUE_OBJECT_ARRAY);
        }
    }
}
