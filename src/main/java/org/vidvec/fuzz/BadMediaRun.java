package org.vidvec.fuzz;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.vidvec.media.Clip;
import org.vidvec.media.FileSource;
import org.vidvec.media.MediaBackend;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.Sampling;

/**
 * A folder of bad files, one after the other, several times round: each must end as its {@code
 * cases.json} expects, none may reach out to the network or show what another file holds, and
 * memory must not grow.
 */
public final class BadMediaRun {

    private static final Sampling EIGHT = new Sampling.Uniform(8);

    /** What memory may grow by from the first round to the last, as a part of the first. */
    private static final double MOST_GROWTH = 0.05;

    private final Path folder;
    private final MediaBackend backend;
    private final Consumer<String> out;
    private final List<String> faults = new ArrayList<>();

    /**
     * @param folder with {@code cases.json}
     * @param out takes a line for each file once, and for each round
     */
    public BadMediaRun(Path folder, MediaBackend backend, Consumer<String> out) {
        this.folder = folder;
        this.backend = backend;
        this.out = out;
    }

    /**
     * Goes round once before, which loads classes and native libraries and compiles.
     *
     * @return what was wrong; empty if nothing was
     * @throws IOException if the folder can't be read, or the port of its cases can't be listened
     *     to
     */
    public List<String> run(int rounds) throws IOException {
        JsonObject cases =
                JsonParser.parseString(Files.readString(folder.resolve("cases.json")))
                        .getAsJsonObject();
        String canary = cases.get("canary").getAsString();
        JsonArray files = cases.getAsJsonArray("files");
        long first = 0;
        long last = 0;
        try (ServerSocketChannel trap = ServerSocketChannel.open()) {
            trap.bind(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(),
                            cases.get("loopback_port").getAsInt()));
            trap.configureBlocking(false);
            for (int round = 0; round <= rounds; round++) {
                for (JsonElement file : files) {
                    one(file.getAsJsonObject(), canary, round);
                }
                ProcessMemory memory = ProcessMemory.settled();
                last = memory.besideHeap();
                first = round <= 1 ? last : first;
                out.accept("round " + round + ": " + memory.line());
                if (trap.accept() != null) {
                    faults.add("round " + round + ": a connection came to the loopback port");
                }
            }
        }
        if (last > first * (1 + MOST_GROWTH)) {
            faults.add("memory grew from " + (first >> 10) + " kB to " + (last >> 10) + " kB");
        }
        return List.copyOf(faults);
    }

    private void one(JsonObject file, String canary, int round) throws IOException {
        String name = file.get("file").getAsString();
        String expect = file.get("expect").getAsString();
        long start = System.nanoTime();
        String answer;
        boolean works = false;
        boolean decoderFault = false;
        try (FileSource source = new FileSource(folder.resolve(name))) {
            Clip clip = backend.read(source, EIGHT, MediaLimits.DEFAULT);
            works = true;
            answer = clip.info().codec() + ", " + clip.frames().size() + " frames";
        } catch (MediaException e) {
            decoderFault = e.reason() == MediaException.Reason.DECODER;
            answer = e.getMessage();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (round == 0) {
            out.accept(String.format(Locale.ROOT, "%-24s %6.2f s  %s", name, seconds, answer));
        }
        boolean wrong = works ? expect.equals("error") : expect.equals("works") || decoderFault;
        if (wrong) {
            faults.add("round " + round + ": [" + name + "] should be [" + expect + "]: " + answer);
        }
        if (answer.contains(canary)) {
            faults.add("round " + round + ": [" + name + "] showed the canary");
        }
        if (seconds > MediaLimits.DEFAULT.timeout().toMillis() / 1000.0) {
            faults.add("round " + round + ": [" + name + "] took " + seconds + " s");
        }
    }
}
