package org.vidvec.samples;

import java.util.List;
import org.vidvec.world.Split;
import org.vidvec.world.WorldSamples;

/** Events in long videos of the generated world's training split, each once. */
public final class GeneratedMoments implements Supply<MomentSample> {

    private final WorldSamples samples;

    public GeneratedMoments(MomentOrigin.Generated origin) {
        samples = new WorldSamples(origin.seed(), Split.TRAIN, origin.frames(), origin.size());
    }

    @Override
    public String name() {
        return "generated moments";
    }

    @Override
    public List<String> notes() {
        return List.of(name());
    }

    @Override
    public double weight() {
        return 1;
    }

    @Override
    public int size() {
        return ENDLESS;
    }

    @Override
    public MomentSample at(int place, long draw) {
        return MomentSample.of(samples.moment(place));
    }
}
