package org.vidvec.action;

import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

public class InputSpecTests extends AbstractWireSerializingTestCase<InputSpec> {

    @Override
    protected Writeable.Reader<InputSpec> instanceReader() {
        return InputSpec::readFrom;
    }

    @Override
    protected InputSpec createTestInstance() {
        return WireSamples.inputSpec();
    }

    @Override
    protected InputSpec mutateInstance(InputSpec instance) {

        return switch (instance) {
            case InputSpec.Text text -> new InputSpec.Text(text.value() + "x");
            case InputSpec.Inline inline ->
                    switch (between(0, 2)) {
                        case 0 ->
                                new InputSpec.Inline(
                                        inline.name() + "x", inline.type(), inline.data());
                        case 1 ->
                                new InputSpec.Inline(
                                        inline.name(), other(inline.type()), inline.data());
                        default ->
                                new InputSpec.Inline(
                                        inline.name(),
                                        inline.type(),
                                        randomValueOtherThan(inline.data(), WireSamples::bytes));
                    };
            case InputSpec.Link link ->
                    randomBoolean()
                            ? new InputSpec.Link(other(link.type()), link.uri())
                            : new InputSpec.Link(
                                    link.type(),
                                    randomValueOtherThan(link.uri(), WireSamples::mediaUri));
            case InputSpec.Frames frames ->
                    randomBoolean()
                            ? new InputSpec.Frames(frames.name() + "x", frames.strip())
                            : new InputSpec.Frames(
                                    frames.name(),
                                    randomValueOtherThan(frames.strip(), WireSamples::bytes));
        };
    }

    private static InputSpec.Type other(InputSpec.Type type) {
        return type == InputSpec.Type.IMAGE ? InputSpec.Type.VIDEO : InputSpec.Type.IMAGE;
    }
}
