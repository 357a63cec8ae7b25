package gyre.sys;

import java.net.SocketOption;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Options of sockets for which the JDK has no constant. Each says which systems have it: there the POSIX backends, epoll and
 * kqueue, do too. The nio backend has none of them and says so, by an {@link UnsupportedOperationException}.
 *
 * <p>What is set on a listener is handed down to the connections that it accepts, unless it concerns the accepting itself.
 * Of the JDK's own, {@link java.net.StandardSocketOptions#TCP_NODELAY} is on unless it is switched off,
 * {@link java.net.StandardSocketOptions#SO_REUSEPORT} lets several listeners share a port, and keep-alive is tuned by
 * {@link jdk.net.ExtendedSocketOptions}, on every backend. {@link jdk.net.ExtendedSocketOptions#TCP_QUICKACK} is no setting
 * to rely on: Linux delays acknowledgements again when it thinks fit, so it has to be set anew after reads.
 */
public final class NativeSocketOptions {
    private static final Set<SocketOption<?>> ALL = new LinkedHashSet<>();

    /** How many routers may pass a packet on that goes to one host, from 1 to 255; multicast has its own option. */
    public static final SocketOption<Integer> IP_TTL = option("IP_TTL", Integer.class);

    /**
     * Whether an IPv6 socket leaves IPv4 alone, so that another one can have the same port there. To be set before it is
     * bound. Off unless set, whatever the system's default.
     */
    public static final SocketOption<Boolean> IPV6_V6ONLY = option("IPV6_V6ONLY", Boolean.class);

    /**
     * Whether datagrams of equal length that came from one sender, one right after another, may be received as one, the
     * last perhaps shorter: {@link PacketSocket#segmentSize} tells where they are to be cut. Linux only. Who switches it on
     * receives with room for 64 KiB, or loses what has none.
     */
    public static final SocketOption<Boolean> UDP_GRO = option("UDP_GRO", Boolean.class);

    /**
     * For how many microseconds, from 0, a call that finds nothing asks the network card itself instead of waiting for its
     * interrupt. Sockets here never wait, so a read asks once; whether the loop's own waiting asks too is the system's
     * setting {@code net.core.busy_poll}. Costs CPU, saves an interrupt's delay. Any IP socket on Linux, if its network
     * driver can; raising it needs {@code CAP_NET_ADMIN}.
     */
    public static final SocketOption<Integer> SO_BUSY_POLL = option("SO_BUSY_POLL", Integer.class);

    /**
     * The CPU that has last received for this socket, −1 if none has: where best to serve it. Set on listeners and UDP
     * sockets that share a port ({@code SO_REUSEPORT}), it is the CPU whose packets the socket prefers, −1 for any; to be set
     * before binding. Any IP socket on Linux.
     */
    public static final SocketOption<Integer> SO_INCOMING_CPU = option("SO_INCOMING_CPU", Integer.class);

    /**
     * How many bytes, from 0, may wait in the socket unsent before it takes no more; 0 is the system's default, which is
     * next to no bound. Of use where what is to be sent may still change, or its order: it then waits with the program, not
     * in the kernel. 16 to 128 KiB cost no throughput on most paths. TCP on Linux and macOS.
     */
    public static final SocketOption<Integer> TCP_NOTSENT_LOWAT = option("TCP_NOTSENT_LOWAT", Integer.class);

    /**
     * After how many milliseconds, from 0, without an acknowledgement of what was sent the connection fails; 0 is the
     * system's default, on Linux about 15 minutes. It bounds keep-alive as well: with it on, the first probe that stays
     * unanswered this long ends the connection. TCP on Linux.
     */
    public static final SocketOption<Integer> TCP_USER_TIMEOUT = option("TCP_USER_TIMEOUT", Integer.class);

    /**
     * How many connections may wait at a listener whose first data came along with the request to connect, from 0, which
     * switches that off: a client that was here before then needs one round trip less. The system has to allow it, Linux by
     * bit 2 of {@code net.ipv4.tcp_fastopen}, and cuts the number to {@code net.core.somaxconn}. The first data may be
     * delivered twice: only for what may be asked twice. TCP listeners on Linux and FreeBSD; on macOS only 0 or 1, and only
     * once it listens.
     */
    public static final SocketOption<Integer> TCP_FASTOPEN = option("TCP_FASTOPEN", Integer.class);

    /**
     * Whether a connect to a server that allows it, and was connected to before, sends nothing itself, so that the request
     * travels with the first write; to be set before connecting. It then succeeds at once, whoever is there: that nobody is
     * shows at the first write or read. Only for connections that this side writes to first, as who reads first waits for a
     * server that was not told. TCP streams on Linux.
     */
    public static final SocketOption<Boolean> TCP_FASTOPEN_CONNECT = option("TCP_FASTOPEN_CONNECT", Boolean.class);

    /**
     * For how many seconds, from 0, which is off, a connection may be kept from being accepted until its first data has
     * come: who is woken then has something to read. The system rounds up to its own steps. Only for protocols in which the
     * client speaks first. TCP listeners on Linux.
     */
    public static final SocketOption<Integer> TCP_DEFER_ACCEPT = option("TCP_DEFER_ACCEPT", Integer.class);

    /**
     * The most bytes that a segment carries, from 88 to 32,767; to be set before connecting or listening. What is read of a
     * connection is the size that is in use, which depends on the path. TCP on any system.
     */
    public static final SocketOption<Integer> TCP_MAXSEG = option("TCP_MAXSEG", Integer.class);

    /** What the system knows of a TCP stream at this moment; can only be read. Linux only. */
    public static final SocketOption<TcpInfo> TCP_INFO = option("TCP_INFO", TcpInfo.class);

    private NativeSocketOptions() {}

    /** All of the constants here, whatever this system has of them. */
    public static Set<SocketOption<?>> all() {
        return Collections.unmodifiableSet(ALL);
    }

    /**
     * An option that has no constant, with an {@code int} as its value, by the numbers that the system's headers give it.
     * Neither is looked at, nor is the value: to be used with the system's manual at hand. POSIX backends only;
     * {@code options()} does not list it. Where the system does not know it, setting and reading throw
     * {@link UnsupportedOperationException}; other refusals are {@link java.io.IOException}s with the system's reason.
     *
     * @param level as {@code SOL_SOCKET}
     * @param number as {@code SO_PRIORITY}
     */
    public static SocketOption<Integer> raw(int level, int number) {
        return new RawSocketOption<>(Integer.class, level, number, Integer.BYTES);
    }

    /**
     * Like {@link #raw}, with any structure or text as its value, in the system's own byte order. What is read has as many
     * bytes as the system gave.
     *
     * @param length the most bytes that a value has, from 1 to {@value RawSocketOption#MAX_LENGTH}
     * @throws IllegalArgumentException if the length is out of its range
     */
    public static SocketOption<byte[]> rawBytes(int level, int number, int length) {
        return new RawSocketOption<>(byte[].class, level, number, length);
    }

    private static <T> SocketOption<T> option(String name, Class<T> type) {
        SocketOption<T> option = new Option<>(name, type);
        ALL.add(option);
        return option;
    }

    private record Option<T>(String name, Class<T> type) implements SocketOption<T> {
        @Override
        public String toString() {
            return name;
        }
    }
}
