package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;

/** One take of a long video. */
public final class StoryRenderer {

    private final Story story;
    private final List<SceneRenderer> scenes = new ArrayList<>();

    /**
     * @param take any number
     */
    public StoryRenderer(Story story, long take) {
        this.story = story;
        for (int i = 0; i < story.events().size(); i++) {
            scenes.add(new SceneRenderer(story.events().get(i).scene(), Dice.of(take, i).next()));
        }
    }

    /**
     * @param times in seconds
     * @return a frame for each
     */
    public Frames render(double[] times, FrameSize size) {
        byte[] rgb = new byte[times.length * size.bytes()];
        for (int i = 0; i < times.length; i++) {
            draw(times[i], rgb, i, size);
        }
        return new Frames(times.length, size, rgb);
    }

    /** Between two events the background of the coming one is empty. */
    void draw(double seconds, byte[] rgb, int frame, FrameSize size) {
        for (int i = 0; i < scenes.size(); i++) {
            Event event = story.events().get(i);
            if (event.isOn(seconds)) {
                scenes.get(i).draw(event.progress(seconds), rgb, frame, size);
                return;
            }
            if (seconds < event.start() || i == scenes.size() - 1) {
                long moment = Double.doubleToLongBits(seconds);
                scenes.get(i).drawEmpty(rgb, frame, size, moment);
                return;
            }
        }
    }
}
