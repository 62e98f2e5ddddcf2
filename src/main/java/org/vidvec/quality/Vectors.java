package org.vidvec.quality;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.datasets.Medium;
import org.vidvec.media.MediaException;
import org.vidvec.metrics.DurationBins;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.model.Embedder;
import org.vidvec.model.Embedding;
import org.vidvec.model.LoadedModel;
import org.vidvec.model.LongVideos;
import org.vidvec.model.ModelException;

/** Texts and media to vectors, through the model or out of the store. */
final class Vectors {

    private static final int TEXTS_AT_ONCE = 64;

    /** After the name of a vector: length of the video and tokens that were written for it. */
    private static final String FACTS = "|seconds and written tokens";

    /** Media that go through the model together. */
    static final int MEDIA_AT_ONCE = 8;

    /** Something to embed, with words that name it and nothing else. */
    private record Wanted(String key, int place) {}

    /** Reads what is to be embedded, when its turn comes. */
    interface Reading {
        /** The parts of the input at a place. */
        List<Content> read(int place) throws MediaException;

        /** The windows that are embedded in place of a long video; none for all else. */
        default List<List<Content>> windows(int place, List<Content> whole) throws MediaException {
            return List.of();
        }
    }

    private final Embedder embedder;
    private final LongVideos longVideos;
    private final EmbeddingStore store;
    private final Stages stages;

    Vectors(LoadedModel model, EmbeddingStore store, Stages stages) {
        this.embedder = model.embedder();
        this.longVideos = model.info().recipe().longVideos();
        this.store = store;
        this.stages = stages;
    }

    /**
     * One vector per text.
     *
     * @param instruction null for the model card's own
     */
    float[][] texts(List<String> texts, Role role, String instruction)
            throws MediaException, ModelException {
        List<String> keys = texts.stream().map(text -> "text|" + text).toList();
        return embed(
                "texts",
                keys,
                i -> List.of(new Content.Text(texts.get(i))),
                role,
                instruction,
                TEXTS_AT_ONCE);
    }

    /** One vector per query or candidate. */
    float[][] sides(String stage, List<Side> sides, Role role, String instruction)
            throws MediaException, ModelException {
        return embed(
                stage,
                sides.stream().map(Side::key).toList(),
                i -> sides.get(i).reading().read(),
                role,
                instruction,
                MEDIA_AT_ONCE);
    }

    /** One vector per medium, as what is found. */
    float[][] media(List<Medium> media, Shelf shelf, String instruction)
            throws MediaException, ModelException {
        return embed(
                "media",
                keys(media, shelf),
                new MediaReading(media, shelf, longVideos),
                Role.DOCUMENT,
                instruction,
                MEDIA_AT_ONCE);
    }

    private static List<String> keys(List<Medium> media, Shelf shelf) throws MediaException {
        List<String> keys = new ArrayList<>();
        for (Medium medium : media) {
            keys.add(shelf.key(medium));
        }
        return keys;
    }

    /**
     * Lengths of media that were embedded, and what was written for each; NaN of all but videos.
     */
    List<DurationBins.Video> videos(List<Medium> media, Shelf shelf, String instruction)
            throws MediaException {
        List<DurationBins.Video> videos = new ArrayList<>();
        for (String key : keys(media, shelf)) {
            float[] facts = store.get(named(Role.DOCUMENT, instruction, key) + FACTS);
            videos.add(
                    facts == null
                            ? new DurationBins.Video(Double.NaN, 0)
                            : new DurationBins.Video(facts[0], facts[1]));
        }
        return videos;
    }

    private static String named(Role role, String instruction, String key) {
        return role + "|" + instruction + "|" + key;
    }

    /** Media as a node reads them that nobody told anything else. */
    private record MediaReading(List<Medium> media, Shelf shelf, LongVideos longVideos)
            implements Reading {

        @Override
        public List<Content> read(int place) throws MediaException {
            return shelf.contents(media.get(place));
        }

        @Override
        public List<List<Content>> windows(int place, List<Content> whole) throws MediaException {
            boolean isLong =
                    longVideos != null
                            && whole.get(0) instanceof Content.Video video
                            && longVideos.contains(video.clip().info().durationSeconds());
            if (isLong == false) {
                return List.of();
            }
            double seconds = longVideos.windowSeconds();
            return shelf.windows(media.get(place), seconds, seconds).stream()
                    .map(Shelf.Stretch::contents)
                    .toList();
        }
    }

