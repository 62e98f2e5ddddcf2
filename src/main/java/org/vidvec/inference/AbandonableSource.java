package org.vidvec.inference;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.vidvec.media.MediaSource;

/**
 * A source that breaks off when nobody wants its frames any more, so that the decode of an
 * abandoned call ends at its next read.
 */
record AbandonableSource(MediaSource source, BooleanSupplier abandoned) implements MediaSource {

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        if (abandoned.getAsBoolean()) {
            throw new IOException("the caller of [" + name() + "] went away");
        }
        return source.read(position, target, offset, length);
    }
}
