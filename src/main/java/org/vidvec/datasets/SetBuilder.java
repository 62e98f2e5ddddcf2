package org.vidvec.datasets;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what a layout's files say. */
final class SetBuilder {

    private record Named(Medium.Kind kind, String file, Span part) {}

    private final Map<String, Named> media = new LinkedHashMap<>();
    private final List<Caption> captions = new ArrayList<>();
    private final List<Moment> moments = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<TextPair> texts = new ArrayList<>();
    private final List<ComposedPair> composed = new ArrayList<>();

    /** A medium whose file has its id as name, whatever its ending. */
    void medium(String id, Medium.Kind kind) {
        medium(id, kind, id, null);
    }

    /**
     * A medium; one that was named before stays as it is.
     *
     * @param file its path inside the set, or its name with or without an ending
     */
    void medium(String id, Medium.Kind kind, String file, Span part) {
        media.putIfAbsent(id, new Named(kind, file, part));
    }

    void caption(String medium, String text) {
        captions.add(new Caption(medium + "#" + captions.size(), text, medium));
    }

    void caption(String id, String text, Map<String, Integer> relevant) {
        captions.add(new Caption(id, text, relevant));
    }

    void moment(String medium, String text, List<Span> spans, double seconds) {
        moments.add(new Moment(medium + "@" + moments.size(), medium, text, spans, seconds));
    }

    void question(String medium, String text, List<String> answers, List<String> options) {
        questions.add(
                new Question(medium + "?" + questions.size(), medium, text, answers, options));
    }

    void claim(Claim claim) {
        claims.add(claim);
    }

    void texts(TextPair pair) {
        texts.add(pair);
    }

    /** A pair; media that nothing else names are files of that name. */
    void composed(ComposedPair pair) {
        composed.add(pair);
    }

    /** Whether any caption was read. */
    boolean hasCaptions() {
        return captions.isEmpty() == false;
    }

    /** Whether a caption of the medium is there. */
    boolean knows(String id) {
        return media.containsKey(id);
    }

    /**
     * What is there of it.
     *
     * @param files where media are looked for
     * @throws DatasetException if captions, moments or questions name media that the set does not
     *     have, or nothing is left
     */
    LabelledSet finish(String name, String protocol, MediaFiles files, BadLines bad)
            throws DatasetException {
        for (ComposedPair pair : composed) {
            medium(pair.source(), Medium.Kind.VIDEO);
            medium(pair.target(), Medium.Kind.VIDEO);
        }
        checkIds(name);
        List<Medium> present = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        media.forEach(
                (id, named) -> {
                    var file = files.find(named.file());
                    if (file == null) {
                        missing.add(id);
                    } else {
                        present.add(new Medium(id, named.kind(), file, named.part()));
                    }
                });
        if (present.isEmpty() && texts.isEmpty()) {
            throw new DatasetException(nothing(name, missing, files, bad));
        }
        LabelledSet all =
                new LabelledSet(
                        name,
                        protocol,
                        present,
                        captions,
                        moments,
                        questions,
                        claims,
                        texts,
                        composed,
                        missing,
                        bad.skipped());
        return all.present();
    }

    private String nothing(String name, List<String> missing, MediaFiles files, BadLines bad) {
        if (missing.isEmpty()) {
            return "set [" + name + "] has nothing that can be used; " + bad.skipped();
        }
        return "none of the ["
                + missing.size()
                + "] media of set ["
                + name
                + "] is in ["
                + files.folder()
                + "], beginning with "
                + missing.subList(0, Math.min(3, missing.size()))
                + "; name the folder that holds them with [--media]";
    }

    private void checkIds(String name) throws DatasetException {
        List<String> unknown = new ArrayList<>();
        captions.forEach(c -> unknown.addAll(others(c.media().keySet())));
        moments.forEach(m -> unknown.addAll(others(Set.of(m.medium()))));
        questions.forEach(q -> unknown.addAll(others(Set.of(q.medium()))));
        claims.forEach(c -> unknown.addAll(others(Set.of(c.medium()))));
        if (unknown.isEmpty() == false) {
            List<String> ids = unknown.stream().distinct().sorted().toList();
            throw new DatasetException(
                    "set ["
                            + name
                            + "] has ["
                            + media.size()
                            + "] media, but speaks of ["
                            + ids.size()
                            + "] ids that are not among them, beginning with "
                            + ids.subList(0, Math.min(5, ids.size()))
                            + "; take all files from one release");
        }
    }

    private List<String> others(Collection<String> ids) {
        return ids.stream().filter(id -> media.containsKey(id) == false).toList();
    }
}