    /**
     * Embeds media and keeps their vectors, for {@link #media} to find.
     *
     * @return ids of those that can't be decoded
     */
    List<String> unreadable(List<Medium> media, Shelf shelf, String instruction)
            throws ModelException {
        List<String> bad = new ArrayList<>();
        for (int from = 0; from < media.size(); from += MEDIA_AT_ONCE) {
            List<Medium> some = media.subList(from, Math.min(media.size(), from + MEDIA_AT_ONCE));
            try {
                media(some, shelf, instruction);
            } catch (MediaException e) {
                for (Medium one : some) {
                    if (isUnreadable(one, shelf)) {
                        bad.add(one.id());
                    }
                }
            }
        }
        return bad;
    }

    private static boolean isUnreadable(Medium medium, Shelf shelf) {
        try {
            shelf.contents(medium);
            return false;
        } catch (MediaException e) {
            return true;
        }
    }

    /**
     * One vector per key.
     *
     * @param keys name what is embedded: equal ones are embedded once
     * @param atOnce how many go through the model together
     */
    float[][] embed(
            String stage,
            List<String> keys,
            Reading reading,
            Role role,
            String instruction,
            int atOnce)
            throws MediaException, ModelException {
        List<String> named = keys.stream().map(key -> named(role, instruction, key)).toList();
        List<Wanted> wanted = new ArrayList<>();
        stages.begins(stage, keys.size());
        for (int i = 0; i < keys.size(); i++) {
            if (store.get(named.get(i)) == null) {
                wanted.add(new Wanted(named.get(i), i));
            } else {
                stages.stepped(1);
            }
        }
        for (int from = 0; from < wanted.size(); from += atOnce) {
            List<Wanted> some = wanted.subList(from, Math.min(wanted.size(), from + atOnce));
            List<List<Content>> batch = new ArrayList<>();
            List<Wanted> whole = new ArrayList<>();
            for (Wanted one : some) {
                List<Content> contents = reading.read(one.place());
                List<List<Content>> windows = reading.windows(one.place(), contents);
                if (windows.isEmpty()) {
                    batch.add(contents);
                    whole.add(one);
                } else {
                    keep(one, contents, merged(windows, role, instruction, atOnce));
                }
            }
            List<Embedding> embeddings = embed(batch, role, instruction);
            for (int i = 0; i < whole.size(); i++) {
                keep(whole.get(i), batch.get(i), embeddings.get(i));
            }
            stages.stepped(some.size());
        }
        return named.stream().map(store::get).toArray(float[][]::new);
    }

    private void keep(Wanted one, List<Content> contents, Embedding embedding) {
        if (contents.size() == 1 && contents.get(0) instanceof Content.Video video) {
            double seconds = video.clip().info().durationSeconds();
            store.put(one.key() + FACTS, new float[] {(float) seconds, embedding.written()});
        }
        store.put(one.key(), embedding.vector());
    }

    private Embedding merged(List<List<Content>> windows, Role role, String instruction, int atOnce)
            throws ModelException {
        List<Embedding> parts = new ArrayList<>();
        for (int from = 0; from < windows.size(); from += atOnce) {
            int to = Math.min(windows.size(), from + atOnce);
            parts.addAll(embed(windows.subList(from, to), role, instruction));
        }
        return new Embedding(
                longVideos.aggregate().of(parts.stream().map(Embedding::vector).toList()),
                parts.stream().mapToInt(Embedding::tokens).sum(),
                parts.stream().mapToInt(Embedding::written).sum());
    }

    private List<Embedding> embed(List<List<Content>> batch, Role role, String instruction)
            throws ModelException {
        return batch.isEmpty()
                ? List.of()
                : embedder.embed(
                        batch.stream()
                                .map(parts -> new EmbedInput(parts, role, instruction))
                                .toList());
    }
}
