package org.vidvec.lessons;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.media.Clip;
import org.vidvec.media.Frame;
import org.vidvec.media.MediaInfo;
import org.vidvec.model.Content;
import org.vidvec.world.Frames;
import org.vidvec.world.Source;

/** Frames of the generated world as models read them, as if they had been decoded. */
public final class WorldContent {

    /** Nothing was encoded. */
    private static final String RENDERED = "rendered";

    private WorldContent() {}

    /**
     * What a subject shows: a video, or the one picture of what does not move.
     *
     * @param seconds of a video as a whole, over which its frames are evenly spread
     */
    public static Content of(Source source, Frames frames, double seconds) {
        boolean still = source == Source.IMAGE || source == Source.PAGE;
        int width = frames.size().width();
        int height = frames.size().height();
        if (still) {
            return new Content.Image(new Frame(0, width, height, frames.frame(0)));
        }
        List<Frame> all = new ArrayList<>();
        for (int i = 0; i < frames.count(); i++) {
            double time = seconds * i / frames.count();
            all.add(new Frame(i, time, width, height, frames.frame(i)));
        }
        double rate = frames.count() / seconds;
        MediaInfo info = new MediaInfo("video", RENDERED, RENDERED, width, height, seconds, rate);
        return new Content.Video(new Clip(info, all));
    }
}
