package org.vidvec.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vidvec.media.Clip;
import org.vidvec.media.Frame;
import org.vidvec.media.MediaInfo;

/**
 * What {@code vidvec probe} says about a file that decodes.
 *
 * @param clip what was decoded
 */
record ProbeReport(Clip clip) {

    /** {@code {"kind", "codec", "width", "height", "duration", "frames": [...]}}. */
    JsonObject json() {
        MediaInfo info = clip.info();
        JsonObject json = new JsonObject();
        json.addProperty("kind", info.kind());
        json.addProperty("container", info.container());
        json.addProperty("codec", info.codec());
        json.addProperty("width", info.width());
        json.addProperty("height", info.height());
        json.addProperty("duration", rounded(info.durationSeconds(), 1e6));
        if (info.transparency().word() != null) {
            json.addProperty("alpha", info.transparency().word());
        }
        JsonArray frames = new JsonArray();
        clip.frames().forEach(f -> frames.add(json(f)));
        json.add("frames", frames);
        return json;
    }

    private static JsonObject json(Frame frame) {
        JsonObject json = new JsonObject();
        json.addProperty("index", frame.index());
        json.addProperty("time", rounded(frame.timeSeconds(), 1e6));
        JsonArray mean = new JsonArray();
        for (double level : frame.meanRgb()) {
            mean.add(rounded(level, 100));
        }
        json.add("mean_rgb", mean);
        return json;
    }

    /** The same for people. */
    List<String> lines() {
        MediaInfo info = clip.info();
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%s, %s in %s, %d x %d, %.3f s",
                        info.kind(),
                        info.codec(),
                        info.container(),
                        info.width(),
                        info.height(),
                        info.durationSeconds()));
        switch (info.transparency()) {
            case NONE -> {}
            case DROPPED -> lines.add("transparent places show the colour stored below them");
            case OVER_BLACK -> lines.add("transparent places are shown over black");
        }
        for (Frame frame : clip.frames()) {
            double[] mean = frame.meanRgb();
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%6d %10.3f s   rgb %6.2f %6.2f %6.2f",
                            frame.index(),
                            frame.timeSeconds(),
                            mean[0],
                            mean[1],
                            mean[2]));
        }
        return lines;
    }

    private static double rounded(double value, double steps) {
        return Math.round(value * steps) / steps;
    }
}
