package org.vidvec.fuzz;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.vidvec.media.BytesSource;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaLimits;
import org.vidvec.natives.NativeLibraries;

/**
 * Decodes one input after the other, and notes each number before it begins with it, so that
 * whoever finds this process dead knows which one it was.
 */
public final class FuzzWorker {

    /** Low, so that an input takes milliseconds; what is over them is an answer like any other. */
    static final MediaLimits LIMITS =
            new MediaLimits(
                    8L << 20,
                    Duration.ofHours(4),
                    1280L * 1280,
                    64,
                    Duration.ofSeconds(5),
                    1000,
                    48,
                    256L << 20);

    /** An input that takes longer than this has escaped the time limit. */
    private static final Duration ESCAPED = LIMITS.timeout().multipliedBy(2);

    private static final Logger LOG = System.getLogger(FuzzWorker.class.getName());

    private static final int REPORT_EVERY = 1000;

    private final Mutator mutator;
    private final MediaCall call;
    private final PrintWriter out;
    private final Map<String, Integer> outcomes = new TreeMap<>();

    /**
     * @param out takes a line of {@link FuzzTally} for each thousand inputs
     */
    public FuzzWorker(Path folder, NativeLibraries natives, long seed, PrintWriter out)
            throws IOException, MediaException {
        this.mutator = new Mutator(seed, Corpus.of(folder, natives));
        this.call = new MediaCall(natives);
        this.out = out;
    }

    /**
     * Runs inputs {@code from} up to and without {@code to}.
     *
     * @param marker a file that gets the number of the input under way, 8 bytes big-endian
     */
    public void run(long from, long to, Path marker) throws IOException {
        try (FileChannel mark =
                FileChannel.open(marker, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long number = from; number < to; number++) {
                mark.write(ByteBuffer.allocate(Long.BYTES).putLong(0, number), 0);
                one(number);
                if ((number + 1 - from) % REPORT_EVERY == 0 || number + 1 == to) {
                    out.println(new FuzzTally(outcomes, ProcessMemory.now().besideHeap()).line());
                    outcomes.clear();
                }
            }
        }
    }

    private void one(long number) {
        Mutator.Input input = mutator.input(number);
        long start = System.nanoTime();
        String outcome;
        try {
            call.make(new BytesSource(input.name(), input.bytes()), input.random(), LIMITS);
            outcome = "decoded";
        } catch (MediaException e) {
            outcome = e.reason().name().toLowerCase(java.util.Locale.ROOT);
        }
        outcomes.merge(outcome, 1, Integer::sum);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (took.compareTo(ESCAPED) > 0) {
            outcomes.merge(FuzzTally.SLOW, 1, Integer::sum);
            LOG.log(Level.WARNING, "input [{0}], of [{1}], took [{2}]", number, input.name(), took);
        }
    }
}
