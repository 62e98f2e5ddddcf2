package org.vidvec.action;

import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

public class MatchRequestTests extends AbstractWireSerializingTestCase<MatchAction.Request> {

    @Override
    protected Writeable.Reader<MatchAction.Request> instanceReader() {
        return MatchAction.Request::new;
    }

    @Override
    protected MatchAction.Request createTestInstance() {
        return WireSamples.matchRequest();
    }

    @Override
    protected MatchAction.Request mutateInstance(MatchAction.Request instance) {
        if (instance.isTogether() == false && randomBoolean()) {
            return instance.together();
        }
        return switch (between(0, 4)) {
            case 0 ->
                    new MatchAction.Request(
                            instance.modelId() + "x",
                            instance.query(),
                            instance.candidates(),
                            instance.references(),
                            instance.timeout());
            case 1 ->
                    new MatchAction.Request(
                            instance.modelId(),
                            randomValueOtherThan(instance.query(), WireSamples::inputSpecs),
                            instance.candidates(),
                            instance.references(),
                            instance.timeout());
            case 3 ->
                    new MatchAction.Request(
                            instance.modelId(),
                            instance.query(),
                            instance.candidates(),
                            randomValueOtherThan(
                                    instance.references(),
                                    () -> randomList(1, 3, () -> randomAlphaOfLength(4))),
                            instance.timeout());
            case 2 ->
                    new MatchAction.Request(
                            instance.modelId(),
                            instance.query(),
                            randomValueOtherThan(instance.candidates(), WireSamples::inputSpecs),
                            instance.references(),
                            instance.timeout());
            default ->
                    new MatchAction.Request(
                            instance.modelId(),
                            instance.query(),
                            instance.candidates(),
                            instance.references(),
                            randomValueOtherThan(instance.timeout(), WireSamples::timeout));
        };
    }
}
