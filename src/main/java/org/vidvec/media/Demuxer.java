package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PRORES;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP9;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.presets.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.vidvec.media.MediaException.Reason;

/** A container that lies open: its first video stream, packet by packet. */
final class Demuxer implements AutoCloseable {

    // what users send; nothing that names other files, URLs or devices (hls, dash, concat, sdp,
    // image2, tty, lavfi)
    private static final String CONTAINERS =
            "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,h264,hevc,m4v,ivf,obu,"
                    + "flv,ogg,asf,mxf,gif,apng,mjpeg,png_pipe,jpeg_pipe,webp_pipe,bmp_pipe,tiff_pipe";

    // not VP8, which hides reference frames in packets of their own
    private static final Set<Integer> ONE_FRAME_PER_PACKET =
            Set.of(
                    AV_CODEC_ID_H264,
                    AV_CODEC_ID_HEVC,
                    AV_CODEC_ID_VP9,
                    AV_CODEC_ID_AV1,
                    AV_CODEC_ID_MPEG4,
                    AV_CODEC_ID_MJPEG,
                    AV_CODEC_ID_PRORES);

    private static final int MOST_STREAMS = 64;

    // FFmpeg adds offsets to it, so not the least there is
    private static final long BEFORE_ALL_TICKS = -(1L << 50);

    private final MediaSource source;
    private final FileKind kind;
    private final Deadline deadline;
    private final SourceIo io;
    private final AVFormatContext format = avformat_alloc_context();
    private AVStream stream;
    private boolean damaged;
    private boolean withoutData;

    private Demuxer(MediaSource source, FileKind kind, Deadline deadline) {
        this.source = source;
        this.kind = kind;
        this.deadline = deadline;
        this.io = new SourceIo(source, deadline);
    }

    /**
     * Opens the container and finds its first video stream.
     *
     * @throws MediaException if it is not media, holds no video, or its frames are too large
     */
    static Demuxer open(MediaSource source, FileKind kind, MediaLimits limits, Deadline deadline)
            throws MediaException {
        Demuxer demuxer = new Demuxer(source, kind, deadline);
        try {
            demuxer.openContainer();
            demuxer.probe(limits);
            demuxer.chooseStream();
            demuxer.checkPixels(limits);
            return demuxer;
        } catch (Throwable t) {
            demuxer.close();
            throw t;
        }
    }

    private void openContainer() throws MediaException {
        io.attach(format);
        format.max_streams(MOST_STREAMS);
        AVDictionary options = new AVDictionary();
        av_dict_set(options, "protocol_whitelist", "", 0);
        av_dict_set(options, "format_whitelist", CONTAINERS, 0);
        int r = avformat_open_input(format, (String) null, null, options);
        av_dict_free(options);
        if (r < 0) {
            checkIo();
            throw kind.encrypted(source) ? encrypted() : kind.refusal(source.name());
        }
    }

    private MediaException encrypted() {
        return new MediaException(
                Reason.UNSUPPORTED,
                "could not decode [" + source.name() + "]: it is encrypted; send it decrypted");
    }

    /** Lets FFmpeg look at the first packets, with the same limit on the size of a frame. */
    private void probe(MediaLimits limits) throws MediaException {
        int streams = format.nb_streams();
        try (PointerPointer<AVDictionary> options = new PointerPointer<>(Math.max(1, streams))) {
            for (int i = 0; i < streams; i++) {
                AVDictionary option = new AVDictionary();
                av_dict_set(
                        option,
                        "max_pixels",
                        limits.maxPixels() + FrameStream.ALIGNMENT_PIXELS + "",
                        0);
                options.put(i, option);
            }
            // its result is no verdict: a stream that could not be probed may still decode
            avformat_find_stream_info(format, options);
            for (int i = 0; i < streams; i++) {
                av_dict_free(options.position(i));
            }
            options.position(0);
        }
        checkIo();
    }

    private void chooseStream() throws MediaException {
        int best = firstVideo();
        if (best < 0) {
            throw new MediaException(
                    Reason.NOT_MEDIA,
                    "could not decode ["
                            + source.name()
                            + "]: it holds no video stream; send a video or an image");
        }
        for (int i = 0; i < format.nb_streams(); i++) {
            if (i != best) {
                format.streams(i).discard(AVDISCARD_ALL);
            }
        }
        stream = format.streams(best);
        if (avcodec_find_decoder(codecParameters().codec_id()) == null) {
            throw new MediaException(
                    Reason.UNSUPPORTED,
                    "could not decode ["
                            + source.name()
                            + "]: unsupported codec ["
                            + codecName()
                            + "]; convert it, for example to H.264 in MP4");
        }
    }

