package org.vidvec.samples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vidvec.datasets.DatasetException;
import org.vidvec.model.ModelException;

/**
 * Batches out of the sources of a task. A sample that turns out to be bad when it is drawn ends the
 * run by name; or, where its source says so, the next one of the source that is good and not in the
 * batch yet takes its place: a batch stays as large as it was, and a run that was stopped goes on
 * with the same samples.
 */
public final class Batches<T> {

    /** Whether a sample can be learnt from. */
    @FunctionalInterface
    public interface Check<T> {
        /**
         * @throws ModelException of kind INPUT if not, with the reason
         */
        void require(T sample) throws ModelException;
    }

    /**
     * A batch.
     *
     * @param ids of its samples by source, for messages
     * @param replaced samples that were left out, each with the reason and what took its place
     */
    public record Batch<T>(List<T> samples, Map<String, List<Long>> ids, List<String> replaced) {}

    /** So many bad ones in a row are no accident. */
    private static final int IN_A_ROW = 1000;

    private final List<? extends Supply<T>> sources;
    private final Check<T> check;
    private final SampleMix mix;
    private final int size;
    private final Map<SampleMix.Sample, String> bad = new HashMap<>();
    private long draw;

    /**
     * @param check of each sample before it is learnt
     * @param size of a batch
     * @param sub a part of it that comes from one source; the size must be a multiple
     * @param seed of the order
     * @throws IllegalArgumentException if a source fills no part
     */
    public Batches(
            List<? extends Supply<T>> sources, Check<T> check, int size, int sub, long seed) {
        this.sources = sources;
        this.check = check;
        this.size = size;
        List<SampleMix.Part> parts =
                sources.stream()
                        .map(s -> new SampleMix.Part(s.name(), s.weight(), s.size()))
                        .toList();
        mix = new SampleMix(parts, size, sub, seed);
    }

    /** What there is to tell about the sources, one line each. */
    public List<String> notes() {
        return sources.stream().flatMap(source -> source.notes().stream()).toList();
    }

    /** Leaves out batches that a stopped run has seen. */
    public void skip(long batches) {
        mix.skip(batches);
        draw += batches * size;
    }

    /**
     * The next batch.
     *
     * @throws DatasetException if a sample is bad and may not be left out, or none is left to take
     *     its place
     * @throws ModelException if something else goes wrong
     */
    public Batch<T> next() throws DatasetException, ModelException {
        List<SampleMix.Sample> drawn = mix.next();
        Set<SampleMix.Sample> taken = new HashSet<>(drawn);
        List<T> samples = new ArrayList<>();
        Map<String, List<Long>> ids = new LinkedHashMap<>();
        List<String> replaced = new ArrayList<>();
        for (SampleMix.Sample wanted : drawn) {
            SampleMix.Sample used = wanted;
            T sample = read(used);
            for (int tried = 1; sample == null; tried++) {
                used = after(used, wanted, taken, tried);
                sample = read(used);
            }
            taken.add(used);
            Supply<T> source = sources.get(used.source());
            long id = source.id(used.place());
            if (used.equals(wanted) == false) {
                replaced.add(
                        where(wanted) + ": " + bad.get(wanted) + "; [" + id + "] in its place");
            }
            ids.computeIfAbsent(source.name(), name -> new ArrayList<>()).add(id);
            samples.add(sample);
            draw++;
        }
        return new Batch<>(samples, ids, replaced);
    }

    /** The sample; null if it is bad and may be left out. */
    private T read(SampleMix.Sample wanted) throws DatasetException, ModelException {
        if (bad.containsKey(wanted)) {
            return null;
        }
        Supply<T> source = sources.get(wanted.source());
        try {
            T sample = source.at(wanted.place(), draw);
            check.require(sample);
            return sample;
        } catch (ModelException e) {
            if (e.kind() != ModelException.Kind.INPUT) {
                throw e;
            }
            if (source.skipsBadMedia() == false) {
                throw new DatasetException(
                        where(wanted)
                                + ": "
                                + e.getMessage()
                                + "; mend it, or leave such samples out with [bad_media] [skip] in"
                                + " its source, where it names files",
                        e);
            }
            bad.put(wanted, e.getMessage());
            return null;
        }
    }

    /** The next one of a source that is not in the batch. */
    private SampleMix.Sample after(
            SampleMix.Sample last, SampleMix.Sample wanted, Set<SampleMix.Sample> taken, int tried)
            throws DatasetException {
        if (tried > IN_A_ROW) {
            throw new DatasetException(
                    where(wanted)
                            + ": "
                            + bad.get(wanted)
                            + "; and so are the ["
                            + IN_A_ROW
                            + "] that follow it; is the disk with the media there?");
        }
        int samples = sources.get(wanted.source()).size();
        SampleMix.Sample next = last;
        do {
            next = new SampleMix.Sample(wanted.source(), (next.place() + 1) % samples);
            if (next.equals(wanted)) {
                throw new DatasetException(
                        where(wanted)
                                + ": "
                                + bad.get(wanted)
                                + "; and of the ["
                                + samples
                                + "] samples of its source none is left that is good and not in the"
                                + " batch; mend the files, or lower [batch.size]");
            }
        } while (taken.contains(next));
        return next;
    }

    private String where(SampleMix.Sample sample) {
        Supply<T> source = sources.get(sample.source());
        return "sample [" + source.id(sample.place()) + "] of [" + source.name() + "]";
    }
}
