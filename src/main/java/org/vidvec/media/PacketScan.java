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
 * Reads the packets of a stream without decoding them: how many frames to expect, when, and where
 * the key frames are. Headers are not asked, as their counts are often wrong.
 *
 * @param timeline when each frame is to be shown, if every packet gives one frame
 * @param keys key frames, by time
 * @param timed whether every packet has a time of its own
 */
record PacketScan(Timeline timeline, List<Key> keys, boolean timed) {

    /**
     * A packet that decoding can start at.
     *
     * @param frame its index in the timeline
     * @param seekTicks what to ask the demuxer for to come here
     */
    record Key(int frame, long seekTicks) {}

    /**
     * @throws MediaException if the stream is longer than allowed or can't be read
     */
    static PacketScan of(Demuxer demuxer, String name, MediaLimits limits) throws MediaException {
        Timeline timeline = new Timeline(demuxer.timeBase());
        List<long[]> keys = new ArrayList<>();
        boolean timed = true;
        long first = Long.MAX_VALUE;
        long last = 0;
        AVPacket packet = av_packet_alloc();
        try {
            while (demuxer.read(packet)) {
                long pts = packet.pts();
                long dts = packet.dts();
                boolean shown = (packet.flags() & AV_PKT_FLAG_DISCARD) == 0;
                boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
                av_packet_unref(packet);
                if (!shown) {
                    continue;
                }
                if (pts == AV_NOPTS_VALUE) {
                    timed = false;
                    pts = dts == AV_NOPTS_VALUE ? last : dts;
                }
                if (key && timed) {
                    keys.add(new long[] {pts, demuxer.seeksByDecodeTime() ? dts : pts});
                }
                timeline.add(pts);
                last = pts;
                first = Math.min(first, pts);
                timeline.checkLength(name, pts - first, limits);
            }
        } finally {
            av_packet_free(packet);
        }
        timeline.sort();
        List<Key> ranked =
                keys.stream()
                        .map(k -> new Key(timeline.frameAt(k[0]), k[1]))
                        .sorted((a, b) -> Integer.compare(a.frame, b.frame))
                        .toList();
        return new PacketScan(timeline, ranked, timed && timeline.ascendsStrictly());
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
}
