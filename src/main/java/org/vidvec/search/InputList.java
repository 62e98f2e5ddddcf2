package org.vidvec.search;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.xcontent.ToXContent;
import org.elasticsearch.xcontent.XContentBuilder;
import org.vidvec.action.InputSpec;

/** Writes what {@link org.vidvec.action.InputParser} reads. */
final class InputList {

    private InputList() {}

    /** One item as an object, several as a list. */
    static void write(
            XContentBuilder builder, String name, List<InputSpec> items, ToXContent.Params params)
            throws IOException {
        if (items.size() == 1) {
            builder.field(name);
            items.get(0).toXContent(builder, params);
            return;
        }
        builder.startArray(name);
        for (InputSpec item : items) {
            item.toXContent(builder, params);
        }
        builder.endArray();
    }
}
