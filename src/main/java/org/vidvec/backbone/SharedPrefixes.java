package org.vidvec.backbone;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.vidvec.backbone.PrefixCache.Claim;
import org.vidvec.engine.EngineException;
import org.vidvec.prompt.PatchGrid;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.VisionInput;

/**
 * Reads sequences that begin with pictures behind memories of these beginnings, which are computed
 * once and kept in a cache. Thread-safe; closing it drops the network's memories.
 */
public final class SharedPrefixes implements AutoCloseable {

    private final VisionLanguageNetwork network;
    private final PrefixCache cache;
    private final String model;

    /**
     * @param network stays the caller's
     * @param cache that models share
     * @param model fingerprint: networks of equal ones share memories
     */
    public SharedPrefixes(VisionLanguageNetwork network, PrefixCache cache, String model) {
        this.network = network;
        this.cache = cache;
        this.model = model;
    }

    /**
     * As {@link VisionLanguageNetwork#read}, but for rounding (2e-6 of the largest value in
     * float32). Sequences without pictures, those whose tokens see each other in both directions
     * and those for which the cache has no room are read as a whole.
     *
     * @throws IllegalArgumentException if a sequence or the plan does not fit the network
     * @throws EngineException if the native engine fails, for example for lack of memory
     */
    public List<Readout> read(List<PreparedSequence> batch, ReadoutPlan plan)
            throws EngineException {
        Claim[] claims = new Claim[batch.size()];
        try {
            for (int i = 0; i < claims.length; i++) {
                claims[i] = claim(batch.get(i));
            }
            // all of one's own before waiting for others: no two calls wait for each other
            compute(batch, claims);
            return read(batch, claims, plan);
        } finally {
            Arrays.stream(claims).filter(claim -> claim != null).forEach(cache::release);
        }
    }

    private Claim claim(PreparedSequence sequence) {
        int head = sequence.picturesEnd();
        if (head == 0 || head == sequence.length() || sequence.prefix() > 0) {
            return null;
        }
        String content = digest(sequence.head(head));
        return cache.claim(
                new PrefixCache.Key(model, content),
                Math.multiplyExact(head, network.tokenBytes()));
    }

    private void compute(List<PreparedSequence> batch, Claim[] claims) throws EngineException {
        List<PreparedSequence> heads = new ArrayList<>();
        List<Claim> own = new ArrayList<>();
        for (int i = 0; i < claims.length; i++) {
            if (claims[i] != null && claims[i].isNew()) {
                heads.add(batch.get(i).head(batch.get(i).picturesEnd()));
                own.add(claims[i]);
            }
        }
        if (heads.isEmpty()) {
            return;
        }
        List<KeyValues> memories = new ArrayList<>();
        boolean computed = false;
        try {
            for (PreparedSequence head : heads) {
                memories.add(network.room(head.length()));
            }
            ReadoutPlan last = ReadoutPlan.state(network.layers(), ReadoutPlan.Pooling.LAST);
            network.extend(heads, memories, last);
            computed = true;
        } finally {
            if (computed == false) {
                memories.forEach(KeyValues::close);
            }
        }
        for (int i = 0; i < own.size(); i++) {
            own.get(i).entry().memory().complete(memories.get(i));
        }
    }

    private List<Readout> read(List<PreparedSequence> batch, Claim[] claims, ReadoutPlan plan)
            throws EngineException {
        List<PreparedSequence> whole = new ArrayList<>();
        List<PreparedSequence> tails = new ArrayList<>();
        List<KeyValues> memories = new ArrayList<>();
        for (int i = 0; i < claims.length; i++) {
            PreparedSequence sequence = batch.get(i);
            if (claims[i] == null) {
                whole.add(sequence);
            } else {
                tails.add(sequence.tail(sequence.picturesEnd()));
                memories.add(memory(claims[i]));
            }
        }
        var fromWhole =
                (whole.isEmpty() ? List.<Readout>of() : network.read(whole, plan)).iterator();
        var fromTails =
                (tails.isEmpty() ? List.<Readout>of() : network.read(tails, memories, plan))
                        .iterator();
        List<Readout> readouts = new ArrayList<>();
        for (Claim claim : claims) {
            readouts.add(claim == null ? fromWhole.next() : fromTails.next());
        }
        return readouts;
    }

    private static KeyValues memory(Claim claim) throws EngineException {
        try {
            return claim.entry().memory().join();
        } catch (CancellationException | CompletionException e) {
            throw new EngineException(
                    "another call failed to compute the pictures that this one shares with it;"
                            + " send the request again");
        }
    }

    /** SHA-256 over tokens, positions and pixels. */
    private static String digest(PreparedSequence head) {
        MessageDigest digest = sha256();
        update(digest, head.ids());
        for (long[] axis : head.positions()) {
            update(digest, axis);
        }
        for (VisionInput input : head.vision()) {
            PatchGrid grid = input.grid();
            update(digest, grid.time(), grid.height(), grid.width(), input.merge());
            int[] kept = input.kept() == null ? new int[0] : input.kept();
            update(digest, Arrays.stream(kept).asLongStream().toArray());
            input.rows().update(digest);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate((values.length + 1) * Long.BYTES);
        bytes.asLongBuffer().put(values.length).put(values);
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        cache.drop(model);
    }
}
