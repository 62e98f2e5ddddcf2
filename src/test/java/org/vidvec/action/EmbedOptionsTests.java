package org.vidvec.action;

import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;
import org.vidvec.model.EmbedInput;

public class EmbedOptionsTests extends AbstractWireSerializingTestCase<EmbedOptions> {

    @Override
    protected Writeable.Reader<EmbedOptions> instanceReader() {
        return EmbedOptions::new;
    }

    @Override
    protected EmbedOptions createTestInstance() {
        return WireSamples.options();
    }

    @Override
    protected EmbedOptions mutateInstance(EmbedOptions instance) {

        return switch (between(0, 5)) {
            case 0 ->
                    new EmbedOptions(
                            randomValueOtherThan(
                                    instance.role(), () -> randomFrom(EmbedInput.Role.values())),
                            instance.instruction(),
                            instance.sampling(),
                            instance.keepFrames());
            case 1 ->
                    new EmbedOptions(
                            instance.role(),
                            instance.instruction() + "x",
                            instance.sampling(),
                            instance.keepFrames());
            case 2 ->
                    new EmbedOptions(
                            instance.role(),
                            instance.instruction(),
                            randomValueOtherThan(instance.sampling(), WireSamples::sampling),
                            instance.keepFrames());
            case 3 ->
                    new EmbedOptions(
                            instance.role(),
                            instance.instruction(),
                            instance.sampling(),
                            instance.keepFrames(),
                            randomValueOtherThan(instance.moments(), WireSamples::moments));
            case 4 -> instance.truncating(instance.truncate() == false);
            default ->
                    new EmbedOptions(
                            instance.role(),
                            instance.instruction(),
                            instance.sampling(),
                            instance.keepFrames() == false);
        };
    }
}
