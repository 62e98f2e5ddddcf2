package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG2VIDEO;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PRORES;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_RAWVIDEO;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP9;

import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.vidvec.bitstream.PacketKinds;

/**
 * What may be relied on in a stream of one codec in one kind of container.
 *
 * @param container FFmpeg's name
 * @param codec FFmpeg's number
 */
record StreamTraits(String container, int codec) {

    // the decoders of these need a header from the container
    private static final Set<Integer> HEADED =
            Set.of(AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_MPEG4);

    // and of these none
    private static final Set<Integer> COMPLETE_PICTURES =
            Set.of(
                    AV_CODEC_ID_VP8,
                    AV_CODEC_ID_VP9,
                    AV_CODEC_ID_AV1,
                    AV_CODEC_ID_MJPEG,
                    AV_CODEC_ID_PRORES);

    boolean mp4() {
        return container.startsWith("mov");
    }

    boolean matroska() {
        return container.startsWith("matroska");
    }

    boolean transportStream() {
        return container.equals("mpegts");
    }

    boolean avi() {
        return container.equals("avi");
    }

    /** Whether this is a picture that may move: with one frame it is a still one. */
    boolean animation() {
        return container.equals("gif") || container.equals("apng");
    }

    /** Whether the codec is VP8 or VP9, whose transparency is a layer beside the colours. */
    boolean vpx() {
        return codec == AV_CODEC_ID_VP8 || codec == AV_CODEC_ID_VP9;
    }

    /** Whether alpha is more than a byte that fills up a pixel to four. */
    boolean alphaIsMeant() {
        return codec != AV_CODEC_ID_RAWVIDEO;
    }

    /** Whether every picture can be decoded alone. */
    boolean keyFramesOnly() {
        return codec == AV_CODEC_ID_MJPEG || codec == AV_CODEC_ID_PRORES;
    }

    /** Whether a seek wants decoding times, as MP4 keeps its index by them. */
    boolean seeksByDecodeTime() {
        return mp4();
    }

    /** Whether the container's times and key frames are good enough to seek by. */
    boolean seeksExactly() {
        if (transportStream()) {
            return codec == AV_CODEC_ID_H264 || codec == AV_CODEC_ID_MPEG2VIDEO;
        }
        boolean indexed = mp4() || matroska() || avi() && keyFramesOnly();
        return indexed && (HEADED.contains(codec) || COMPLETE_PICTURES.contains(codec));
    }

    /**
     * Whether the container's head has all that a decoder needs, and each packet its time, so that
     * no packet has to be looked at before: it costs as much as decoding a dozen frames.
     */
    boolean selfDescribing(AVCodecParameters stream) {
        return (mp4() || matroska())
                && stream.width() > 0
                && stream.height() > 0
                && (COMPLETE_PICTURES.contains(codec)
                        || HEADED.contains(codec) && stream.extradata_size() > 0);
    }

    /** Whether a packet gives a picture that is shown, and not one that others only refer to. */
    boolean shows(AVPacket packet) {
        return codec != AV_CODEC_ID_VP8 || PacketKinds.vp8IsShown(ThinnedPackets.bytes(packet));
    }

    /** Whether decoding can begin at a packet that is marked as a key frame. */
    boolean beginsAnew(AVPacket packet) {
        return !transportStream()
                || codec != AV_CODEC_ID_H264
                || PacketKinds.h264BeginsAnew(ThinnedPackets.bytes(packet));
    }
}
