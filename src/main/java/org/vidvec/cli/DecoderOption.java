package org.vidvec.cli;

import java.nio.file.Path;
import org.vidvec.media.MediaBackend;
import org.vidvec.media.MediaReader;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import org.vidvec.sidecar.SidecarBackend;
import picocli.CommandLine.Option;

/** Which decoder a command uses. */
final class DecoderOption {

    @Option(
            names = "--decoder",
            paramLabel = "SOCKET",
            description = "Have the process of [vidvec decoder --socket SOCKET] decode.")
    private Path socket;

    /** The one in this process, unless a socket is named. */
    MediaBackend backend() throws NativeLibraryException {
        return socket == null
                ? new MediaReader(NativeLibraries.fromSystemProperty())
                : new SidecarBackend(socket);
    }
}
