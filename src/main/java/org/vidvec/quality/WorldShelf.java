package org.vidvec.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.Medium;
import org.vidvec.datasets.Span;
import org.vidvec.media.Clip;
import org.vidvec.media.Frame;
import org.vidvec.media.FramePlan;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.Sampling;
import org.vidvec.model.Content;
import org.vidvec.world.FrameSize;
import org.vidvec.world.Frames;
import org.vidvec.world.StorySubject;
import org.vidvec.world.Subject;

/** Frames of the generated world, as rendered: 3 seconds a clip, 10 frames a second. */
final class WorldShelf implements Shelf {

    private static final double FRAMES_PER_SECOND = 10;
    private static final int CLIP_FRAMES = 30;

    private final String world;
    private final Map<String, Subject> subjects;
    private final FrameSize size;
    private final Sampling sampling;

    /**
     * @param world names all that the frames depend on but for the subjects
     * @param subjects by the ids of their media
     */
    WorldShelf(String world, Map<String, Subject> subjects, FrameSize size, Sampling sampling) {
        this.world = world;
        this.subjects = Map.copyOf(subjects);
        this.size = size;
        this.sampling = sampling;
    }

    @Override
    public List<Content> contents(Medium medium) {
        Subject subject = subjects.get(medium.id());
        if (medium.kind() != Medium.Kind.VIDEO) {
            return List.of(new Content.Image(frame(0, 0, subject.render(1, size), 0)));
        }
        if (subject instanceof StorySubject story) {
            return List.of(part(story, 0, story.story().seconds()));
        }
        Frames all = subject.render(CLIP_FRAMES, size);
        List<Frame> frames = new ArrayList<>();
        for (int index : FramePlan.indices(sampling, CLIP_FRAMES, FRAMES_PER_SECOND)) {
            frames.add(frame(index, index / FRAMES_PER_SECOND, all, index));
        }
        return List.of(video(frames, CLIP_FRAMES / FRAMES_PER_SECOND));
    }

    /** A stretch of a long video. */
    Content part(StorySubject story, double start, double end) {
        int n = (int) Math.max(1, Math.round((end - start) * FRAMES_PER_SECOND));
        int[] indices = FramePlan.indices(sampling, n, FRAMES_PER_SECOND);
        double[] times = new double[indices.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = start + indices[i] / FRAMES_PER_SECOND;
        }
        Frames rendered = story.render(times, size);
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            int index = (int) Math.round(times[i] * FRAMES_PER_SECOND);
            // a window is a clip of its own, as in a node
            frames.add(frame(index, times[i] - start, rendered, i));
        }
        return video(frames, end - start);
    }

    private Content video(List<Frame> frames, double seconds) {
        MediaInfo info =
                new MediaInfo(
                        "video",
                        "world",
                        "rgb24",
                        size.width(),
                        size.height(),
                        seconds,
                        FRAMES_PER_SECOND);
        return new Content.Video(new Clip(info, frames));
    }

    private static Frame frame(int index, double time, Frames frames, int at) {
        FrameSize size = frames.size();
        return new Frame(index, time, size.width(), size.height(), frames.frame(at));
    }

    @Override
    public List<Stretch> windows(Medium video, double windowSeconds, double strideSeconds)
            throws MediaException {
        if (subjects.get(video.id()) instanceof StorySubject story) {
            List<Stretch> windows = new ArrayList<>();
            double all = story.story().seconds();
            double end = 0;
            for (double start = 0; end < all; start += strideSeconds) {
                end = Math.min(all, start + windowSeconds);
                windows.add(new Stretch(new Span(start, end), List.of(part(story, start, end))));
            }
            return windows;
        }
        throw new MediaException(
                MediaException.Reason.UNSUPPORTED, "[" + video.id() + "] is no long video");
    }

    @Override
    public String key(Medium medium) {
        return String.join(
                "|", "world", world, sampling.toString(), subjects.get(medium.id()).canonical());
    }
}
