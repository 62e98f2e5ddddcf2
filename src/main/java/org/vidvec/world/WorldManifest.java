package org.vidvec.world;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The {@code manifest.json} beside the files, in the format of the real media's, and with all that
 * is known here besides: the scene in one fixed form, summary, questions, matches.
 */
final class WorldManifest {

    private static final int CAPTIONS = 3;
    private static final int WORDINGS = 20;
    private static final int MATCHES = 6;

    private final WorldOrder order;
    private final JsonObject all = new JsonObject();
    private final JsonArray videos = new JsonArray();
    private final JsonArray images = new JsonArray();
    private final JsonArray pdfs = new JsonArray();
    private final JsonArray composed = new JsonArray();

    WorldManifest(WorldOrder order) {
        this.order = order;
        all.addProperty("set", "world");
        all.addProperty("seed", order.seed());
        all.addProperty("split", order.split().toString());
        all.add("videos", videos);
        all.add("images", images);
        all.add("pdfs", pdfs);
        if (order.composed() > 0) {
            all.add("composed", composed);
        }
    }

    String json() {
        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all)
                + "\n";
    }

    /** What holds for any file. */
    JsonObject entry(String name, byte[] bytes) {
        JsonObject entry = new JsonObject();
        entry.addProperty("file", name);
        entry.addProperty("sha256", sha256(bytes));
        entry.addProperty("bytes", bytes.length);
        entry.addProperty(
                "origin",
                "generated: vidvec world --seed " + order.seed() + " --split " + order.split());
        entry.addProperty("licence", "Apache-2.0");
        return entry;
    }

    /**
     * @return bytes of the file, as the other methods do
     */
    long clip(JsonObject entry, Subject clip, FrameFacts facts) {
        video(entry, facts);
        texts(entry, clip);
        entry.add("moments", new JsonArray());
        entry.add("frames", facts.toJson());
        videos.add(entry);
        return entry.get("bytes").getAsLong();
    }

    /** Pixels alone, and what is in them. */
    long uncaptioned(JsonObject entry, Subject clip, FrameFacts facts) {
        video(entry, facts);
        entry.addProperty("scene", clip.canonical());
        entry.add("frames", facts.toJson());
        videos.add(entry);
        return entry.get("bytes").getAsLong();
    }

    /** What differs in one file from another. */
    void composed(String source, String change, String target) {
        JsonObject pair = new JsonObject();
        pair.addProperty("source", source);
        pair.addProperty("change", change);
        pair.addProperty("target", target);
        composed.add(pair);
    }

    long story(JsonObject entry, StorySubject story, FrameFacts facts) {
        video(entry, facts);
        texts(entry, story);
        JsonArray moments = new JsonArray();
        for (int i = 0; i < story.story().events().size(); i++) {
            Event event = story.story().events().get(i);
            JsonObject moment = new JsonObject();
            moment.addProperty("start", event.start());
            moment.addProperty("end", event.end());
            moment.addProperty(
                    "caption", StoryTexts.event(story.story(), i, new Wording(order.seed())));
            moment.addProperty("scene", event.scene().canonical());
            moments.add(moment);
        }
        entry.add("moments", moments);
        entry.add("frames", facts.toJson());
        videos.add(entry);
        return entry.get("bytes").getAsLong();
    }

    long image(JsonObject entry, Subject image, Frames picture) {
        entry.addProperty("format", "PNG");
        entry.addProperty("mode", "RGB");
        entry.addProperty("width", picture.size().width());
        entry.addProperty("height", picture.size().height());
        entry.add("exif_orientation", JsonNull.INSTANCE);
        entry.addProperty("upright_width", picture.size().width());
        entry.addProperty("upright_height", picture.size().height());
        entry.addProperty("frames", 1);
        entry.addProperty("bit_depth", 8);
        JsonObject reference = new JsonObject();
        reference.addProperty("decoder", "none: as rendered; PNG loses nothing");
        reference.add("mean_rgb", FrameFacts.array(FrameFacts.mean(picture.rgb())));
        entry.add("reference", reference);
        texts(entry, image);
        images.add(entry);
        return entry.get("bytes").getAsLong();
    }

    long page(JsonObject entry, PageSubject page) {
        entry.addProperty("pages", 1);
        entry.addProperty("page_size", "595 x 842 pts (A4)");
        texts(entry, page);
        JsonObject caption = new JsonObject();
        caption.addProperty("page", 1);
        caption.addProperty("caption", page.caption(Style.SHORT, Dice.hash(page.canonical())));
        JsonArray captions = new JsonArray();
        captions.add(caption);
        entry.add("page_captions", captions);
        pdfs.add(entry);
        return entry.get("bytes").getAsLong();
    }

    private void video(JsonObject entry, FrameFacts facts) {
        entry.addProperty("container", "matroska,webm");
        entry.addProperty("codec", "vp9");
        entry.addProperty("profile", "Profile 0");
        entry.addProperty("pix_fmt", "yuv420p");
        entry.addProperty("width", order.size().width());
        entry.addProperty("height", order.size().height());
        entry.addProperty("duration", facts.seconds());
        entry.addProperty("fps", (double) WorldFiles.FRAMES_PER_SECOND);
        entry.addProperty("frame_count", facts.count());
        entry.addProperty("audio", false);
        entry.addProperty("rotation", 0);
        entry.add("header_frame_count", JsonNull.INSTANCE);
        entry.addProperty("color_space", "smpte170m");
        entry.addProperty("color_range", "tv");
    }

    private static void texts(JsonObject entry, Subject subject) {
        // the same wording chooses alike for all subjects
        long first = Dice.hash(subject.canonical()) >>> 1;
        JsonArray captions = new JsonArray();
        LongStream.range(first, first + WORDINGS)
                .mapToObj(wording -> subject.caption(Style.SHORT, wording))
                .distinct()
                .limit(CAPTIONS)
                .forEach(captions::add);
        entry.add("captions", captions);
        entry.addProperty("dense_caption", subject.caption(Style.DENSE, first));
        entry.addProperty("summary", subject.caption(Style.SUMMARY, first));
        JsonArray questions = new JsonArray();
        for (Question question : subject.questions(first)) {
            JsonObject json = new JsonObject();
            json.addProperty("question", question.text());
            json.addProperty("answer", question.answer());
            questions.add(json);
        }
        entry.add("questions", questions);
        entry.add("matches", matches(subject, first));
        entry.addProperty("scene", subject.canonical());
    }

    /** True and false in turn, of each difficulty. */
    private static JsonArray matches(Subject subject, long first) {
        JsonArray matches = new JsonArray();
        List<Difficulty> difficulties = List.of(Difficulty.values());
        for (int i = 0; i < MATCHES; i++) {
            Difficulty difficulty = difficulties.get(i / 2);
            boolean truth = i % 2 == 0;
            JsonObject json = new JsonObject();
            json.addProperty(
                    "text",
                    truth
                            ? subject.truth(difficulty, first + i / 2)
                            : subject.falsehood(difficulty, first + i / 2));
            json.addProperty("matches", truth);
            json.addProperty("difficulty", Lexicon.plain(difficulty));
            matches.add(json);
        }
        return matches;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has it", e);
        }
    }
}
