package org.vidvec.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback address. */
public final class Ports {

    private Ports() {}

    /** A port that nobody listens on now. */
    public static int free() throws NodeException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new NodeException("this machine has no free port on its loopback address", e);
        }
    }

    /** {@code preferred}, or another free one if somebody listens on it. */
    public static int freeOr(int preferred) throws NodeException {
        return isFree(preferred) ? preferred : free();
    }

    /** Whether a node could listen on {@code port}. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // as a server does: a port of a connection that has just been closed counts as free
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
