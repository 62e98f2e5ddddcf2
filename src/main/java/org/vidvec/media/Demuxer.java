package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP9;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BYTE;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entries_count;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entry;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.presets.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.vidvec.media.MediaException.Reason;

/** A container that lies open: its first video stream, packet by packet. */
final class Demuxer implements Packets, AutoCloseable {

    // what users send; nothing that names other files, URLs or devices (hls, dash, concat, sdp,
    // image2, tty, lavfi)
    private static final String CONTAINERS =
            "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,h264,hevc,m4v,ivf,obu,"
                    + "flv,ogg,asf,mxf,gif,apng,mjpeg,png_pipe,jpeg_pipe,webp_pipe,bmp_pipe,tiff_pipe";

    private static final int MOST_STREAMS = 64;

    // FFmpeg adds offsets to it, so not the least there is
    private static final long BEFORE_ALL_TICKS = -(1L << 50);
    private static final long AFTER_ALL_TICKS = 1L << 50;

    private final MediaSource source;
    private final FileKind kind;
    private final Deadline deadline;
    private final VideoFile file;
    private final SourceIo io;
    private final AVFormatContext format = avformat_alloc_context();
    private AVStream stream;
    private boolean damaged;
    private boolean asWritten;
    private boolean withoutData;

    private Demuxer(VideoFile file) {
        this.file = file;
        this.source = file.source();
        this.kind = file.kind();
        this.deadline = file.deadline();
        this.io = new SourceIo(source, deadline);
    }

