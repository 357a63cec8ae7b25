package gyre.sys.nio;

import gyre.sys.Addresses;
import gyre.sys.BacklogFullException;
import gyre.sys.ResourceLimitException;
import gyre.sys.UnixNameAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;

/** The exceptions of java.nio with what it leaves out: what was tried, on which address, and which ones are a limit. */
final class Failures {
    /** In the words of glibc, then of musl. Of one class with the others there, so only the text tells. */
    private static final List<String> LIMITS = List.of(
            "Too many open files",
            "No file descriptors available",
            "No buffer space",
            "Cannot allocate memory",
            "Out of memory");

    private static final int MAX_PATH = 107;

    /** EAGAIN, in the words of both; where they are translated it stays what it is. */
    private static final String FULL = "Resource temporarily unavailable";

    private Failures() {}

    /** The same kind of exception with the message {@code "<action> <address>: <reason>"}. */
    static IOException of(String action, SocketAddress address, Exception cause) {
        String what = what(action, address);
        if (cause instanceof UnsupportedAddressTypeException) {
            throw new IllegalArgumentException(what + "not an address of this socket's family", cause);
        }
        if (address instanceof UnixDomainSocketAddress unix && tooLong(unix)) {
            throw new IllegalArgumentException(
                    "the path of a Unix socket has at most " + MAX_PATH + " bytes, this has " + bytes(unix) + ": "
                            + address,
                    cause);
        }
        if (!(cause instanceof SocketException)) {
            return cause instanceof IOException io && cause.getMessage() == null
                    ? io
                    : new IOException(what + cause.getMessage(), cause);
        }
        String message = what + cause.getMessage();
        IOException named;
        if (address instanceof UnixDomainSocketAddress && FULL.equals(cause.getMessage())) {
            named = new BacklogFullException(what + "the listener's queue is full");
        } else if (action.equals("bind")) {
            named = new BindException(message);
        } else if (cause instanceof PortUnreachableException) {
            named = new PortUnreachableException(what + "nobody listens there"); // it comes without words
        } else if (cause instanceof ConnectException) {
            named = new ConnectException(message);
        } else if (cause instanceof NoRouteToHostException) {
            named = new NoRouteToHostException(message);
        } else {
            named = new SocketException(message);
        }
        named.initCause(cause);
        return named;
    }

    /** By what the system may take at least: which failure it was, java.nio doesn't say but in words. */
    private static boolean tooLong(UnixDomainSocketAddress address) {
        return bytes(address) > MAX_PATH;
    }

    private static int bytes(UnixDomainSocketAddress address) {
        return address.getPath().toString().getBytes(Addresses.PATHS).length;
    }

    /** Refuses what java.nio does without a message, or has not. */
    static void checkKnown(String action, SocketAddress address) throws UnknownHostException {
        if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
            throw new UnknownHostException(what(action, address) + "the host name is not resolved");
        }
        if (address instanceof UnixNameAddress) {
            throw new UnsupportedOperationException(what(action, address)
                    + "the nio backend has no abstract names, as the JDK has none: epoll has them");
        }
    }

    /** A {@link ResourceLimitException} if that is what it is, else the same one. */
    static IOException limit(String action, IOException cause) {
        String reason = cause.getMessage();
        boolean limit =
                reason != null && (LIMITS.stream().anyMatch(reason::contains) || translated(cause) && !canOpen());
        if (!limit) {
            return cause;
        }
        IOException named = new ResourceLimitException(action + ": " + reason);
        named.initCause(cause);
        return named;
    }

    /** The text is in the system's language: what can't be read there can be tried. */
    private static boolean translated(IOException cause) {
        return cause.getClass() == SocketException.class || cause.getClass() == IOException.class;
    }

    private static boolean canOpen() {
        try {
            SocketChannel.open().close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static String what(String action, SocketAddress address) {
        return action + " " + Addresses.text(address) + ": ";
    }
}
