package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_clone;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_ref;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * The packets of a small file, kept from their scan, so that it is not opened, probed and read once
 * more to be decoded.
 */
final class KeptPackets implements Packets, AutoCloseable {

    // a crafted index may name the same bytes over and over
    private static final long MOST_BYTES = 2L * FfmpegBackend.SMALL_BYTES;
    private static final int PACKET_BYTES = 200;

    private final Deadline deadline;
    private final List<AVPacket> packets = new ArrayList<>();
    private long bytes;
    private boolean whole = true;
    private int next;

    KeptPackets(Deadline deadline) {
        this.deadline = deadline;
    }

    /**
     * @param packet the next one; shares its bytes
     */
    void add(AVPacket packet) {
        bytes += packet.size() + PACKET_BYTES;
        AVPacket copy = whole && bytes <= MOST_BYTES ? av_packet_clone(packet) : null;
        if (copy != null) {
            packets.add(copy);
        } else {
            whole = false;
            close();
        }
    }

    /** Whether all that were added are here. */
    boolean whole() {
        return whole;
    }

    /** Goes back to the first packet. */
    void rewind() {
        next = 0;
    }

    @Override
    public boolean read(AVPacket packet) throws MediaException {
        deadline.check();
        return next < packets.size() && av_packet_ref(packet, packets.get(next++)) >= 0;
    }

    @Override
    public boolean seek(PacketScan.Key key) {
        next = key.packet();
        return true;
    }

    @Override
    public void close() {
        packets.forEach(avcodec::av_packet_free);
        packets.clear();
    }
}
