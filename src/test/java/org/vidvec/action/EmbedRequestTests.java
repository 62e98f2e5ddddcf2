package org.vidvec.action;

import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

public class EmbedRequestTests extends AbstractWireSerializingTestCase<EmbedAction.Request> {

    @Override
    protected Writeable.Reader<EmbedAction.Request> instanceReader() {
        return EmbedAction.Request::new;
    }

    @Override
    protected EmbedAction.Request createTestInstance() {
        return WireSamples.embedRequest();
    }

    @Override
    protected EmbedAction.Request mutateInstance(EmbedAction.Request instance) {

        return switch (between(0, 3)) {
            case 0 ->
                    new EmbedAction.Request(
                            instance.modelId() + "x",
                            instance.items(),
                            instance.options(),
                            instance.timeout());
            case 1 ->
                    new EmbedAction.Request(
                            instance.modelId(),
                            randomValueOtherThan(instance.items(), WireSamples::inputSpecs),
                            instance.options(),
                            instance.timeout());
            case 2 ->
                    new EmbedAction.Request(
                            instance.modelId(),
                            instance.items(),
                            randomValueOtherThan(instance.options(), WireSamples::options),
                            instance.timeout());
            default ->
                    new EmbedAction.Request(
                            instance.modelId(),
                            instance.items(),
                            instance.options(),
                            randomValueOtherThan(instance.timeout(), WireSamples::timeout));
        };
    }
}
