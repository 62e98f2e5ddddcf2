package org.vidvec.action;

import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

public class FoundModelTests extends AbstractWireSerializingTestCase<ModelsAction.Found> {

    @Override
    protected Writeable.Reader<ModelsAction.Found> instanceReader() {
        return ModelsAction.Found::new;
    }

    @Override
    protected ModelsAction.Found createTestInstance() {
        return randomBoolean()
                ? new ModelsAction.Found(randomAlphaOfLength(4), WireSamples.model(), null)
                : new ModelsAction.Found(randomAlphaOfLength(4), null, randomAlphaOfLength(9));
    }

    @Override
    protected ModelsAction.Found mutateInstance(ModelsAction.Found instance) {

        return switch (between(0, 2)) {
            case 0 ->
                    new ModelsAction.Found(
                            instance.id() + "x", instance.summary(), instance.error());
            case 1 ->
                    new ModelsAction.Found(
                            instance.id(),
                            randomValueOtherThan(instance.summary(), WireSamples::model),
                            instance.error());
            default ->
                    new ModelsAction.Found(
                            instance.id(), instance.summary(), instance.error() + "x");
        };
    }
}
