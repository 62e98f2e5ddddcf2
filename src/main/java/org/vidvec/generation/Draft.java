package org.vidvec.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.vidvec.backbone.KeyValues;
import org.vidvec.backbone.Readout;
import org.vidvec.engine.EngineException;
import org.vidvec.generation.Generation.Finish;
import org.vidvec.prompt.PreparedSequence;

/** One text while it is written, with the decoder's memory of it. Used by one thread. */
final class Draft implements AutoCloseable {

    private final int sequence;
    private final KeyValues memory;
    private final GenerationOptions options;
    private final Set<Long> ends;
    private final TokenChooser chooser;
    private final TextStream stream;
    private final GenerationListener listener;
    private final List<Long> ids = new ArrayList<>();
    private final List<Float> margins = new ArrayList<>();
    private final List<float[]> producing = new ArrayList<>();
    private final List<float[]> ofTokens = new ArrayList<>();
    private Finish finish;

    /**
     * @param sequence place in the batch
     * @param memory taken over
     * @param ends tokens that end it
     */
    Draft(
            int sequence,
            KeyValues memory,
            GenerationOptions options,
            Set<Long> ends,
            TextStream stream,
            GenerationListener listener) {
        this.sequence = sequence;
        this.memory = memory;
        this.options = options;
        this.ends = ends;
        this.stream = stream;
        this.listener = listener;
        this.chooser = new TokenChooser(options, sequence);
    }

    KeyValues memory() {
        return memory;
    }

    /** Whether the last token is still to be read: for the next one, or for its own state. */
    boolean isOpen() {
        if (finish == null && listener.isCancelled(sequence)) {
            end(Finish.CANCELLED);
        }
        boolean stateMissing = options.states() && ofTokens.size() < ids.size();
        return finish == null || (stateMissing && finish != Finish.CANCELLED);
    }

    /** The last token, to be read behind the memory. */
    PreparedSequence lastToken() {
        long[] position = {memory.nextPosition()};
        return new PreparedSequence(
                new long[] {ids.get(ids.size() - 1)},
                new long[][] {position, position, position},
                List.of());
    }

    /** Goes on from what the decoder read. */
    void read(Readout readout) throws EngineException {
        if (options.states() && ids.isEmpty() == false) {
            ofTokens.add(readout.state());
        }
        if (finish != null) {
            return;
        }
        if (options.states()) {
            producing.add(readout.state());
        }
        add(readout.logits());
    }

    private void add(float[] logits) throws EngineException {
        float margin = TokenChooser.margin(logits);
        if (Float.isNaN(margin)) {
            throw new EngineException(
                    "the logits are not numbers; the weights are damaged, or too large for their"
                            + " dtype: compare the files with the originals, or set [dtype] to"
                            + " [float32]");
        }
        long id = chooser.choose(logits);
        ids.add(id);
        margins.add(margin);
        if (ends.contains(id)) {
            end(Finish.STOP);
            return;
        }
        tell(stream.add(id));
        if (stream.isStopped()) {
            end(Finish.STOP);
        } else if (ids.size() == options.maxNewTokens()) {
            end(Finish.LENGTH);
        }
    }

    private void end(Finish why) {
        finish = why;
        tell(stream.finish());
    }

    private void tell(String piece) {
        if (piece.isEmpty() == false) {
            listener.onText(sequence, piece);
        }
    }

    /** What it has become. */
    Generation generation() {
        float[] distances = new float[margins.size()];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = margins.get(i);
        }
        return new Generation(
                ids.stream().mapToLong(Long::longValue).toArray(),
                stream.text(),
                finish,
                distances,
                List.copyOf(producing),
                List.copyOf(ofTokens));
    }

    @Override
    public void close() {
        memory.close();
    }
}
