package org.vidvec.samples;

import java.util.List;
import org.vidvec.lessons.WorldContent;
import org.vidvec.model.Content;
import org.vidvec.world.Frames;
import org.vidvec.world.Sample;
import org.vidvec.world.Source;

/**
 * A text that is true of a stretch of a video (ViLL-E §3.3).
 *
 * @param video sparse frames of the whole
 * @param positive the stretch
 * @param negatives others of the same video that hardly overlap it
 */
public record MomentSample(
        List<Content> video, String text, List<Content> positive, List<List<Content>> negatives) {

    /** Of the generated world. */
    public static MomentSample of(Sample.Moment moment) {
        double[] times = moment.times();
        double seconds = times[times.length - 1] + times[0];
        return new MomentSample(
                shown(moment.video(), Math.max(seconds, 1)),
                moment.text(),
                window(moment.positive()),
                moment.negatives().stream().map(MomentSample::window).toList());
    }

    private static List<Content> window(Sample.Window window) {
        return shown(window.frames(), window.end() - window.start());
    }

    private static List<Content> shown(Frames frames, double seconds) {
        return List.of(WorldContent.of(Source.STORY, frames, seconds));
    }
}
