package org.vidvec.media;

import org.vidvec.bitstream.Unreferenced;

/**
 * A video whose packets are known, ready to be decoded as often as needed. A small file's packets
 * are kept; a large one is opened again.
 */
final class ScannedVideo implements AutoCloseable {

    private final VideoFile file;
    private final Demuxer demuxer;
    private final PacketScan scan;
    private final KeptPackets kept;
    private final boolean guessed;

    private ScannedVideo(
            VideoFile file, Demuxer demuxer, PacketScan scan, KeptPackets kept, boolean guessed) {
        this.file = file;
        this.demuxer = demuxer;
        this.scan = scan;
        this.kept = kept;
        this.guessed = guessed;
    }

    /**
     * @param demuxer at the beginning; closed with this, or by a failure
     * @throws MediaException if the stream is longer than allowed or can't be read
     */
    static ScannedVideo of(Demuxer demuxer, VideoFile file) throws MediaException {
        if (!file.small() && IndexScan.has(demuxer)) {
            PacketScan index = index(demuxer, file);
            if (index != null) {
                return new ScannedVideo(file, demuxer, index, null, true);
            }
            demuxer.close();
            return whole(file.open(), file);
        }
        return whole(demuxer, file);
    }

    private static PacketScan index(Demuxer demuxer, VideoFile file) throws MediaException {
        try {
            return IndexScan.of(demuxer, file.name(), file.limits());
        } catch (Throwable t) {
            demuxer.close();
            throw t;
        }
    }

    private static ScannedVideo whole(Demuxer demuxer, VideoFile file) throws MediaException {
        ScannedVideo video = scanned(demuxer, file);
        if (video.scan.complete() || !demuxer.asWritten()) {
            return video;
        }
        // times that the container leaves to the reader
        video.close();
        return scanned(file.probed().open(), file.probed());
    }

    private static ScannedVideo scanned(Demuxer demuxer, VideoFile file) throws MediaException {
        KeptPackets kept = file.small() ? new KeptPackets(file.deadline()) : null;
        try {
            demuxer.leaveOutData();
            PacketScan scan = PacketScan.of(demuxer, kept, file.name(), file.limits());
            return new ScannedVideo(file, demuxer, scan, kept, false);
        } catch (Throwable t) {
            close(kept, demuxer);
            throw t;
        }
    }

    /** Whether the frames' places come from an index that may be wrong. */
    boolean guessed() {
        return guessed;
    }

    /** The same video, every packet of it read. */
    ScannedVideo readWhole() throws MediaException {
        return whole(file.open(), file);
    }

    String name() {
        return file.name();
    }

    PacketScan scan() {
        return scan;
    }

    /** What the container says. */
    Demuxer demuxer() {
        return demuxer;
    }

    /** Decodes from the beginning. */
    FrameStream frames() throws MediaException {
        if (!isKept()) {
            return owning(file.open());
        }
        kept.rewind();
        return new FrameStream(demuxer, false, kept, name(), file.limits(), scan.reorder());
    }

    /** Decodes where it is {@linkplain FrameStream#seek sent}. */
    FrameStream seekingFrames() throws MediaException {
        if (isKept()) {
            return frames();
        }
        return demuxer.withoutData()
                ? owning(file.open())
                : new FrameStream(demuxer, false, demuxer, name(), file.limits(), scan.reorder());
    }

    private boolean isKept() {
        return kept != null && kept.whole();
    }

    private FrameStream owning(Demuxer fresh) throws MediaException {
        return new FrameStream(fresh, true, fresh, name(), file.limits(), scan.reorder());
    }

    /**
     * @return null if the packets don't say which of them others need
     */
    Unreferenced unreferenced() {
        return ThinnedPackets.unreferenced(demuxer.codecParameters());
    }

    /** Whether {@link JumpingPass} may be tried, and spares work. */
    boolean jumpingPays(int[] wanted, double minSaving) {
        return wanted.length > 0
                && scan.timed()
                && demuxer.traits().seeksExactly()
                // its key frames are elsewhere
                && !demuxer.hasAlphaLayer()
                && (unreferenced() != null || JumpingPass.saving(scan, wanted) >= minSaving);
    }

    @Override
    public void close() {
        close(kept, demuxer);
    }

    private static void close(KeptPackets kept, Demuxer demuxer) {
        if (kept != null) {
            kept.close();
        }
        demuxer.close();
    }
}
