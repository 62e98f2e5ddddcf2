package org.vidvec.samples;

import java.util.ArrayList;
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
    private final Upcoming<T> upcoming;

    /**
     * @param size of a batch
     * @param sub a part of it that comes from one source; the size must be a multiple
     * @param seed of the order
     * @param ahead how samples are read before they are asked for; the batches are the same
     * @throws IllegalArgumentException if a source fills no part
     */
    public Batches(
            List<? extends Supply<T>> sources, int size, int sub, long seed, ReadAhead ahead) {
        this.sources = sources;
        List<SampleMix.Part> parts =
                sources.stream()
                        .map(s -> new SampleMix.Part(s.name(), s.weight(), s.size()))
                        .toList();
        upcoming = new Upcoming<>(sources, new SampleMix(parts, size, sub, seed), size, ahead);
    }

    /** What there is to tell about the sources, one line each. */
    public List<String> notes() {
        return sources.stream().flatMap(source -> source.notes().stream()).toList();
    }

    /** Leaves out batches that a stopped run has seen. */
    public void skip(long batches) {
        upcoming.skip(batches);
    }

    /**
     * The next batch.
     *
     * @throws DatasetException if a sample is bad and may not be left out, or none is left to take
     *     its place
     * @throws ModelException if something else goes wrong
     */
    public Batch<T> next() throws DatasetException, ModelException {
        List<Upcoming.Wanted<T>> drawn = upcoming.batch();
        Set<SampleMix.Sample> taken = new HashSet<>();
        drawn.forEach(wanted -> taken.add(wanted.sample()));
        List<T> samples = new ArrayList<>();
        Map<String, List<Long>> ids = new LinkedHashMap<>();
        List<String> replaced = new ArrayList<>();
        for (Upcoming.Wanted<T> wanted : drawn) {
            Read<T> first = read(wanted);
            Read<T> used = first;
            for (int tried = 1; used.sample() == null; tried++) {
                SampleMix.Sample next = after(used.from(), first, taken, tried);
                used = read(upcoming.wanted(next, wanted.draw()));
            }
            taken.add(used.from());
            Supply<T> source = sources.get(used.from().source());
            long id = source.id(used.from().place());
            if (first.fault() != null) {
                replaced.add(first.fault() + "; [" + id + "] in its place");
            }
            ids.computeIfAbsent(source.name(), name -> new ArrayList<>()).add(id);
            samples.add(used.sample());
        }
        return new Batch<>(samples, ids, replaced);
    }

    /**
     * What came of a sample.
     *
     * @param sample null if it is bad and may be left out
     * @param fault where it stands and what is wrong with it; null if it is good
     */
    private record Read<T>(SampleMix.Sample from, T sample, String fault) {}

    private Read<T> read(Upcoming.Wanted<T> wanted) throws DatasetException, ModelException {
        try {
            return new Read<>(wanted.sample(), wanted.get(), null);
        } catch (ModelException e) {
            if (e.kind() != ModelException.Kind.INPUT) {
                throw e;
            }
            String fault = where(wanted.sample()) + ": " + e.getMessage();
            if (sources.get(wanted.sample().source()).skipsBadMedia() == false) {
                throw new DatasetException(
                        fault
                                + "; mend it, or leave such samples out with [bad_media] [skip] in"
                                + " its source, where it names files",
                        e);
            }
            return new Read<>(wanted.sample(), null, fault);
        }
    }

    /** The next one of a source that is not in the batch. */
    private SampleMix.Sample after(
            SampleMix.Sample last, Read<T> bad, Set<SampleMix.Sample> taken, int tried)
            throws DatasetException {
        if (tried > IN_A_ROW) {
            throw new DatasetException(
                    bad.fault()
                            + "; and so are the ["
                            + IN_A_ROW
                            + "] that follow it; is the disk with the media there?");
        }
        int samples = sources.get(last.source()).size();
        SampleMix.Sample next = last;
        do {
            next = new SampleMix.Sample(last.source(), (next.place() + 1) % samples);
            if (next.equals(bad.from())) {
                throw new DatasetException(
                        bad.fault()
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
