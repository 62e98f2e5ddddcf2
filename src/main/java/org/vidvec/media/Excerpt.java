package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_close_dyn_buf;
import static org.bytedeco.ffmpeg.global.avformat.avio_open_dyn_buf;
import static org.bytedeco.ffmpeg.global.avutil.av_free;

import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.vidvec.natives.NativeLibraries;

/** The first packets of a video as a file of the same kind, not coded anew. */
public final class Excerpt {

    // FFmpeg's writer for each of its readers
    private static final Map<String, String> WRITERS =
            Map.of(
                    "mov,mp4,m4a,3gp,3g2,mj2", "mp4",
                    "matroska,webm", "matroska",
                    "avi", "avi",
                    "mpegts", "mpegts",
                    "gif", "gif");

    private final NativeLibraries natives;
    private final MediaLimits limits;

    /** Loads nothing yet. */
    public Excerpt(NativeLibraries natives, MediaLimits limits) {
        this.natives = natives;
        this.limits = limits;
    }

    /**
     * @param packets how many; fewer if there are not as many
     * @return the file, or null for containers that are not written here
     * @throws MediaException if it is no video
     */
    public byte[] of(MediaSource source, int packets) throws MediaException {
        FileKind kind = FileKind.of(source);
        kind.require(source.name());
        FfmpegLibraries.load(natives);
        Deadline deadline = new Deadline(source.name(), limits.timeout());
        try (Demuxer demuxer = new VideoFile(source, kind, limits, deadline, true, false).open()) {
            String writer = WRITERS.get(demuxer.containerName());
            return writer == null ? null : copy(demuxer, writer, packets);
        }
    }

    private static byte[] copy(Demuxer from, String writer, int packets) throws MediaException {
        AVFormatContext to = new AVFormatContext(null);
        if (avformat_alloc_output_context2(to, (AVOutputFormat) null, writer, null) < 0) {
            return null;
        }
        AVIOContext buffer = new AVIOContext(null);
        avio_open_dyn_buf(buffer);
        to.pb(buffer);
        // otherwise Matroska gets a random number
        to.flags(to.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
        boolean written;
        try {
            written = write(from, to, packets);
        } finally {
            avformat_free_context(to);
        }
        return bytes(buffer, written);
    }

    private static boolean write(Demuxer from, AVFormatContext to, int packets)
            throws MediaException {
        AVStream stream = avformat_new_stream(to, null);
        avcodec_parameters_copy(stream.codecpar(), from.codecParameters());
        // tags differ from one container to the other
        stream.codecpar().codec_tag(0);
        stream.time_base(from.timeBase());
        if (avformat_write_header(to, (PointerPointer<AVDictionary>) null) < 0) {
            return false;
        }
        AVPacket packet = av_packet_alloc();
        try {
            for (int i = 0; i < packets && from.read(packet); i++) {
                av_packet_rescale_ts(packet, from.timeBase(), stream.time_base());
                packet.stream_index(0);
                av_interleaved_write_frame(to, packet);
                av_packet_unref(packet);
            }
        } finally {
            av_packet_free(packet);
        }
        return av_write_trailer(to) >= 0;
    }

    private static byte[] bytes(AVIOContext buffer, boolean written) {
        BytePointer data = new BytePointer((BytePointer) null);
        int size = avio_close_dyn_buf(buffer, data);
        byte[] bytes = new byte[size];
        data.get(bytes);
        av_free(data);
        return written ? bytes : null;
    }
}
