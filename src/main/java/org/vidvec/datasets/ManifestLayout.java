package org.vidvec.datasets;

import com.google.gson.JsonElement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code manifest.json} as {@code ./vidvec world} writes it, and as the real media have it. */
final class ManifestLayout implements Layout {

    private static final String FILE = "manifest.json";

    @Override
    public String name() {
        return "manifest";
    }

    @Override
    public boolean fits(SetFolder folder) {
        return folder.find(FILE) != null;
    }

    @Override
    public boolean choosesCaptions() {
        return true;
    }

    @Override
    public String read(SetFolder folder, SetBuilder into) throws DatasetException {
        Path file = Layout.need(folder, FILE);
        Fields manifest;
        try {
            manifest = Fields.of(SetFolder.json(file));
            read(folder, file, manifest, "videos", Medium.Kind.VIDEO, into);
            read(folder, file, manifest, "images", Medium.Kind.IMAGE, into);
            read(folder, file, manifest, "pdfs", Medium.Kind.PAGE, into);
            folder.entries(
                    file,
                    "composed",
                    manifest.list("composed"),
                    entry -> into.composed(ComposedPair.of(entry)));
        } catch (IllegalArgumentException e) {
            throw new DatasetException("[" + file + "]: " + e.getMessage(), e);
        }
        return "manifest ["
                + manifest.text("set", "unnamed")
                + "]: every caption is a query, any caption of a medium counts";
    }

    private static void read(
            SetFolder folder,
            Path file,
            Fields manifest,
            String list,
            Medium.Kind kind,
            SetBuilder into)
            throws DatasetException {
        List<JsonElement> all = manifest.list(list);
        folder.entries(file, list, all, entry -> add(entry, kind, folder.captions(), into));
    }

    /** An entry is taken whole or not at all: all of it is read before any of it is kept. */
    private static void add(Fields entry, Medium.Kind kind, String field, SetBuilder into) {
        String id = entry.text("file");
        List<Runnable> said = new ArrayList<>();
        List<String> captions = captions(entry, field);
        List<Moment> moments = moments(id, entry);
        for (Fields question : entry.objects("questions")) {
            String text = question.text("question");
            List<String> answers = question.texts("answer");
            List<String> options = options(question);
            said.add(() -> into.question(id, text, answers, options));
        }
        for (Fields claim : entry.objects("matches")) {
            Claim read =
                    new Claim(
                            id,
                            claim.text("text"),
                            claim.flag("matches"),
                            claim.text("difficulty", ""));
            said.add(() -> into.claim(read));
        }
        if (entry.has("dense_caption") && entry.has("summary")) {
            TextPair pair = new TextPair(id, entry.text("dense_caption"), entry.text("summary"));
            said.add(() -> into.texts(pair));
        }
        into.medium(id, kind);
        captions.forEach(text -> into.caption(id, text));
        moments.forEach(m -> into.moment(id, m.text(), m.spans(), m.seconds()));
        said.forEach(Runnable::run);
    }

    private static List<String> captions(Fields entry, String field) {
        if (field != null) {
            return entry.has(field) ? entry.texts(field) : List.of();
        }
        return entry.has("captions") ? entry.texts("captions") : pages(entry);
    }

    private static List<String> pages(Fields entry) {
        return entry.objects("page_captions").stream().map(p -> p.text("caption")).toList();
    }

    private static List<Moment> moments(String id, Fields entry) {
        double seconds = entry.has("duration") ? entry.seconds("duration") : Double.NaN;
        return entry.objects("moments").stream()
                .map(
                        m ->
                                new Moment(
                                        "",
                                        id,
                                        m.text("caption"),
                                        List.of(new Span(m.number("start"), m.number("end"))),
                                        seconds))
                .toList();
    }

    private static List<String> options(Fields question) {
        return question.has("options") ? question.texts("options") : List.of();
    }
}
