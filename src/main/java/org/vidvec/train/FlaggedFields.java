package org.vidvec.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.vidvec.samples.Flag;
import org.vidvec.samples.FlaggedOrigin;
import org.vidvec.samples.PairSource;
import org.vidvec.world.FrameSize;
import org.vidvec.world.Source;

/** Reads where samples of several tasks come from: {@code data.mixed}. */
final class FlaggedFields {

    private final RunFields mixed;
    private final Path folder;

    /**
     * @param folder that paths are relative to
     */
    FlaggedFields(RunFields mixed, Path folder) {
        this.mixed = mixed;
        this.folder = folder;
    }

    /** All sources; fields of theirs that nobody knows are refused. */
    List<FlaggedOrigin> read() {
        int side = mixed.whole("size", 84, FrameSize.LEAST);
        int seed = mixed.whole("seed", 1, 0);
        int frames = mixed.whole("frames", 8, 1);
        return mixed.objects("sources").stream()
                .map(
                        fields -> {
                            FlaggedOrigin origin =
                                    fields.has("set")
                                            ? labelled(fields, frames)
                                            : generated(
                                                    fields,
                                                    seed,
                                                    frames,
                                                    new FrameSize(side, side));
                            fields.refuseOthers();
                            return origin;
                        })
                .toList();
    }

    private FlaggedOrigin labelled(RunFields fields, int frames) {
        Set<Flag> flags = flags(fields);
        String shown = fields.word("shown", "video", List.of("video", "image"));
        return new FlaggedOrigin.Labelled(
                OriginFields.files(fields, folder),
                PairSource.Kind.valueOf(OriginFields.upper(shown)),
                frames,
                // of no use to other flags, and refused there as unknown
                flags.contains(Flag.LOCALIZATION) ? OriginFields.windows(fields) : null,
                flags,
                weight(fields));
    }

    private static FlaggedOrigin generated(RunFields fields, int seed, int frames, FrameSize size) {
        String shown = fields.word("generated", null, OriginFields.SHOWN);
        return new FlaggedOrigin.Generated(
                Source.valueOf(OriginFields.upper(shown)),
                fields.whole("seed", seed, 0),
                frames,
                size,
                flags(fields),
                weight(fields));
    }

    private static Set<Flag> flags(RunFields fields) {
        return fields.texts("flags").stream().map(Flag::of).collect(Collectors.toSet());
    }

    private static double weight(RunFields fields) {
        return fields.number("weight", 1., 1e-9);
    }
}
