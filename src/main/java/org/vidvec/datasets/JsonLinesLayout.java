package org.vidvec.datasets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * JSON lines of one's own: {@code video}, {@code image} or {@code pdf} names the file (with {@code
 * start} and {@code end} for a part of a video), beside any of {@code caption} or {@code captions},
 * {@code moments} ({@code start}, {@code end}, {@code caption}), {@code questions} ({@code
 * question}, {@code answer}, {@code options}), {@code matches} ({@code text}, {@code matches}); or
 * two texts, {@code detailed} and {@code brief}; or {@code source}, {@code change} and {@code
 * target}, see {@link ComposedPair}. {@code id} is the file's name unless it is given.
 */
final class JsonLinesLayout implements Layout {

    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public boolean fits(SetFolder folder) throws DatasetException {
        return folder.endingWith(".jsonl").isEmpty() == false;
    }

    @Override
    public boolean choosesCaptions() {
        return true;
    }

    @Override
    public String read(SetFolder folder, SetBuilder into) throws DatasetException {
        List<String> names = new ArrayList<>();
        for (Path file : folder.endingWith(".jsonl")) {
            folder.jsonLines(file, line -> add(line, folder.captions(), into));
            names.add(SetFolder.name(file));
        }
        return "JSON lines " + names + ": any caption of a medium counts";
    }

    /**
     * @param field with the captions; null for the usual ones
     */
    private static void add(Fields line, String field, SetBuilder into) {
        String type = line.which("video", "image", "pdf");
        if (type == null && line.has("source")) {
            into.composed(ComposedPair.of(line));
            return;
        }
        if (type == null) {
            into.texts(
                    new TextPair(
                            line.text("id", line.text("brief")),
                            line.text("detailed"),
                            line.text("brief")));
            return;
        }
        String file = line.text(type);
        String id = line.text("id", file);
        List<Runnable> said = new ArrayList<>();
        String captions = field == null ? line.which("captions", "caption") : line.which(field);
        List<String> texts = captions == null ? List.of() : line.texts(captions);
        texts.forEach(text -> said.add(() -> into.caption(id, text)));
        each(line, "moments", said, (m, all) -> all.add(moment(id, m, line, into)));
        each(line, "questions", said, (q, all) -> all.add(question(id, q, into)));
        requireFalse(line.objects("matches"), texts, id);
        each(line, "matches", said, (c, all) -> all.add(claim(id, c, into)));
        Span part = line.has("start") ? new Span(line.number("start"), line.number("end")) : null;
        // a line is taken whole or not at all
        into.medium(id, kind(type), file, part);
        said.forEach(Runnable::run);
    }

    private static void each(
            Fields line,
            String list,
            List<Runnable> said,
            BiConsumer<Fields, List<Runnable>> reader) {
        line.objects(list).forEach(entry -> reader.accept(entry, said));
    }

    private static Runnable moment(String id, Fields moment, Fields line, SetBuilder into) {
        Span span = new Span(moment.number("start"), moment.number("end"));
        String text = moment.text("caption");
        double seconds = line.has("duration") ? line.seconds("duration") : Double.NaN;
        return () -> into.moment(id, text, List.of(span), seconds);
    }

    private static Runnable question(String id, Fields question, SetBuilder into) {
        String text = question.text("question");
        List<String> answers = question.texts("answer");
        List<String> options = question.has("options") ? question.texts("options") : List.of();
        return () -> into.question(id, text, answers, options);
    }

    /** What is said to be false and true of the same would be learnt as both. */
    private static void requireFalse(List<Fields> claims, List<String> captions, String id) {
        Set<String> right = new HashSet<>(captions);
        for (Fields claim : claims) {
            if (claim.flag("matches")) {
                right.add(claim.text("text"));
            }
        }
        for (Fields claim : claims) {
            if (claim.flag("matches") == false && right.contains(claim.text("text"))) {
                throw claim.wrong("text", "false of [" + id + "], and is said to be true of it");
            }
        }
    }

    private static Runnable claim(String id, Fields claim, SetBuilder into) {
        Claim read =
                new Claim(
                        id,
                        claim.text("text"),
                        claim.flag("matches"),
                        claim.text("difficulty", ""));
        return () -> into.claim(read);
    }

    private static Medium.Kind kind(String type) {
        return switch (type) {
            case "video" -> Medium.Kind.VIDEO;
            case "image" -> Medium.Kind.IMAGE;
            default -> Medium.Kind.PAGE;
        };
    }
}
