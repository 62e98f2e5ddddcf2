package org.vidvec.media;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;

/**
 * What a {@link FrameStrip} knows of its frames, as JSON in a comment of the JPEG.
 *
 * @param width of a frame in pixels
 * @param height of a frame in pixels
 * @param columns frames side by side
 * @param times of the frames in seconds
 * @param info of the file that they are from
 */
record StripHeader(int width, int height, int columns, double[] times, MediaInfo info) {

    private static final int VERSION = 1;

    // 64 frames of 448 x 448 five times over
    private static final long MOST_PIXELS = 64L << 20;
    private static final int MOST_SIDE = 65_500;

    // JPEG codes squares of 16 x 16 pixels with 4:2:0; a frame starts a new one
    private static final int BLOCK = 16;

    /** Lays frames out in about a square. */
    static StripHeader of(int width, int height, double[] times, MediaInfo info) {
        int n = times.length;
        int columns = (int) Math.ceil(Math.sqrt((double) n * height / width));
        columns = Math.max(1, Math.min(Math.min(columns, n), MOST_SIDE / blocks(width)));
        return new StripHeader(width, height, columns, times, info);
    }

    int cellWidth() {
        return blocks(width);
    }

    int cellHeight() {
        return blocks(height);
    }

    int totalWidth() {
        return columns * cellWidth();
    }

    int totalHeight() {
        return (times.length + columns - 1) / columns * cellHeight();
    }

    private static int blocks(int side) {
        return (side + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** Whether a strip may be like this at all; guards against sizes that only a file claims. */
    boolean plausible() {
        return width > 0
                && height > 0
                && width <= MOST_SIDE
                && height <= MOST_SIDE
                && times.length > 0
                && times.length <= MOST_SIDE
                && columns > 0
                && columns <= times.length
                && (long) columns * cellWidth() <= MOST_SIDE
                && (times.length + columns - 1L) / columns * cellHeight() <= MOST_SIDE
                && (long) totalWidth() * totalHeight() <= MOST_PIXELS;
    }

    byte[] toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("vidvec_frames", VERSION);
        json.addProperty("width", width);
        json.addProperty("height", height);
        json.addProperty("columns", columns);
        JsonArray seconds = new JsonArray();
        for (double time : times) {
            seconds.add(time);
        }
        json.add("times", seconds);
        JsonObject media = new JsonObject();
        media.addProperty("kind", info.kind());
        media.addProperty("container", info.container());
        media.addProperty("codec", info.codec());
        media.addProperty("width", info.width());
        media.addProperty("height", info.height());
        media.addProperty("duration_seconds", info.durationSeconds());
        media.addProperty("frames_per_second", info.framesPerSecond());
        if (info.transparency().word() != null) {
            media.addProperty("alpha", info.transparency().word());
        }
        json.add("media", media);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @throws RuntimeException if it is not what {@link #toJson} writes
     */
    static StripHeader parse(byte[] bytes) {
        JsonObject json =
                JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject();
        int version = json.get("vidvec_frames").getAsInt();
        if (version != VERSION) {
            throw new IllegalArgumentException("version [" + version + "], not [" + VERSION + "]");
        }
        double[] times =
                json.getAsJsonArray("times").asList().stream()
                        .mapToDouble(JsonElement::getAsDouble)
                        .toArray();
        JsonObject media = json.getAsJsonObject("media");
        return new StripHeader(
                json.get("width").getAsInt(),
                json.get("height").getAsInt(),
                json.get("columns").getAsInt(),
                times,
                new MediaInfo(
                        media.get("kind").getAsString(),
                        media.get("container").getAsString(),
                        media.get("codec").getAsString(),
                        media.get("width").getAsInt(),
                        media.get("height").getAsInt(),
                        media.get("duration_seconds").getAsDouble(),
                        media.get("frames_per_second").getAsDouble(),
                        transparency(media)));
    }

    /** Strips of earlier versions and those without transparency don't speak of it. */
    private static Transparency transparency(JsonObject media) {
        JsonElement word = media.get("alpha");
        return Transparency.of(word == null ? null : word.getAsString());
    }
}
