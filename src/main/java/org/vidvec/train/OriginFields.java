package org.vidvec.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.vidvec.datasets.BadLines;
import org.vidvec.datasets.Datasets;
import org.vidvec.samples.GeneratedSource;
import org.vidvec.samples.KeywordBalance;
import org.vidvec.samples.PairOrigin;
import org.vidvec.samples.PairSource;
import org.vidvec.samples.SetFiles;
import org.vidvec.samples.SetSource;
import org.vidvec.samples.SlidingWindows;
import org.vidvec.world.FrameSize;
import org.vidvec.world.Source;
import org.vidvec.world.Style;

/** Reads where pairs come from: one object of {@code data}. */
final class OriginFields {

    /** What the generated world shows. */
    static final List<String> SHOWN = List.of("clip", "image", "page", "story");

    private final RunFields data;
    private final Path folder;

    /**
     * @param folder that paths are relative to
     */
    OriginFields(RunFields data, Path folder) {
        this.data = data;
        this.folder = folder;
    }

    /** All of it; fields that nobody knows are refused. */
    PairOrigin read() {
        PairOrigin origin = data.has("generated") ? generated() : data.has("set") ? set() : lines();
        data.refuseOthers();
        return origin;
    }

    /** An instruction; null if there is none. */
    static String instruction(RunFields data, String field) {
        return data.has(field) ? data.text(field, null) : null;
    }

    /**
     * Windows that slide over a video; ViLL-E's are of 10 seconds, 5 seconds apart (appendix C).
     */
    static SlidingWindows windows(RunFields fields) {
        return new SlidingWindows(
                fields.number("window", 10., 0.1), fields.number("stride", 5., 0.1));
    }

    private PairOrigin generated() {
        List<String> known = new ArrayList<>(SHOWN);
        known.add(GeneratedSource.TEXTS);
        String shown = data.word("generated", null, known);
        String style = data.word("style", "short", List.of("short", "dense", "summary"));
        int side = data.whole("size", 84, FrameSize.LEAST);
        List<String> takes = names(GeneratedSource.Take.values());
        return new GeneratedSource(
                shown.equals(GeneratedSource.TEXTS) ? null : Source.valueOf(upper(shown)),
                GeneratedSource.Take.valueOf(upper(data.word("take", "captions", takes))),
                Style.valueOf(upper(style)),
                data.whole("seed", 1, 0),
                data.whole("samples", 10_000, 1),
                data.whole("frames", 8, 1),
                new FrameSize(side, side),
                data.whole("negatives", 0, 0),
                data.word("query", "text", List.of("text", "shown")).equals("text"),
                instruction(data, "query_instruction"),
                instruction(data, "target_instruction"),
                data.number("weight", 1., 1e-9));
    }

    private PairOrigin lines() {
        return new PairSource(
                folder.resolve(data.text("pairs", null)).normalize(),
                side("query"),
                side("target"),
                data.text("negatives", ""),
                data.whole("frames", 8, 1),
                balance(),
                data.whole("samples", 0, 0),
                data.number("weight", 1., 1e-9),
                skips(data, "bad_lines"),
                skips(data, "bad_media"));
    }

    private PairSource.Side side(String name) {
        return new PairSource.Side(
                data.text(name, name),
                kind(name + "_type"),
                data.text(name + "_text", ""),
                instruction(data, name + "_instruction"));
    }

    private PairOrigin set() {
        List<String> takes = names(SetSource.Take.values());
        String take = data.word("take", "captions", takes);
        String shown = data.word("shown", "video", List.of("video", "image"));
        return new SetSource(
                files(data, folder),
                SetSource.Take.valueOf(upper(take)),
                PairSource.Kind.valueOf(upper(shown)),
                data.word("query", "text", List.of("text", "shown")).equals("text"),
                data.whole("frames", 8, 1),
                balance(),
                instruction(data, "query_instruction"),
                instruction(data, "target_instruction"),
                data.number("weight", 1., 1e-9));
    }

    /** Which set is read. */
    static SetFiles files(RunFields fields, Path folder) {
        String media = fields.text("media", "");
        String layout = fields.text("layout", "");
        List<String> splits = Datasets.SPLITS.stream().sorted().toList();
        boolean skips = skips(fields, "bad_lines");
        Datasets.Order order =
                new Datasets.Order(
                        folder.resolve(fields.text("set", null)).normalize(),
                        layout.isEmpty() ? null : layout,
                        media.isEmpty() ? null : folder.resolve(media).normalize(),
                        fields.word("split", "train", splits),
                        skips ? BadLines.Policy.SKIP : BadLines.Policy.FAIL);
        return new SetFiles(
                order,
                skips(fields, "missing"),
                skips(fields, "bad_media"),
                fields.whole("samples", 0, 0));
    }

    private static boolean skips(RunFields fields, String field) {
        return fields.word(field, "fail", List.of("fail", "skip")).equals("skip");
    }

    private PairSource.Kind kind(String field) {
        return PairSource.Kind.valueOf(
                upper(data.word(field, "text", List.of("text", "image", "video"))));
    }

    private static List<String> names(Object[] values) {
        return Arrays.stream(values).map(Object::toString).toList();
    }

    private KeywordBalance balance() {
        if (data.has("balance") == false) {
            return null;
        }
        RunFields balance = data.object("balance");
        KeywordBalance read =
                new KeywordBalance(
                        balance.whole("least", 30, 1),
                        balance.whole("most", 500, 1),
                        balance.text("field", ""));
        balance.refuseOthers();
        return read;
    }

    static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
