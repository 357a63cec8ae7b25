package gyre.sys.posix;

import static gyre.natives.Layout.AF_INET;
import static gyre.natives.Layout.AF_INET6;
import static gyre.natives.Layout.AF_UNIX;
import static gyre.natives.Layout.F_DUPFD_CLOEXEC;
import static gyre.natives.Layout.F_GETFL;
import static gyre.natives.Layout.F_SETFL;
import static gyre.natives.Layout.IPPROTO_IPV6;
import static gyre.natives.Layout.IPPROTO_TCP;
import static gyre.natives.Layout.IPV6_V6ONLY;
import static gyre.natives.Layout.O_NONBLOCK;
import static gyre.natives.Layout.SOCK_CLOEXEC;
import static gyre.natives.Layout.SOCK_NONBLOCK;
import static gyre.natives.Layout.SOCK_STREAM;
import static gyre.natives.Layout.SOL_SOCKET;
import static gyre.natives.Layout.SO_ACCEPTCONN;
import static gyre.natives.Layout.SO_LINGER;
import static gyre.natives.Layout.SO_REUSEADDR;
import static gyre.natives.Layout.SO_TYPE;
import static gyre.natives.Layout.TCP_NODELAY;

import gyre.natives.Errno;
import gyre.natives.Libc;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;

/**
 * Opens and adopts, and sets what differs from the system's defaults: TCP does not wait to fill packets
 * ({@code TCP_NODELAY}), a TCP listener may bind where connections of its predecessor are still dying
 * ({@code SO_REUSEADDR}), and an IPv6 socket speaks IPv4 too, whatever the system's setting.
 */
final class Sockets {
    private Sockets() {}

    static PosixStream stream(ProtocolFamily family) throws IOException {
        int domain = domain(family);
        return prepared(new PosixStream(socket(domain), domain, null, false), domain);
    }

    static PosixListener listener(ProtocolFamily family) throws IOException {
        int domain = domain(family);
        return prepared(new PosixListener(socket(domain), domain, false), domain);
    }

    /** Duplicates a descriptor and finds out what it is. */
    static PosixSource adopt(int descriptor) throws IOException {
        int number = Libc.fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
        if (number < 0) {
            throw Failure.of(number, "duplicate descriptor " + descriptor);
        }
        try {
            return identified(number, descriptor);
        } catch (IOException | RuntimeException e) {
            Libc.close(number);
            throw e;
        }
    }

    private static PosixSource identified(int number, int descriptor) throws IOException {
        int flags = Libc.fcntl(number, F_GETFL, 0);
        int result = flags < 0 ? flags : Libc.fcntl(number, F_SETFL, flags | O_NONBLOCK);
        if (result < 0) {
            throw Failure.of(result, "make descriptor " + descriptor + " non-blocking");
        }
        PosixFile file = new PosixFile(number);
        if (SocketCalls.tryGet(number, SOL_SOCKET, SO_TYPE) == -Errno.ENOTSOCK) {
            return file;
        }
        int type = SocketCalls.get(file, SOL_SOCKET, SO_TYPE);
        int domain = SocketCalls.family(file);
        if (type != SOCK_STREAM || domain != AF_INET && domain != AF_INET6 && domain != AF_UNIX) {
            throw new UnsupportedOperationException(
                    "descriptor " + descriptor + " is a socket of family " + domain + " and type " + type
                            + ": of sockets only TCP and Unix streams and their listeners can be adopted");
        }
        boolean lingers = SocketCalls.get(file, SOL_SOCKET, SO_LINGER) != 0;
        if (SocketCalls.get(file, SOL_SOCKET, SO_ACCEPTCONN) != 0) {
            return noDelay(new PosixListener(number, domain, lingers), domain);
        }
        return noDelay(new PosixStream(number, domain, SocketCalls.peer(file), lingers), domain);
    }

    private static int socket(int domain) throws IOException {
        int number = Libc.socket(domain, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (number < 0) {
            throw Failure.of(number, "open " + SockAddr.describe(domain));
        }
        return number;
    }

    private static <S extends PosixSource> S prepared(S socket, int domain) throws IOException {
        try {
            if (domain == AF_INET6) {
                SocketCalls.set(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0);
            }
            if (domain != AF_UNIX && socket instanceof PosixListener) {
                SocketCalls.set(socket, SOL_SOCKET, SO_REUSEADDR, 1);
            }
            return noDelay(socket, domain);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static <S extends PosixSource> S noDelay(S socket, int domain) throws IOException {
        if (domain != AF_UNIX) {
            SocketCalls.set(socket, IPPROTO_TCP, TCP_NODELAY, 1);
        }
        return socket;
    }

    private static int domain(ProtocolFamily family) {
        if (family == StandardProtocolFamily.INET) {
            return AF_INET;
        }
        if (family == StandardProtocolFamily.INET6) {
            return AF_INET6;
        }
        if (family == StandardProtocolFamily.UNIX) {
            return AF_UNIX;
        }
        throw new UnsupportedOperationException(
                "no sockets of family " + family + ": INET, INET6 or UNIX can be named");
    }
}
