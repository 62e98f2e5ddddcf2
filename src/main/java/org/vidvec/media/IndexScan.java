package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * What a large file's index says in place of its packets, without reading them. It is believed
 * until a frame is not where it should be.
 */
final class IndexScan {

    // enough to see how frames are reordered
    private static final int FIRST_PACKETS = 48;

    // of a frame, so that times rounded to ticks tell the frames apart
    private static final double LEAST_TICKS = 4;

    // more than a minute at 60 frames per second behind the last key frame in the index
    private static final int MOST_LAST_PACKETS = 4096;

    private final Demuxer demuxer;
    private final Reordering reordering = new Reordering();

    private IndexScan(Demuxer demuxer) {
        this.demuxer = demuxer;
    }

    /** Whether there may be an index that is good enough. */
    static boolean has(Demuxer demuxer) {
        StreamTraits traits = demuxer.traits();
        return traits.avi() || traits.matroska() && traits.seeksExactly();
    }

    /**
     * @param demuxer at the beginning; anywhere afterwards
     * @return null if there is none
     * @throws MediaException if the stream is longer than allowed or can't be read
     */
    static PacketScan of(Demuxer demuxer, String name, MediaLimits limits) throws MediaException {
        return demuxer.traits().avi()
                ? packets(demuxer, name, limits)
                : new IndexScan(demuxer).keyFrames(name, limits);
    }

    /** An AVI's index has every packet. */
    private static PacketScan packets(Demuxer demuxer, String name, MediaLimits limits)
            throws MediaException {
        Timeline timeline = new Timeline(demuxer.timeBase());
        List<PacketScan.Key> keys = new ArrayList<>();
        for (Demuxer.IndexEntry entry : demuxer.index()) {
            if (entry.size() > 0) {
                if (entry.key()) {
                    int frame = timeline.size();
                    long tick = entry.tick();
                    keys.add(new PacketScan.Key(frame, frame, tick, entry.position()));
                }
                timeline.addAscending(entry.tick());
                long span = timeline.tick(timeline.size() - 1) - timeline.tick(0);
                timeline.checkLength(name, span, limits);
            }
        }
        return timeline.size() == 0
                ? null
                : new PacketScan(timeline, keys, true, timeline.ascendsStrictly(), 0);
    }

    /**
     * A Matroska's cues have some key frames. With a constant rate, which they and the first and
     * last packets are held against, the times of all others follow.
     */
    private PacketScan keyFrames(String name, MediaLimits limits) throws MediaException {
        double ticks = 1 / (demuxer.nominalRate() * new Timeline(demuxer.timeBase()).step());
        if (!demuxer.tellsRate() || ticks < LEAST_TICKS) {
            return null;
        }
        long[] first = ticks(FIRST_PACKETS);
        if (first.length == 0 || !demuxer.seekToEnd()) {
            return null;
        }
        long[] last = ticks(MOST_LAST_PACKETS);
        List<Demuxer.IndexEntry> entries = demuxer.index();
        if (last.length == 0 || last.length == MOST_LAST_PACKETS || entries.size() < 2) {
            return null;
        }
        long end = last[last.length - 1];
        int frames = (int) Math.min(Integer.MAX_VALUE, Math.round((end - first[0]) / ticks) + 1);
        if (frames < 1) {
            return null;
        }
        Timeline empty = new Timeline(demuxer.timeBase());
        empty.checkLength(name, end - first[0], limits);
        Timeline timeline = empty.regular(first[0], ticks, frames);
        List<PacketScan.Key> keys = new ArrayList<>();
        for (Demuxer.IndexEntry entry : entries) {
            int frame = timeline.frameAt(entry.tick());
            if (frame < 0) {
                return null;
            }
            keys.add(new PacketScan.Key(frame, -1, entry.tick(), entry.position()));
        }
        boolean regular =
                hasAll(timeline, first, 0) && hasAll(timeline, last, frames - last.length);
        return regular ? new PacketScan(timeline, keys, true, true, reordering.depth()) : null;
    }

    /** Whether these are the times of consecutive frames; the last of the first may come later. */
    private static boolean hasAll(Timeline timeline, long[] ticks, int from) {
        int gaps = from == 0 ? Math.min(ticks.length, FIRST_PACKETS / 3) : 0;
        for (int i = 0; i < ticks.length - gaps; i++) {
            if (timeline.frameAt(ticks[i]) != from + i) {
                return false;
            }
        }
        return true;
    }

    /** Times of the next packets, ascending; empty if one has none. */
    private long[] ticks(int most) throws MediaException {
        List<Long> found = new ArrayList<>();
        AVPacket packet = av_packet_alloc();
        try {
            while (found.size() < most && demuxer.read(packet)) {
                long tick = packet.pts();
                boolean shown = demuxer.traits().shows(packet);
                av_packet_unref(packet);
                if (tick == AV_NOPTS_VALUE) {
                    return new long[0];
                }
                if (shown) {
                    found.add(tick);
                    reordering.add(tick);
                }
            }
        } finally {
            av_packet_free(packet);
        }
        return found.stream().mapToLong(t -> t).sorted().toArray();
    }
}
