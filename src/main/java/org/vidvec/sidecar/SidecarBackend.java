package org.vidvec.sidecar;

import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.vidvec.media.Clip;
import org.vidvec.media.MediaBackend;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaException.Reason;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.MediaSource;
import org.vidvec.media.Sampling;
import org.vidvec.media.Window;
import org.vidvec.media.WindowRequest;

/**
 * Has a {@link DecoderServer} in another process decode. If that process dies, the files that it
 * had in hand fail, each by its name, and the next ones find the process that was started in its
 * place.
 */
public final class SidecarBackend implements MediaBackend {

    private static final Logger LOG = System.getLogger(SidecarBackend.class.getName());

    /** What the decoder may take beyond the time limit, which it watches itself. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Path socket;
    private final Duration grace;

    /**
     * @param socket that the decoder listens at; connected to for each file
     */
    public SidecarBackend(Path socket) {
        this(socket, GRACE);
    }

    /**
     * @param grace for the decoder, beyond the time limit
     */
    SidecarBackend(Path socket, Duration grace) {
        this.socket = socket;
        this.grace = grace;
    }

    @Override
    public Clip read(MediaSource source, Sampling sampling, MediaLimits limits)
            throws MediaException {
        HeldFrames frames = new HeldFrames(window -> {});
        Request request =
                out -> {
                    out.writeByte(Protocol.CLIP);
                    Protocol.write(out, sampling);
                };
        MediaInfo info = ask(source, limits, request, frames);
        if (frames.all().isEmpty()) {
            throw failed(source, "it sent no frame");
        }
        return new Clip(info, frames.all());
    }

    @Override
    public MediaInfo windows(
            MediaSource source, WindowRequest request, MediaLimits limits, Consumer<Window> taker)
            throws MediaException {
        Request wanted =
                out -> {
                    out.writeByte(Protocol.WINDOWS);
                    Protocol.write(out, request);
                };
        return ask(source, limits, wanted, new HeldFrames(taker));
    }

    /** What is wanted of a file. */
    private interface Request {
        void write(DataOutputStream out) throws IOException;
    }

    private MediaInfo ask(
            MediaSource source, MediaLimits limits, Request request, HeldFrames frames)
            throws MediaException {
        try (Wire wire = connect(source.name(), limits.timeout().plus(grace))) {
            DataOutputStream out = wire.out();
            out.writeInt(Protocol.MAGIC);
            out.writeUTF(source.name());
            out.writeLong(source.size());
            Protocol.write(out, limits);
            request.write(out);
            out.flush();
            return new Exchange(wire, source, frames).run();
        } catch (SocketTimeoutException e) {
            throw tookLonger(source, limits);
        } catch (IOException | IllegalArgumentException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new MediaException(
                        Reason.DECODER, "decoding [" + source.name() + "] was cancelled");
            }
            LOG.log(Level.WARNING, "the decoder at [{0}] failed: [{1}]", socket, e);
            throw failed(source, "it ended while it had this file in hand [" + e + "]");
        }
    }

    private Wire connect(String name, Duration patience) throws MediaException {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new Wire(channel, patience);
        } catch (IOException | RuntimeException e) {
            close(channel);
            LOG.log(Level.WARNING, "no decoder at [{0}]: [{1}]", socket, e);
            throw unreachable(name, e);
        }
    }

    private MediaException unreachable(String name, Exception e) {
        boolean forbidden = String.valueOf(e.getMessage()).contains("[outbound_network]");
        String wayOut =
                !forbidden
                        ? "start [vidvec-decoder --socket " + socket + "]"
                        : "let the plugin connect: [vidvec-decoder --jvm-option VERSION] prints a"
                                + " line for the node's config/jvm.options.d";
        return new MediaException(
                Reason.DECODER,
                "could not decode ["
                        + name
                        + "]: there is no decoder at ["
                        + socket
                        + "] ["
                        + e.getMessage()
                        + "]; "
                        + wayOut
                        + ", or set [vidvec.media.decoder] to [in_process]");
    }

    private static void close(SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a socket could not be closed", e);
        }
    }

    private static MediaException tookLonger(MediaSource source, MediaLimits limits) {
        return new MediaException(
                Reason.OVER_LIMIT,
                "decoding ["
                        + source.name()
                        + "] takes longer than the limit of ["
                        + limits.timeout().toSeconds()
                        + "s] set by [vidvec.media.decode_timeout], and the decoder did not stop;"
                        + " shorten or simplify the file");
    }

    private MediaException failed(MediaSource source, String why) {
        return new MediaException(
                Reason.DECODER,
                "could not decode ["
                        + source.name()
                        + "]: the decoder at ["
                        + socket
                        + "] failed: "
                        + why
                        + "; its own log says more");
    }
}
