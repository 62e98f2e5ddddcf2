package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONREF;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
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
    private final AVCodecContext codec;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();
    private boolean atEnd;
    private int errorsAtEnd;
    private int errors;
    private LongPredicate wanted = tick -> true;

    /**
     * @throws MediaException if the codec can't be opened
     */
    FrameStream(Demuxer demuxer, String name, MediaLimits limits) throws MediaException {
        this.demuxer = demuxer;
        AVCodec decoder = avcodec_find_decoder(demuxer.codecParameters().codec_id());
        this.codec = avcodec_alloc_context3(decoder);
        avcodec_parameters_to_context(codec, demuxer.codecParameters());
        codec.pkt_timebase(demuxer.timeBase());
        codec.max_pixels(limits.maxPixels() + ALIGNMENT_PIXELS);
        codec.thread_count(threads());
        if (demuxer.image()) {
            // half a picture is an error, half a video is not
            codec.err_recognition(AV_EF_EXPLODE);
        }
        if (avcodec_open2(codec, decoder, (AVDictionary) null) < 0) {
            close();
            throw new MediaException(
                    Reason.UNSUPPORTED,
                    "could not decode ["
                            + name
                            + "]: the decoder of ["
                            + demuxer.codecName()
                            + "] refuses this file");
        }
    }

    private int threads() {
        long pixels = (long) codec.width() * codec.height();
        if (demuxer.keyFramesOnly()) {
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
    void skipUnless(LongPredicate wanted) {
        this.wanted = wanted;
    }

    private void feed() throws MediaException {
        if (demuxer.read(packet)) {
            codec.skip_frame(wanted.test(packet.pts()) ? AVDISCARD_DEFAULT : AVDISCARD_NONREF);
            if (avcodec_send_packet(codec, packet) < 0) {
                errors++;
            }
            av_packet_unref(packet);
        } else {
            atEnd = true;
            avcodec_send_packet(codec, null);
        }
    }

    /** Forgets what was decoded so far, after the demuxer went elsewhere. */
    void flush() {
        avcodec_flush_buffers(codec);
        atEnd = false;
        errorsAtEnd = 0;
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

    /** Packets that could not be decoded. */
    int errors() {
        return errors;
    }

    @Override
    public void close() {
        av_frame_free(frame);
        av_packet_free(packet);
        avcodec_free_context(codec);
    }
}
