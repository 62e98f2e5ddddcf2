package org.vidvec.samples;

import org.vidvec.world.FrameSize;

/** Where moments come from. */
public sealed interface MomentOrigin {

    /**
     * Events in long videos of the generated world.
     *
     * @param frames of a window, and of a whole video
     */
    record Generated(long seed, int frames, FrameSize size) implements MomentOrigin {}

    /**
     * Moments of a labelled set.
     *
     * @param frames of a window, and of a whole video
     * @param windows those of them that are wrong
     */
    record Labelled(SetFiles files, int frames, SlidingWindows windows) implements MomentOrigin {}
}
