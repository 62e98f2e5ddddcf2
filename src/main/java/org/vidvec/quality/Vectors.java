package org.vidvec.quality;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.datasets.Medium;
import org.vidvec.media.MediaException;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.model.Embedder;
import org.vidvec.model.ModelException;

/** Texts and media to vectors, through the model or out of the store. */
final class Vectors {

    private static final int TEXTS_AT_ONCE = 64;

    /** Media that go through the model together. */
    static final int MEDIA_AT_ONCE = 8;

    /** Something to embed, with words that name it and nothing else. */
    private record Wanted(String key, int place) {}

    /** Reads what is to be embedded, when its turn comes. */
    interface Reading {
        /** The parts of the input at a place. */
        List<Content> read(int place) throws MediaException;
    }

    private final Embedder embedder;
    private final EmbeddingStore store;
    private final Stages stages;

    Vectors(Embedder embedder, EmbeddingStore store, Stages stages) {
        this.embedder = embedder;
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

    /** One vector per medium, as what is found. */
    float[][] media(List<Medium> media, Shelf shelf, String instruction)
            throws MediaException, ModelException {
        List<String> keys = new ArrayList<>();
        for (Medium medium : media) {
            keys.add(shelf.key(medium));
        }
        return embed(
                "media",
                keys,
                i -> shelf.contents(media.get(i)),
                Role.DOCUMENT,
                instruction,
                MEDIA_AT_ONCE);
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
        List<String> named =
                keys.stream().map(key -> role + "|" + instruction + "|" + key).toList();
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
            List<EmbedInput> batch = new ArrayList<>();
            for (Wanted one : some) {
                batch.add(new EmbedInput(reading.read(one.place()), role, instruction));
            }
            var embeddings = embedder.embed(batch);
            for (int i = 0; i < some.size(); i++) {
                store.put(some.get(i).key(), embeddings.get(i).vector());
            }
            stages.stepped(some.size());
        }
        return named.stream().map(store::get).toArray(float[][]::new);
    }
}