    /**
     * Opens the container and finds its first video stream.
     *
     * @throws MediaException if it is not media, holds no video, or its frames are too large
     */
    static Demuxer open(VideoFile file) throws MediaException {
        Demuxer demuxer = new Demuxer(file);
        MediaLimits limits = file.limits();
        try {
            demuxer.openContainer();
            if (file.asWritten() && demuxer.describesItself()) {
                demuxer.takeAsWritten();
            } else {
                demuxer.probe(limits);
            }
            demuxer.chooseStream(limits);
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
        // nobody asks for it, and it would be looked for at the end of the file
        format.skip_estimate_duration_from_pts(1);
        AVDictionary options = new AVDictionary();
        av_dict_set(options, "protocol_whitelist", "", 0);
        av_dict_set(options, "format_whitelist", CONTAINERS, 0);
        int r = avformat_open_input(format, (String) null, null, options);
        av_dict_free(options);
        io.opened();
        checkIo();
        if (r < 0) {
            throw kind.encrypted(source) ? encrypted() : kind.refusal(source.name());
        }
    }

    private MediaException encrypted() {
        return new MediaException(
                Reason.UNSUPPORTED,
                "could not decode [" + source.name() + "]: it is encrypted; send it decrypted");
    }

    private boolean describesItself() {
        int video = firstVideo();
        if (video < 0 || kind.words().equals(FileKind.AVIF)) {
            return false;
        }
        AVCodecParameters parameters = format.streams(video).codecpar();
        return new StreamTraits(containerName(), parameters.codec_id()).selfDescribing(parameters);
    }

    /** Times and key frames as the container has them, without a look into the packets. */
    private void takeAsWritten() {
        asWritten = true;
        format.flags(
                format.flags()
                        | AVFormatContext.AVFMT_FLAG_NOPARSE
                        | AVFormatContext.AVFMT_FLAG_NOFILLIN);
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
                int codec = format.streams(i).codecpar().codec_id();
                if (codec == AV_CODEC_ID_AV1 || limits.allows(nameOf(codec)) == false) {
                    // not decoded before FrameStream has looked at the size, or never
                    av_dict_set(option, "codec_whitelist", "none", 0);
                }
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

    private void chooseStream(MediaLimits limits) throws MediaException {
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
        Refusals.checkCodec(source.name(), codecName(), decoder() != null, limits);
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

    @Override
    public boolean read(AVPacket packet) throws MediaException {
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

    @Override
    public boolean seek(PacketScan.Key key) {
        return traits().transportStream()
                ? av_seek_frame(format, -1, key.position(), AVSEEK_FLAG_BYTE) >= 0
                : seek(key.seekTicks());
    }

    /** Goes to the last key frame at or before the time, in ticks; false if that failed. */
    private boolean seek(long ticks) {
        return av_seek_frame(format, stream.index(), ticks, AVSEEK_FLAG_BACKWARD) >= 0;
    }

    /** Goes to the last key frame that the index or a look at the end of the file shows. */
    boolean seekToEnd() {
        return seek(AFTER_ALL_TICKS);
    }

    /**
     * An entry of the container's index.
     *
     * @param position in bytes, of the packet or what it lies in
     * @param tick of the packet
     * @param size in bytes, 0 if the index does not say
     */
    record IndexEntry(long position, long tick, int size, boolean key) {}

    /** What is known of the index by now. */
    List<IndexEntry> index() {
        List<IndexEntry> entries = new ArrayList<>();
        for (int i = 0; i < avformat_index_get_entries_count(stream); i++) {
            AVIndexEntry e = avformat_index_get_entry(stream, i);
            boolean key = (e.flags() & AVIndexEntry.AVINDEX_KEYFRAME) != 0;
            entries.add(new IndexEntry(e.pos(), e.timestamp(), e.size(), key));
        }
        return entries;
    }

    /** What may be relied on. */
    StreamTraits traits() {
        return new StreamTraits(containerName(), codecParameters().codec_id());
    }

    /**
     * From now on reads what packets there are, but not what is in them, where that can be told
     * apart and the file is large. Nothing can be decoded with this demuxer afterwards.
     */
    void leaveOutData() throws MediaException {
        if (!file.small() && traits().mp4() && traits().seeksExactly()) {
            io.leaveOut(MediaDataBoxes.of(source));
            // parsers would look for key frames in what is left out; a seek ends those at work
            takeAsWritten();
            withoutData = seek(BEFORE_ALL_TICKS);
        }
    }

    /** Whether {@link #leaveOutData} took effect. */
    boolean withoutData() {
        return withoutData;
    }

    /** Whether times and key frames are those of the container, nothing added. */
    boolean asWritten() {
        return asWritten;
    }

    /** Whether this is a still picture. */
    boolean image() {
        return containerName().endsWith("_pipe") || kind.words().equals(FileKind.AVIF);
    }

    private void checkIo() throws MediaException {
        if (io.failure() instanceof MediaException refusal) {
            throw refusal;
        }
        if (io.failure() != null) {
            throw Refusals.unreadable(source.name(), io.failure());
        }
        deadline.check();
    }

    /**
     * @throws MediaException if the time for all is over
     */
    void checkTime() throws MediaException {
        deadline.check();
    }

    /**
     * The decoder of the stream: of a WebM's second layer, its transparency, only libvpx's knows.
     *
     * @return null if there is none
     */
    AVCodec decoder() {
        AVCodec layered = null;
        if (hasAlphaLayer()) {
            boolean vp9 = codecParameters().codec_id() == AV_CODEC_ID_VP9;
            layered = avcodec_find_decoder_by_name(vp9 ? "libvpx-vp9" : "libvpx");
        }
        return layered == null ? avcodec_find_decoder(codecParameters().codec_id()) : layered;
    }

    /** Whether transparency comes as a video of its own beside the colours. */
    boolean hasAlphaLayer() {
        AVDictionaryEntry mode = av_dict_get(stream.metadata(), "alpha_mode", null, 0);
        return traits().vpx() && mode != null && mode.value().getString().equals("1");
    }

    /** How its pictures are meant to be shown. */
    Display display() {
        return image() || traits().animation()
                ? Display.AS_STORED
                : Display.video(stream.sample_aspect_ratio(), traits().alphaIsMeant());
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

    /** Whether the container says how many frames per second there are. */
    boolean tellsRate() {
        return stream.avg_frame_rate().num() > 0 && stream.avg_frame_rate().den() > 0;
    }

    /** Frames per second as the container has it, or 25 (FFmpeg's own default) if it is silent. */
    double nominalRate() {
        AVRational rate = stream.avg_frame_rate();
        return tellsRate() ? (double) rate.num() / rate.den() : 25;
    }

    /** The file's. */
    String name() {
        return source.name();
    }

    String containerName() {
        return format.iformat().name().getString();
    }

    String codecName() {
        return nameOf(codecParameters().codec_id());
    }

    private static String nameOf(int codec) {
        return avcodec_get_name(codec).getString();
    }

    @Override
    public void close() {
        avformat_close_input(format);
        io.close();
    }
}
