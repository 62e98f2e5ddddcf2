package org.vidvec.action;

import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

public class MatchResponseTests extends AbstractWireSerializingTestCase<MatchAction.Response> {

    @Override
    protected Writeable.Reader<MatchAction.Response> instanceReader() {
        return MatchAction.Response::new;
    }

    @Override
    protected MatchAction.Response createTestInstance() {
        return WireSamples.matchResponse();
    }

    @Override
    protected MatchAction.Response mutateInstance(MatchAction.Response instance) {

        return randomBoolean()
                ? new MatchAction.Response(
                        randomValueOtherThan(instance.model(), WireSamples::model),
                        instance.outcomes())
                : new MatchAction.Response(
                        instance.model(),
                        randomValueOtherThan(
                                instance.outcomes(), () -> randomList(1, 4, WireSamples::outcome)));
    }
}
