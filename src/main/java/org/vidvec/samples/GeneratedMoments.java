package org.vidvec.samples;

import java.util.List;
import org.vidvec.world.Split;
import org.vidvec.world.WorldSamples;

/** Events in long videos of the generated world's training split, each once. */
public final class GeneratedMoments implements MomentSupply {

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
    public long id(long number) {
        return number;
    }

    @Override
    public MomentSample at(long number) {
        return MomentSample.of(samples.moment(number));
    }
}
