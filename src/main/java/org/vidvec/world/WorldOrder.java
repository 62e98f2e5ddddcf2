package org.vidvec.world;

/**
 * What {@link WorldFiles} is to write.
 *
 * @param seed the same seed gives the same files
 * @param clips short videos; no caption of one is true of another
 * @param longVideos videos of several events
 * @param images still pictures
 * @param pages PDF files
 * @param composed pairs of further clips and what differs between them
 * @param size of videos and images; even, as video codecs need it
 */
public record WorldOrder(
        long seed,
        Split split,
        int clips,
        int longVideos,
        int images,
        int pages,
        int composed,
        FrameSize size) {

    /** Without composed pairs. */
    public WorldOrder(
            long seed,
            Split split,
            int clips,
            int longVideos,
            int images,
            int pages,
            FrameSize size) {
        this(seed, split, clips, longVideos, images, pages, 0, size);
    }

    /**
     * @throws IllegalArgumentException if the width or height is odd
     */
    public WorldOrder {
        if (size.width() % 2 != 0 || size.height() % 2 != 0) {
            throw new IllegalArgumentException(
                    "size ["
                            + size.width()
                            + "x"
                            + size.height()
                            + "] must be even each way, as video codecs need it");
        }
    }

    /** Number of files. */
    public int files() {
        return clips + longVideos + images + pages + 2 * composed;
    }
}
