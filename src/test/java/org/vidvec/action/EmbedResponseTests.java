package org.vidvec.action;

import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

public class EmbedResponseTests extends AbstractWireSerializingTestCase<EmbedAction.Response> {

    @Override
    protected Writeable.Reader<EmbedAction.Response> instanceReader() {
        return EmbedAction.Response::new;
    }

    @Override
    protected EmbedAction.Response createTestInstance() {
        return WireSamples.embedResponse();
    }

    @Override
    protected EmbedAction.Response mutateInstance(EmbedAction.Response instance) {

        return switch (between(0, 4)) {
            case 0 ->
                    new EmbedAction.Response(
                            new float[] {2}, instance.tokens(), instance.model(), instance.media());
            case 1 ->
                    new EmbedAction.Response(
                            instance.vector(),
                            instance.tokens() + 1,
                            instance.model(),
                            instance.media());
            case 2 ->
                    new EmbedAction.Response(
                            instance.vector(),
                            instance.tokens(),
                            randomValueOtherThan(instance.model(), WireSamples::model),
                            instance.media());
            case 3 ->
                    new EmbedAction.Response(
                            instance.vector(),
                            instance.tokens(),
                            instance.model(),
                            instance.media(),
                            randomValueOtherThan(
                                    instance.moments(),
                                    () -> randomList(0, 3, WireSamples::moment)));
            default ->
                    new EmbedAction.Response(
                            instance.vector(),
                            instance.tokens(),
                            instance.model(),
                            randomValueOtherThan(instance.media(), WireSamples::facts));
        };
    }
}