    /**
     * The first video stream that is marked as default, or the first at all; not a cover picture.
     */
    private int firstVideo() {
        int first = -1;
        for (int i = format.nb_streams() - 1; i >= 0; i--) {
            AVStream candidate = format.streams(i);
            boolean video = candidate.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO;
            if (video && (candidate.disposition() & AV_DISPOSITION_ATTACHED_PIC) == 0) {
                boolean preferred = (candidate.disposition() & AV_DISPOSITION_DEFAULT) != 0;
                boolean known =
                        first >= 0
                                && (format.streams(first).disposition() & AV_DISPOSITION_DEFAULT)
                                        != 0;
                first = preferred || !known ? i : first;
            }
        }
        return first;
    }

    private void checkPixels(MediaLimits limits) throws MediaException {
        long width = codecParameters().width();
        long height = codecParameters().height();
        if (width * height > limits.maxPixels()) {
            throw Refusals.tooManyPixels(source.name(), width, height, limits);
        }
    }

    /**
     * The next packet of the video stream.
     *
     * @return false at the end, also where the rest can't be read as packets
     */
    boolean read(AVPacket packet) throws MediaException {
        int tries = 0;
        while (true) {
            deadline.check();
            int r = av_read_frame(format, packet);
            if (r >= 0 && packet.stream_index() == stream.index()) {
                return true;
            }
            if (r >= 0) {
                av_packet_unref(packet);
            } else if (r != avutil.AVERROR_EAGAIN() || ++tries > 100) {
                checkIo();
                damaged |= r != AVERROR_EOF;
                return false;
            }
        }
    }

    /** Goes to the last key frame at or before the time, in ticks; false if that failed. */
    boolean seek(long ticks) {
        return av_seek_frame(format, stream.index(), ticks, AVSEEK_FLAG_BACKWARD) >= 0;
    }

    /** Whether {@link #seek} wants decoding times, as MP4 keeps its index by them. */
    boolean seeksByDecodeTime() {
        return containerName().startsWith("mov");
    }

    /** Whether the container's times and key frames are good enough to seek by. */
    boolean seeksExactly() {
        boolean indexed =
                containerName().startsWith("mov")
                        || containerName().startsWith("matroska")
                        || containerName().equals("avi") && keyFramesOnly();
        return indexed && ONE_FRAME_PER_PACKET.contains(codecParameters().codec_id());
    }

    /**
     * From now on reads what packets there are, but not what is in them, where that can be told
     * apart and the file is large. Nothing can be decoded with this demuxer afterwards.
     */
    void leaveOutData() throws MediaException {
        if (source.size() > FfmpegBackend.SMALL_BYTES
                && containerName().startsWith("mov")
                && seeksExactly()) {
            io.leaveOut(MediaDataBoxes.of(source));
            // parsers would look for key frames in what is left out; a seek ends those at work
            format.flags(
                    format.flags()
                            | AVFormatContext.AVFMT_FLAG_NOPARSE
                            | AVFormatContext.AVFMT_FLAG_NOFILLIN);
            withoutData = seek(BEFORE_ALL_TICKS);
        }
    }

    /** Whether {@link #leaveOutData} took effect. */
    boolean withoutData() {
        return withoutData;
    }

    /** Whether every picture can be decoded alone. */
    boolean keyFramesOnly() {
        int codec = codecParameters().codec_id();
        return codec == AV_CODEC_ID_MJPEG || codec == AV_CODEC_ID_PRORES;
    }

    /** Whether pictures that no other one refers to can be told from their packet alone. */
    boolean skipsUnreferenced() {
        return seeksExactly() && codecParameters().codec_id() == AV_CODEC_ID_H264;
    }

    /** Whether this is a still picture. */
    boolean image() {
        return containerName().endsWith("_pipe") || kind.words().equals(FileKind.AVIF);
    }

    /** Whether this is a picture that may move: with one frame it is a still one. */
    boolean animation() {
        return containerName().equals("gif") || containerName().equals("apng");
    }

    private void checkIo() throws MediaException {
        if (io.failure() != null) {
            throw Refusals.unreadable(source.name(), io.failure());
        }
        deadline.check();
    }

    /** Whether the container broke before its end. */
    boolean damaged() {
        return damaged;
    }

    AVCodecParameters codecParameters() {
        return stream.codecpar();
    }

    /** Seconds per tick as a fraction. */
    AVRational timeBase() {
        return stream.time_base();
    }

    /** Frames per second as the container has it, or 25 (FFmpeg's own default) if it is silent. */
    double nominalRate() {
        AVRational rate = stream.avg_frame_rate();
        return rate.num() > 0 && rate.den() > 0 ? (double) rate.num() / rate.den() : 25;
    }

    String containerName() {
        return format.iformat().name().getString();
    }

    String codecName() {
        return avcodec_get_name(codecParameters().codec_id()).getString();
    }

    @Override
    public void close() {
        avformat_close_input(format);
        io.close();
    }
}
