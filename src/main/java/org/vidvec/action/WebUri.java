package org.vidvec.action;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.vidvec.web.WebAddress;

/**
 * {@code http://} or {@code https://}: a file on the web, which the inference node's settings have
 * to allow.
 *
 * @param address where
 */
public record WebUri(WebAddress address) implements MediaUri {

    WebUri(StreamInput in) throws IOException {
        this(WebAddress.parse(in.readString()));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(address.toString());
    }

    @Override
    public String name() {
        return address.name();
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
