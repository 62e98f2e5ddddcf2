package org.vidvec.media;

/**
 * A file that may be opened several times, each time at its beginning.
 *
 * @param small whether its packets may be held in memory
 * @param asWritten whether containers that describe themselves are taken at their word
 */
record VideoFile(
        MediaSource source,
        FileKind kind,
        MediaLimits limits,
        Deadline deadline,
        boolean small,
        boolean asWritten) {

    String name() {
        return source.name();
    }

    /** The same, its first packets looked at whatever it is. */
    VideoFile probed() {
        return new VideoFile(source, kind, limits, deadline, small, false);
    }

    /**
     * @throws MediaException if it is not media, holds no video, or its frames are too large
     */
    Demuxer open() throws MediaException {
        return Demuxer.open(this);
    }
}
