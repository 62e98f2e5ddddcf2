package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FORCE;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_SIZE;
import static org.bytedeco.ffmpeg.global.avformat.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_context_free;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Hands the bytes of a {@link MediaSource} to FFmpeg, which opens no file and no URL itself.
 *
 * <p>JavaCPP has ten native slots per kind of callback, so all decodes share one callback of each
 * kind and are told apart by the address of the one byte that each allocates.
 */
final class SourceIo implements AutoCloseable {

    private static final int BUFFER_BYTES = 256 << 10;

    // after a jump little may be wanted; twice as much each time that reading goes on
    private static final int FIRST_BYTES = 16 << 10;

    private static final Map<Long, SourceIo> OPEN = new ConcurrentHashMap<>();
    private static final Read READ = new Read();
    private static final Seek SEEK = new Seek();
    private static final Interrupt INTERRUPT = new Interrupt();

    private final MediaSource source;
    private final Deadline deadline;
    private final byte[] scratch = new byte[BUFFER_BYTES];
    private final BytePointer key = new BytePointer(1);
    private final AVIOContext context;
    private long position;
    private int stretch = FIRST_BYTES;
    private volatile Exception failure;
    private OpeningWatch watch;
    private MediaDataBoxes leftOut;

    SourceIo(MediaSource source, Deadline deadline) {
        this.source = source;
        this.deadline = deadline;
        this.watch = new OpeningWatch(source.name());
        OPEN.put(key.address(), this);
        BytePointer buffer = new BytePointer(av_malloc(BUFFER_BYTES));
        this.context = avio_alloc_context(buffer, BUFFER_BYTES, 0, key, READ, null, SEEK);
    }

    /** Makes FFmpeg read from here and ask the deadline while it works. */
    void attach(AVFormatContext format) {
        format.pb(context);
        format.flags(format.flags() | AVFormatContext.AVFMT_FLAG_CUSTOM_IO);
        AVIOInterruptCB interrupt = format.interrupt_callback();
        interrupt.callback(INTERRUPT);
        interrupt.opaque(key);
    }

    /** The headers have been read: what follows is not looked at. */
    void opened() {
        watch = null;
    }

    /** From now on these read as zeros, without the source. */
    void leaveOut(MediaDataBoxes boxes) {
        leftOut = boxes;
    }

    /** What went wrong in the source, or why FFmpeg gets no more of it; else null. */
    Exception failure() {
        return failure;
    }

    @Override
    public void close() {
        OPEN.remove(key.address());
        // FFmpeg may have exchanged the buffer for another
        av_free(context.buffer());
        avio_context_free(context);
        key.close();
    }

    private int read(BytePointer target, int size) throws IOException, MediaException {
        if (failure != null || deadline.over()) {
            return AVERROR_EXIT;
        }
        int wanted = Math.min(size, stretch);
        if (leftOut != null) {
            int zeros = (int) Math.min(size, leftOut.mediaFrom(position));
            if (zeros > 0) {
                Pointer.memset(target, 0, zeros);
                position += zeros;
                return zeros;
            }
            wanted = (int) Math.min(wanted, leftOut.othersFrom(position));
        }
        int n = source.read(position, scratch, 0, wanted);
        if (n <= 0) {
            return AVERROR_EOF;
        }
        if (watch != null) {
            watch.look(position, scratch, n);
        }
        target.put(scratch, 0, n);
        position += n;
        stretch = Math.min(2 * stretch, BUFFER_BYTES);
        return n;
    }

    private long seek(long offset, int whence) {
        long to =
                switch (whence & ~AVSEEK_FORCE) {
                    case 0 -> offset;
                    case 1 -> position + offset;
                    case 2 -> source.size() + offset;
                    default -> -1;
                };
        if (to >= 0 && to <= source.size()) {
            stretch = to == position ? stretch : FIRST_BYTES;
            position = to;
            return to;
        }
        return -1;
    }

    private static final class Read extends Read_packet_Pointer_BytePointer_int {
        @Override
        public int call(Pointer opaque, BytePointer target, int size) {
            SourceIo io = OPEN.get(opaque.address());
            // an exception must not fly through C code
            try {
                return io.read(target, size);
            } catch (IOException | MediaException | RuntimeException e) {
                io.failure = e;
            } catch (Throwable t) {
                io.failure = new IOException(t.toString());
            }
            return AVERROR_EXIT;
        }
    }

    private static final class Seek extends Seek_Pointer_long_int {
        @Override
        public long call(Pointer opaque, long offset, int whence) {
            SourceIo io = OPEN.get(opaque.address());
            try {
                return (whence & AVSEEK_SIZE) != 0 ? io.source.size() : io.seek(offset, whence);
            } catch (Throwable t) {
                io.failure = new IOException(t.toString());
                return -1;
            }
        }
    }

    private static final class Interrupt extends AVIOInterruptCB.Callback_Pointer {
        @Override
        public int call(Pointer opaque) {
            SourceIo io = OPEN.get(opaque.address());
            return io == null || io.deadline.over() ? 1 : 0;
        }
    }
}
