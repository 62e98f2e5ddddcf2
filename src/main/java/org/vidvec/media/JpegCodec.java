package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * RGB to JPEG and back.
 *
 * <p>FFmpeg's codec and not {@code javax.imageio}: it is loaded anyway, needs no desktop module, no
 * cache files and no service look-up through a context class loader inside the node.
 */
final class JpegCodec {

    // of 1 (best) to 31: about what other encoders call quality 90
    private static final int QUANTISER = 3;

    private JpegCodec() {}

    /**
     * @param rgb [height, width, 3], both even
     * @return a baseline JPEG with 4:2:0 chroma
     * @throws IllegalStateException if FFmpeg refuses
     */
    static byte[] encode(byte[] rgb, int width, int height) {
        AVCodec encoder = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
        AVCodecContext codec = avcodec_alloc_context3(encoder);
        AVFrame frame = av_frame_alloc();
        AVPacket packet = av_packet_alloc();
        try {
            codec.width(width).height(height).pix_fmt(AV_PIX_FMT_YUVJ420P);
            codec.color_range(AVCOL_RANGE_JPEG);
            codec.time_base().num(1).den(1);
            // without "bitexact" it signs with its version, so that files would change with it
            codec.flags(codec.flags() | AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT);
            codec.global_quality(QUANTISER * FF_QP2LAMBDA);
            codec.thread_count(1);
            check(avcodec_open2(codec, encoder, (AVDictionary) null));
            frame.format(AV_PIX_FMT_YUVJ420P).width(width).height(height);
            frame.quality(QUANTISER * FF_QP2LAMBDA).pts(0);
            check(av_frame_get_buffer(frame, 0));
            JfifPlanes.of(rgb, width, height).copyTo(frame);
            check(avcodec_send_frame(codec, frame));
            check(avcodec_receive_packet(codec, packet));
            byte[] jpeg = new byte[packet.size()];
            packet.data().get(jpeg);
            return jpeg;
        } finally {
            av_packet_free(packet);
            av_frame_free(frame);
            avcodec_free_context(codec);
        }
    }

    /**
     * @param maxPixels a larger picture is refused before it is allocated
     * @return null if it is no whole JPEG
     */
    static Frame decode(byte[] jpeg, long maxPixels) throws MediaException {
        try (PictureDecoder decoder = new PictureDecoder(AV_CODEC_ID_MJPEG, maxPixels);
                RgbConverter converter =
                        new RgbConverter("JPEG", maxPixels, RgbConverter.Rounding.STILL)) {
            AVFrame frame = decoder.decode(jpeg);
            return frame == null ? null : converter.convert(frame, 0, 0);
        }
    }

    private static void check(int result) {
        if (result < 0) {
            throw new IllegalStateException("FFmpeg's JPEG codec answers [" + result + "]");
        }
    }
}
