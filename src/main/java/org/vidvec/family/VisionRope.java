package org.vidvec.family;

import org.vidvec.backbone.ConfigReader;
import org.vidvec.engine.CheckpointException;

/** The rotary embedding of vision towers: rows and columns, with one base in all releases. */
final class VisionRope {

    // as the graph sources have it
    private static final double THETA = 10000;

    private VisionRope() {}

    /**
     * Refuses another base, which transformers 5 writes into vision_config.
     *
     * @throws CheckpointException if there is one
     */
    static void require(ConfigReader vision) throws CheckpointException {
        if (vision.has("rope_parameters")) {
            ConfigReader rope = vision.object("rope_parameters");
            if (rope.number("rope_theta", THETA) != THETA) {
                throw rope.wrong("rope_theta", "[" + THETA + "], as in all releases");
            }
        }
    }
}
