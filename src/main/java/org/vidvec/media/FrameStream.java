package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.util.function.LongPredicate;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.presets.avutil;
import org.vidvec.bitstream.Av1Size;
import org.vidvec.bitstream.Unreferenced;
import org.vidvec.media.MediaException.Reason;

/** The decoded frames of a stream in the order in which they are shown. */
final class FrameStream implements AutoCloseable {

    // below it, threads cost more processor time than the clock wins (decisions/0018)
    private static final int PIXELS_WORTH_THREADS = 480 * 270;
    private static final int MOST_THREADS = 4;

    /** FFmpeg counts rows as multiples of 64 pixels when it compares with a limit. */
    static final long ALIGNMENT_PIXELS = 64L * 65_536;

    // a decoder that only fails while it is drained is broken
    private static final int MOST_ERRORS_AT_END = 256;

    private final Demuxer demuxer;
    private final MediaLimits limits;
    private final boolean av1;
    private final boolean owned;
    private final AVCodecContext codec;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();
    private boolean atEnd;
    private int errorsAtEnd;
    private int errors;
    private Packets packets;

    /** A still picture's. */
    static FrameStream of(Demuxer demuxer, String name, MediaLimits limits) throws MediaException {
        return new FrameStream(demuxer, false, demuxer, name, limits, 0);
    }

    /**
     * @param demuxer says what the stream is
     * @param owned whether it is closed with this
     * @param packets of the stream
     * @param reorder frames that a decoder holds back at least
     * @throws MediaException if the codec can't be opened
     */
    FrameStream(
            Demuxer demuxer,
            boolean owned,
            Packets packets,
            String name,
            MediaLimits limits,
            int reorder)
            throws MediaException {
        this.demuxer = demuxer;
        this.owned = owned;
        this.packets = packets;
        this.limits = limits;
        this.av1 = demuxer.codecParameters().codec_id() == AV_CODEC_ID_AV1;
        AVCodec decoder = demuxer.decoder();
        this.codec = avcodec_alloc_context3(decoder);
        avcodec_parameters_to_context(codec, demuxer.codecParameters());
        codec.pkt_timebase(demuxer.timeBase());
        codec.max_pixels(limits.maxPixels() + ALIGNMENT_PIXELS);
        codec.thread_count(threads());
        if (demuxer.codecParameters().codec_id() == AV_CODEC_ID_H264) {
            // which its headers need not tell
            codec.has_b_frames(Math.max(codec.has_b_frames(), reorder));
        }
        if (demuxer.image()) {
            // half a picture is an error, half a video is not
            codec.err_recognition(AV_EF_EXPLODE);
        }
        if (avcodec_open2(codec, decoder, (AVDictionary) null) < 0) {
            MediaException refusal = refusal(name);
            close();
            throw refusal;
        }
    }

    private MediaException refusal(String name) {
        return new MediaException(
                Reason.UNSUPPORTED,
                "could not decode ["
                        + name
                        + "]: the decoder of ["
                        + demuxer.codecName()
                        + "] refuses this file");
    }

    private int threads() {
        long pixels = (long) codec.width() * codec.height();
        if (demuxer.traits().keyFramesOnly()) {
            // each is wanted or jumped over: nothing to do beside it
            return 1;
        }
        return pixels < PIXELS_WORTH_THREADS
                ? 1
                : Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Decodes on to the next frame, see {@link #frame}; damaged packets are passed over.
     *
     * @return false after the last frame
     */
    boolean next() throws MediaException {
        while (true) {
            // also while frames come without packets
            demuxer.checkTime();
            int r = avcodec_receive_frame(codec, frame);
            if (r >= 0) {
                return true;
            }
            if (r == AVERROR_EOF) {
                return false;
            }
            if (r != avutil.AVERROR_EAGAIN()) {
                errors++;
            }
            if (!atEnd) {
                feed();
            } else if (++errorsAtEnd > MOST_ERRORS_AT_END) {
                return false;
            }
        }
    }

    /**
     * Leaves out pictures that no other one refers to, unless they are wanted; all other pictures
     * stay as they would be.
     *
     * @param wanted by presentation time in ticks
     */
    void skipUnless(Unreferenced unreferenced, LongPredicate wanted) {
        packets = new ThinnedPackets(packets, unreferenced, wanted);
    }

    /** Goes on at a key frame; false if that failed. */
    boolean seek(PacketScan.Key key) {
        if (!packets.seek(key)) {
            return false;
        }
        avcodec_flush_buffers(codec);
        atEnd = false;
        errorsAtEnd = 0;
        return true;
    }

    private void feed() throws MediaException {
        if (packets.read(packet)) {
            checkSize();
            if (avcodec_send_packet(codec, packet) < 0) {
                errors++;
            }
            av_packet_unref(packet);
        } else {
            atEnd = true;
            avcodec_send_packet(codec, null);
        }
    }

    /** Before the decoder takes memory for it: libaom asks no limit of FFmpeg's. */
    private void checkSize() throws MediaException {
        long pixels = av1 ? Av1Size.pixels(ThinnedPackets.bytes(packet)) : 0;
        if (pixels > limits.maxPixels()) {
            av_packet_unref(packet);
            throw Refusals.tooManyPixels(demuxer.name(), pixels, limits);
        }
    }

    /** The frame that {@link #next} found; valid until the next call. */
    AVFrame frame() {
        return frame;
    }

    /** When the frame is shown, in ticks, or the given tick if the file does not say. */
    long tick(long otherwise) {
        long tick = frame.best_effort_timestamp();
        return tick == AV_NOPTS_VALUE ? otherwise : tick;
    }

    /** Whether packets could not be decoded, or the container broke before its end. */
    boolean damaged() {
        return errors > 0 || demuxer.damaged();
    }

    /** Packets that could not be decoded. */
    int errors() {
        return errors;
    }

    /** Frames that the decoder holds back, as far as it knows by now. */
    int reorder() {
        return codec.has_b_frames();
    }

    /** When the next frame is due if the file does not say. */
    long nextTick(Timeline before) {
        return tick(before.guess(demuxer.nominalRate()));
    }

    /** An empty timeline for these frames. */
    Timeline timeline() {
        return new Timeline(demuxer.timeBase());
    }

    @Override
    public void close() {
        av_frame_free(frame);
        av_packet_free(packet);
        avcodec_free_context(codec);
        if (owned) {
            demuxer.close();
        }
    }
}
