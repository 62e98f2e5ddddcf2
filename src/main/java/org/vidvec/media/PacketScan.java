package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * What the packets of a stream say without being decoded: how many frames to expect, when, and
 * where the key frames are. Headers are not asked, as their counts are often wrong.
 *
 * @param timeline when each frame is to be shown, if every packet gives one frame
 * @param keys key frames, by time
 * @param complete whether every packet has a time
 * @param timed whether every packet has a time of its own
 * @param reorder how many frames at most are decoded before and shown after another one
 */
record PacketScan(Timeline timeline, List<Key> keys, boolean complete, boolean timed, int reorder) {

    /**
     * A packet that decoding can start at.
     *
     * @param frame its index in the timeline
     * @param packet its number in decoding order
     * @param seekTicks what to ask the demuxer for to come here
     * @param position in the file, in bytes
     */
    record Key(int frame, int packet, long seekTicks, long position) {}

    private record KeyPacket(long tick, int packet, long seekTicks, long position) {
        Key in(Timeline timeline) {
            return new Key(timeline.frameAt(tick), packet, seekTicks, position);
        }
    }

    /**
     * @param kept gets the packets as well, until it is full; or null
     * @throws MediaException if the stream is longer than allowed or can't be read
     */
    static PacketScan of(Demuxer demuxer, KeptPackets kept, String name, MediaLimits limits)
            throws MediaException {
        Collector found = new Collector(demuxer);
        AVPacket packet = av_packet_alloc();
        try {
            while (demuxer.read(packet)) {
                if (kept != null) {
                    kept.add(packet);
                }
                found.add(packet);
                av_packet_unref(packet);
                found.timeline.checkLength(name, found.last - found.first, limits);
            }
        } finally {
            av_packet_free(packet);
        }
        return found.scan();
    }

    /** The last key frame at or before a frame, or null. */
    Key keyBefore(int frame) {
        int low = 0;
        int high = keys.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (keys.get(middle).frame <= frame) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? null : keys.get(low - 1);
    }

    private static final class Collector {

        private final StreamTraits traits;
        private final Timeline timeline;
        private final Reordering reordering = new Reordering();
        private final List<KeyPacket> keys = new ArrayList<>();
        private boolean complete = true;
        private int packets;
        private long first = Long.MAX_VALUE;
        private long last;

        Collector(Demuxer demuxer) {
            this.traits = demuxer.traits();
            this.timeline = new Timeline(demuxer.timeBase());
        }

        void add(AVPacket packet) {
            int number = packets++;
            int flags = packet.flags();
            if ((flags & AV_PKT_FLAG_DISCARD) != 0 || !traits.shows(packet)) {
                return;
            }
            long pts = packet.pts();
            long dts = packet.dts();
            if (pts == AV_NOPTS_VALUE) {
                complete = false;
                pts = dts == AV_NOPTS_VALUE ? last : dts;
            }
            if ((flags & AV_PKT_FLAG_KEY) != 0 && traits.beginsAnew(packet)) {
                long seekTicks = traits.seeksByDecodeTime() ? dts : pts;
                keys.add(new KeyPacket(pts, number, seekTicks, packet.pos()));
            }
            timeline.add(pts);
            reordering.add(pts);
            last = pts;
            first = Math.min(first, pts);
        }

        PacketScan scan() {
            timeline.sort();
            List<Key> ranked =
                    keys.stream()
                            .map(k -> k.in(timeline))
                            .sorted((a, b) -> Integer.compare(a.frame, b.frame))
                            .toList();
            boolean timed = complete && timeline.ascendsStrictly();
            return new PacketScan(timeline, ranked, complete, timed, reordering.depth());
        }
    }
}
