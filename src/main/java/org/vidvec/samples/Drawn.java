package org.vidvec.samples;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.vidvec.model.ModelException;

/**
 * So many samples of a source, drawn once at random: 60,000 of VideoUFO's million (VidVec §3.4),
 * 10,000 of a set (ViLL-E, table 2).
 */
public final class Drawn<T> implements Supply<T> {

    private final Supply<T> all;
    private final List<Integer> places;

    private Drawn(Supply<T> all, List<Integer> places) {
        this.all = all;
        this.places = places;
    }

    /**
     * Draws from a source.
     *
     * @param samples 0 for all, as for a number that it does not have
     */
    public static <T> Supply<T> of(Supply<T> all, int samples, long seed) {
        if (samples == 0 || samples >= all.size()) {
            return all;
        }
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            places.add(i);
        }
        Collections.shuffle(places, new Random(seed));
        return new Drawn<>(all, places.stream().limit(samples).sorted().toList());
    }

    @Override
    public String name() {
        return all.name();
    }

    @Override
    public double weight() {
        return all.weight();
    }

    @Override
    public int size() {
        return places.size();
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(all.notes());
        notes.add(size() + " of " + all.size() + " samples were drawn");
        return notes;
    }

    @Override
    public long id(int place) {
        return all.id(places.get(place));
    }

    @Override
    public T at(int place, long draw) throws ModelException {
        return all.at(places.get(place), draw);
    }

    @Override
    public boolean skipsBadMedia() {
        return all.skipsBadMedia();
    }
}
