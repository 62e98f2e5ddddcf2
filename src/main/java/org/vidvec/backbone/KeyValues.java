package org.vidvec.backbone;

import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.prompt.PreparedSequence;

/**
 * What a decoder remembers of a sequence: the keys and values of its tokens in every layer, so that
 * the tokens that follow can be read alone. {@link VisionLanguageNetwork#room} makes one, {@link
 * VisionLanguageNetwork#extend} fills it, any number of calls may read it. It is native memory: it
 * is freed when it is closed, which must not happen while a call uses it.
 */
public final class KeyValues implements AutoCloseable {

    private final TensorScope scope;
    private final Tensor tensor;
    private final int room;
    private final long bytes;
    private int tokens;
    private long nextPosition;

    /**
     * @param scope owner of the tensor, taken over
     * @param tensor [layers, 2, room, kv_heads, head_dim], keys then values
     */
    KeyValues(TensorScope scope, Tensor tensor, int elementBytes) throws EngineException {
        this.scope = scope;
        this.tensor = tensor;
        long values = 1;
        for (long size : tensor.shape()) {
            values *= size;
        }
        this.room = (int) tensor.shape()[2];
        this.bytes = values * elementBytes;
    }

    /** How many tokens it remembers. */
    public int tokens() {
        return tokens;
    }

    /** How many it can remember. */
    public int room() {
        return room;
    }

    /** The position of the token that comes next, on all three axes. */
    public long nextPosition() {
        return nextPosition;
    }

    /** Native memory that it takes. */
    public long bytes() {
        return bytes;
    }

    Tensor tensor() {
        return tensor;
    }

    /**
     * @throws IllegalArgumentException if there is no room for a sequence
     */
    void checkRoom(PreparedSequence sequence) {
        if (tokens + sequence.length() > room) {
            throw new IllegalArgumentException(
                    "["
                            + sequence.length()
                            + "] tokens do not fit behind ["
                            + tokens
                            + "] in a memory for ["
                            + room
                            + "]");
        }
    }

    /** Counts tokens that have been written. */
    void add(PreparedSequence sequence) {
        tokens += sequence.length();
        nextPosition = sequence.nextPosition();
    }

    /** Counts the tokens of another whose content it has begun with. */
    void beginWith(KeyValues before) {
        tokens = before.tokens;
        nextPosition = before.nextPosition;
    }

    @Override
    public void close() {
        scope.close();
    }
}
