package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;

import java.nio.ByteBuffer;
import java.util.function.LongPredicate;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacpp.BytePointer;
import org.vidvec.bitstream.Unreferenced;

/** Packets without those that are not wanted and that no other one needs. */
final class ThinnedPackets implements Packets {

    private final Packets all;
    private final Unreferenced unreferenced;
    private final LongPredicate wanted;

    /**
     * @param wanted by presentation time in ticks
     */
    ThinnedPackets(Packets all, Unreferenced unreferenced, LongPredicate wanted) {
        this.all = all;
        this.unreferenced = unreferenced;
        this.wanted = wanted;
    }

    /**
     * @return null if a stream's packets don't say which of them others need
     */
    static Unreferenced unreferenced(AVCodecParameters stream) {
        ByteBuffer header = bytes(stream.extradata(), stream.extradata_size());
        int codec = stream.codec_id();
        if (codec == AV_CODEC_ID_H264) {
            return Unreferenced.h264(header);
        }
        if (codec == AV_CODEC_ID_HEVC) {
            return Unreferenced.hevc(header);
        }
        if (codec == AV_CODEC_ID_AV1) {
            return Unreferenced.av1(header);
        }
        return codec == AV_CODEC_ID_MPEG4 ? Unreferenced.mpeg4() : null;
    }

    @Override
    public boolean read(AVPacket packet) throws MediaException {
        while (all.read(packet)) {
            // asked for each, as parameters may stand in any
            boolean alone = unreferenced.test(bytes(packet));
            if (!alone || wanted.test(packet.pts())) {
                return true;
            }
            av_packet_unref(packet);
        }
        return false;
    }

    @Override
    public boolean seek(PacketScan.Key key) {
        return all.seek(key);
    }

    /** The bytes of a packet, where they lie. */
    static ByteBuffer bytes(AVPacket packet) {
        return bytes(packet.data(), packet.size());
    }

    private static ByteBuffer bytes(BytePointer data, int size) {
        return data == null || size <= 0
                ? ByteBuffer.allocate(0)
                : data.position(0).capacity(size).asByteBuffer();
    }
}
