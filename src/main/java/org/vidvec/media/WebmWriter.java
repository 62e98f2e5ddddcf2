package org.vidvec.media;

import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_close_dyn_buf;
import static org.bytedeco.ffmpeg.global.avformat.avio_open_dyn_buf;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.vidvec.media.MediaException.Reason;
import org.vidvec.natives.NativeLibraries;

/**
 * RGB frames to a WebM video (VP9, 4:2:0, BT.601), in memory. FFmpeg opens no file: the bytes are
 * the caller's to store. Not thread-safe.
 */
public final class WebmWriter implements AutoCloseable {

    private static final String ENCODER = "libvpx-vp9";

    /** Of 0 (best) to 63. */
    private static final int QUANTISER = 24;

    private static final int KEY_FRAME_SECONDS = 2;

    private final int width;
    private final int height;
    private final AVFrame frame = av_frame_alloc();
    private final AVPacket packet = av_packet_alloc();
    private final AVIOContext memory = new AVIOContext(null);
    private final AVFormatContext container = new AVFormatContext(null);
    private final Scaler scaler = new Scaler(SWS_BICUBIC | SWS_ACCURATE_RND);
    private AVCodecContext codec;
    private AVStream stream;
    private long frames;
    private boolean finished;

    /**
     * @param width in pixels, even
     * @param height in pixels, even
     * @throws MediaException if FFmpeg or its encoder is missing
     */
    public static WebmWriter open(
            NativeLibraries natives, int width, int height, int framesPerSecond)
            throws MediaException {
        FfmpegLibraries.load(natives);
        WebmWriter writer = new WebmWriter(width, height);
        try {
            writer.openCodec(framesPerSecond);
            writer.openContainer();
            return writer;
        } catch (MediaException e) {
            writer.close();
            throw e;
        }
    }

    private WebmWriter(int width, int height) {
        this.width = width;
        this.height = height;
    }

    private void openCodec(int framesPerSecond) throws MediaException {
        AVCodec encoder = avcodec_find_encoder_by_name(ENCODER);
        if (encoder == null) {
            throw new MediaException(
                    Reason.UNSUPPORTED, "this FFmpeg has no encoder [" + ENCODER + "]");
        }
        codec = avcodec_alloc_context3(encoder);
        codec.width(width).height(height).pix_fmt(AV_PIX_FMT_YUV420P);
        codec.colorspace(AVCOL_SPC_SMPTE170M).color_range(AVCOL_RANGE_MPEG);
        codec.time_base().num(1).den(framesPerSecond);
        codec.framerate().num(framesPerSecond).den(1);
        codec.gop_size(framesPerSecond * KEY_FRAME_SECONDS);
        // one thread: the same bytes on every machine
        codec.thread_count(1);
        codec.flags(codec.flags() | AV_CODEC_FLAG_BITEXACT);
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "deadline", "realtime", 0);
        av_dict_set(options, "cpu-used", "8", 0);
        av_dict_set(options, "crf", String.valueOf(QUANTISER), 0);
        av_dict_set(options, "b", "0", 0);
        int opened = avcodec_open2(codec, encoder, options);
        av_dict_free(options);
        check(opened);
        frame.format(AV_PIX_FMT_YUV420P).width(width).height(height);
        frame.colorspace(AVCOL_SPC_SMPTE170M).color_range(AVCOL_RANGE_MPEG);
        check(av_frame_get_buffer(frame, 0));
    }

    private void openContainer() throws MediaException {
        check(avformat_alloc_output_context2(container, null, "webm", (String) null));
        container.flags(container.flags() | AVFMT_FLAG_BITEXACT);
        stream = avformat_new_stream(container, null);
        check(avcodec_parameters_from_context(stream.codecpar(), codec));
        stream.time_base(codec.time_base());
        stream.avg_frame_rate(codec.framerate());
        check(avio_open_dyn_buf(memory));
        container.pb(memory);
        check(avformat_write_header(container, (AVDictionary) null));
    }

    /**
     * Adds a frame.
     *
     * @param rgb [height, width, 3], 0..255
     */
    public void add(byte[] rgb) throws MediaException {
        check(av_frame_make_writable(frame));
        try (RgbPicture picture = RgbPicture.of(rgb, width, height)) {
            if (scaler.scale(picture.frame(), frame) == false) {
                throw failed(0);
            }
        }
        frame.pts(frames++);
        check(avcodec_send_frame(codec, frame));
        drain();
    }

    /** Packets that are ready go into the container. */
    private void drain() throws MediaException {
        int result = avcodec_receive_packet(codec, packet);
        while (result >= 0) {
            packet.stream_index(0);
            if (packet.duration() == 0) {
                packet.duration(1);
            }
            av_packet_rescale_ts(packet, codec.time_base(), stream.time_base());
            check(av_write_frame(container, packet));
            result = avcodec_receive_packet(codec, packet);
        }
        if (result == AVERROR_EOF) {
            finished = true;
        }
    }

    /**
     * Ends the video; call it once, after the last frame.
     *
     * @return the file
     */
    public byte[] finish() throws MediaException {
        check(avcodec_send_frame(codec, null));
        drain();
        if (finished == false) {
            throw failed(0);
        }
        check(av_write_trailer(container));
        try (BytePointer data = new BytePointer((BytePointer) null)) {
            int size = avio_close_dyn_buf(memory, data);
            container.pb(null);
            memory.setNull();
            byte[] file = new byte[size];
            data.get(file);
            av_free(data);
            return file;
        }
    }

    @Override
    public void close() {
        scaler.close();
        av_frame_free(frame);
        av_packet_free(packet);
        if (codec != null) {
            avcodec_free_context(codec);
        }
        if (memory.isNull() == false) {
            try (BytePointer data = new BytePointer((BytePointer) null)) {
                avio_close_dyn_buf(memory, data);
                av_free(data);
            }
        }
        if (container.isNull() == false) {
            avformat_free_context(container);
        }
    }

    private static void check(int result) throws MediaException {
        if (result < 0) {
            throw failed(result);
        }
    }

    private static MediaException failed(int result) {
        return new MediaException(
                Reason.DECODER, "FFmpeg's video encoder answers [" + result + "]");
    }
}
