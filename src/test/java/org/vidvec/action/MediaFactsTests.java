package org.vidvec.action;

import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;
import org.vidvec.media.MediaInfo;

public class MediaFactsTests extends AbstractWireSerializingTestCase<MediaFacts> {

    @Override
    protected Writeable.Reader<MediaFacts> instanceReader() {
        return MediaFacts::new;
    }

    @Override
    protected MediaFacts createTestInstance() {
        return WireSamples.facts();
    }

    @Override
    protected MediaFacts mutateInstance(MediaFacts instance) {

        MediaInfo i = instance.info();
        return switch (between(0, 9)) {
            case 0 ->
                    of(
                            instance,
                            new MediaInfo(
                                    i.kind() + "x",
                                    i.container(),
                                    i.codec(),
                                    i.width(),
                                    i.height(),
                                    i.durationSeconds(),
                                    i.framesPerSecond()));
            case 1 ->
                    of(
                            instance,
                            new MediaInfo(
                                    i.kind(),
                                    i.container() + "x",
                                    i.codec(),
                                    i.width(),
                                    i.height(),
                                    i.durationSeconds(),
                                    i.framesPerSecond()));
            case 2 ->
                    of(
                            instance,
                            new MediaInfo(
                                    i.kind(),
                                    i.container(),
                                    i.codec() + "x",
                                    i.width(),
                                    i.height(),
                                    i.durationSeconds(),
                                    i.framesPerSecond()));
            case 3 ->
                    of(
                            instance,
                            new MediaInfo(
                                    i.kind(),
                                    i.container(),
                                    i.codec(),
                                    i.width() + 1,
                                    i.height(),
                                    i.durationSeconds(),
                                    i.framesPerSecond()));
            case 4 ->
                    of(
                            instance,
                            new MediaInfo(
                                    i.kind(),
                                    i.container(),
                                    i.codec(),
                                    i.width(),
                                    i.height() + 1,
                                    i.durationSeconds(),
                                    i.framesPerSecond()));
            case 5 ->
                    of(
                            instance,
                            new MediaInfo(
                                    i.kind(),
                                    i.container(),
                                    i.codec(),
                                    i.width(),
                                    i.height(),
                                    i.durationSeconds() + 1,
                                    i.framesPerSecond()));
            case 6 ->
                    of(
                            instance,
                            new MediaInfo(
                                    i.kind(),
                                    i.container(),
                                    i.codec(),
                                    i.width(),
                                    i.height(),
                                    i.durationSeconds(),
                                    i.framesPerSecond() + 1));
            case 7 ->
                    new MediaFacts(
                            i, instance.sha256() + "x", instance.framesSampled(), instance.strip());
            case 8 ->
                    new MediaFacts(
                            i, instance.sha256(), instance.framesSampled() + 1, instance.strip());
            default ->
                    new MediaFacts(
                            i,
                            instance.sha256(),
                            instance.framesSampled(),
                            randomValueOtherThan(instance.strip(), WireSamples::bytes));
        };
    }

    private static MediaFacts of(MediaFacts facts, MediaInfo info) {
        return new MediaFacts(info, facts.sha256(), facts.framesSampled(), facts.strip());
    }
}
