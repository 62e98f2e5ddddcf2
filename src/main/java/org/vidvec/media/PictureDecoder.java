package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Decodes still pictures of one codec, each whole in memory. */
final class PictureDecoder implements AutoCloseable {

    private final AVCodecContext codec;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();

    /**
     * @param codecId FFmpeg's {@code AV_CODEC_ID_*}
     * @param maxPixels a larger picture is refused before it is allocated
     * @throws IllegalStateException if FFmpeg lacks the codec
     */
    PictureDecoder(int codecId, long maxPixels) {
        AVCodec decoder = avcodec_find_decoder(codecId);
        codec = avcodec_alloc_context3(decoder);
        codec.max_pixels(maxPixels + FrameStream.ALIGNMENT_PIXELS);
        codec.err_recognition(AV_EF_EXPLODE);
        codec.thread_count(1);
        if (avcodec_open2(codec, decoder, (AVDictionary) null) < 0) {
            close();
            throw new IllegalStateException("FFmpeg has no decoder [" + codecId + "]");
        }
    }

    /**
     * @return valid until the next call; null if it is no whole picture
     */
    AVFrame decode(byte[] file) {
        if (av_new_packet(packet, file.length) < 0) {
            throw new IllegalStateException("no memory for [" + file.length + "] bytes");
        }
        try {
            packet.data().put(file, 0, file.length);
            boolean whole =
                    avcodec_send_packet(codec, packet) >= 0
                            && avcodec_receive_frame(codec, frame) >= 0;
            return whole ? frame : null;
        } finally {
            av_packet_unref(packet);
        }
    }

    @Override
    public void close() {
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(codec);
    }
}
