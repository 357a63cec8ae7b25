package gyre.sys.posix;

import static gyre.natives.Layout.AF_INET;
import static gyre.natives.Layout.AF_INET6;
import static gyre.natives.Layout.AF_UNIX;
import static gyre.natives.Layout.IPPROTO_IP;
import static gyre.natives.Layout.IPPROTO_IPV6;
import static gyre.natives.Layout.IPPROTO_TCP;
import static gyre.natives.Layout.IPPROTO_UDP;
import static gyre.natives.Layout.LINGER_LINGER;
import static gyre.natives.Layout.LINGER_ONOFF;
import static gyre.natives.Layout.LINGER_SIZE;
import static gyre.natives.Layout.SOL_SOCKET;
import static gyre.sys.NativeSocketOptions.IPV6_V6ONLY;
import static gyre.sys.NativeSocketOptions.IP_TTL;
import static gyre.sys.NativeSocketOptions.SO_BUSY_POLL;
import static gyre.sys.NativeSocketOptions.SO_INCOMING_CPU;
import static gyre.sys.NativeSocketOptions.TCP_DEFER_ACCEPT;
import static gyre.sys.NativeSocketOptions.TCP_FASTOPEN;
import static gyre.sys.NativeSocketOptions.TCP_FASTOPEN_CONNECT;
import static gyre.sys.NativeSocketOptions.TCP_INFO;
import static gyre.sys.NativeSocketOptions.TCP_MAXSEG;
import static gyre.sys.NativeSocketOptions.TCP_NOTSENT_LOWAT;
import static gyre.sys.NativeSocketOptions.TCP_USER_TIMEOUT;
import static gyre.sys.NativeSocketOptions.UDP_GRO;
import static java.net.StandardSocketOptions.IP_MULTICAST_IF;
import static java.net.StandardSocketOptions.IP_MULTICAST_LOOP;
import static java.net.StandardSocketOptions.IP_MULTICAST_TTL;
import static java.net.StandardSocketOptions.IP_TOS;
import static java.net.StandardSocketOptions.SO_BROADCAST;
import static java.net.StandardSocketOptions.SO_KEEPALIVE;
import static java.net.StandardSocketOptions.SO_LINGER;
import static java.net.StandardSocketOptions.SO_RCVBUF;
import static java.net.StandardSocketOptions.SO_REUSEADDR;
import static java.net.StandardSocketOptions.SO_REUSEPORT;
import static java.net.StandardSocketOptions.SO_SNDBUF;
import static java.net.StandardSocketOptions.TCP_NODELAY;
import static jdk.net.ExtendedSocketOptions.TCP_KEEPCOUNT;
import static jdk.net.ExtendedSocketOptions.TCP_KEEPIDLE;
import static jdk.net.ExtendedSocketOptions.TCP_KEEPINTERVAL;
import static jdk.net.ExtendedSocketOptions.TCP_QUICKACK;

import gyre.natives.Layout;
import gyre.natives.Platform;
import gyre.sys.RawSocketOption;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which options a kind of socket has, under which numbers and in which bounds. The kernel reports buffer sizes doubled. */
final class PosixOptions {
    /**
     * An option's numbers, and the bounds of its value; a flag's are not looked at.
     *
     * @param ipv4 the number for the IPv4 side of an IPv6 socket, which only Linux has, or 0
     */
    private record Row(int level, int number, int min, int max, int ipv4) {
        Row(int level, int number, int min, int max) {
            this(level, number, min, max, 0);
        }

        /** One that IPv4 and IPv6 have both. */
        static Row of(int domain, int ipv4, int ipv6, int min, int max) {
            return domain == AF_INET
                    ? new Row(IPPROTO_IP, ipv4, min, max)
                    : new Row(IPPROTO_IPV6, ipv6, min, max, Platform.LINUX ? ipv4 : 0);
        }
    }

    private static final Row SEND_BUFFER = new Row(SOL_SOCKET, Layout.SO_SNDBUF, 1, Integer.MAX_VALUE);
    private static final Row RECEIVE_BUFFER = new Row(SOL_SOCKET, Layout.SO_RCVBUF, 1, Integer.MAX_VALUE);
    private static final Row REUSE_ADDRESS = new Row(SOL_SOCKET, Layout.SO_REUSEADDR, 0, 1);
    private static final Row REUSE_PORT = new Row(SOL_SOCKET, Layout.SO_REUSEPORT, 0, 1);
    private static final Row LINGER = new Row(SOL_SOCKET, Layout.SO_LINGER, Integer.MIN_VALUE, 65_535);

    private static final Row ONLY_IPV6 = new Row(IPPROTO_IPV6, Layout.IPV6_V6ONLY, 0, 1);

    private static final PosixOptions UNIX_STREAM =
            new PosixOptions(Map.of(SO_SNDBUF, SEND_BUFFER, SO_RCVBUF, RECEIVE_BUFFER, SO_LINGER, LINGER));
    private static final PosixOptions TCP4_STREAM = tcpStream(AF_INET);
    private static final PosixOptions TCP6_STREAM = tcpStream(AF_INET6);
    private static final PosixOptions UNIX_LISTENER = new PosixOptions(Map.of(SO_RCVBUF, RECEIVE_BUFFER));
    private static final PosixOptions TCP4_LISTENER = tcpListener(AF_INET);
    private static final PosixOptions TCP6_LISTENER = tcpListener(AF_INET6);
    private static final PosixOptions UNIX_PACKET =
            new PosixOptions(Map.of(SO_SNDBUF, SEND_BUFFER, SO_RCVBUF, RECEIVE_BUFFER));
    private static final PosixOptions UDP4_PACKET = packet(AF_INET);
    private static final PosixOptions UDP6_PACKET = packet(AF_INET6);

    private final Map<SocketOption<?>, Row> rows;

    private PosixOptions(Map<SocketOption<?>, Row> rows) {
        this.rows = rows.entrySet().stream()
                .filter(row -> row.getValue().number != Layout.ABSENT)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static PosixOptions tcpStream(int domain) {
        Map<SocketOption<?>, Row> rows = tcp(domain);
        rows.put(SO_SNDBUF, SEND_BUFFER);
        rows.put(SO_LINGER, LINGER);
        rows.put(SO_KEEPALIVE, new Row(SOL_SOCKET, Layout.SO_KEEPALIVE, 0, 1));
        rows.put(TCP_NODELAY, new Row(IPPROTO_TCP, Layout.TCP_NODELAY, 0, 1));
        rows.put(TCP_QUICKACK, new Row(IPPROTO_TCP, Layout.TCP_QUICKACK, 0, 1));
        rows.put(TCP_KEEPIDLE, new Row(IPPROTO_TCP, Layout.TCP_KEEPIDLE, 1, 32_767));
        rows.put(TCP_KEEPINTERVAL, new Row(IPPROTO_TCP, Layout.TCP_KEEPINTVL, 1, 32_767));
        rows.put(TCP_KEEPCOUNT, new Row(IPPROTO_TCP, Layout.TCP_KEEPCNT, 1, 127));
        rows.put(TCP_FASTOPEN_CONNECT, new Row(IPPROTO_TCP, Layout.TCP_FASTOPEN_CONNECT, 0, 1));
        // FreeBSD has one by this name too, with something else in it.
        rows.put(TCP_INFO, new Row(IPPROTO_TCP, Platform.LINUX ? Layout.TCP_INFO : Layout.ABSENT, 0, 0));
        rows.put(IP_TOS, Row.of(domain, Layout.IP_TOS, Layout.IPV6_TCLASS, 0, 255));
        return new PosixOptions(rows);
    }

    private static PosixOptions tcpListener(int domain) {
        Map<SocketOption<?>, Row> rows = tcp(domain);
        rows.put(TCP_FASTOPEN, new Row(IPPROTO_TCP, Layout.TCP_FASTOPEN, 0, Integer.MAX_VALUE));
        rows.put(TCP_DEFER_ACCEPT, new Row(IPPROTO_TCP, Layout.TCP_DEFER_ACCEPT, 0, Integer.MAX_VALUE));
        return new PosixOptions(rows);
    }

    /** What streams and listeners have both. */
    private static Map<SocketOption<?>, Row> tcp(int domain) {
        Map<SocketOption<?>, Row> rows = ip(domain);
        rows.put(TCP_MAXSEG, new Row(IPPROTO_TCP, Layout.TCP_MAXSEG, 88, 32_767));
        rows.put(TCP_NOTSENT_LOWAT, new Row(IPPROTO_TCP, Layout.TCP_NOTSENT_LOWAT, 0, Integer.MAX_VALUE));
        rows.put(TCP_USER_TIMEOUT, new Row(IPPROTO_TCP, Layout.TCP_USER_TIMEOUT, 0, Integer.MAX_VALUE));
        return rows;
    }

    private static PosixOptions packet(int domain) {
        Map<SocketOption<?>, Row> rows = ip(domain);
        rows.put(SO_SNDBUF, SEND_BUFFER);
        rows.put(UDP_GRO, new Row(IPPROTO_UDP, Layout.UDP_GRO, 0, 1));
        rows.put(SO_BROADCAST, new Row(SOL_SOCKET, Layout.SO_BROADCAST, 0, 1));
        rows.put(IP_TOS, Row.of(domain, Layout.IP_TOS, Layout.IPV6_TCLASS, 0, 255));
        rows.put(IP_MULTICAST_IF, Row.of(domain, Layout.IP_MULTICAST_IF, Layout.IPV6_MULTICAST_IF, 0, 0));
        rows.put(IP_MULTICAST_TTL, Row.of(domain, Layout.IP_MULTICAST_TTL, Layout.IPV6_MULTICAST_HOPS, 0, 255));
        rows.put(IP_MULTICAST_LOOP, Row.of(domain, Layout.IP_MULTICAST_LOOP, Layout.IPV6_MULTICAST_LOOP, 0, 1));
        return new PosixOptions(rows);
    }

    /** What everything over IP has. */
    private static Map<SocketOption<?>, Row> ip(int domain) {
        Map<SocketOption<?>, Row> rows = new HashMap<>();
        rows.put(SO_RCVBUF, RECEIVE_BUFFER);
        rows.put(SO_REUSEADDR, REUSE_ADDRESS);
        rows.put(SO_REUSEPORT, REUSE_PORT);
        rows.put(SO_BUSY_POLL, new Row(SOL_SOCKET, Layout.SO_BUSY_POLL, 0, Integer.MAX_VALUE));
        rows.put(SO_INCOMING_CPU, new Row(SOL_SOCKET, Layout.SO_INCOMING_CPU, -1, Integer.MAX_VALUE));
        rows.put(IP_TTL, Row.of(domain, Layout.IP_TTL, Layout.IPV6_UNICAST_HOPS, 1, 255));
        if (domain == AF_INET6) {
            rows.put(IPV6_V6ONLY, ONLY_IPV6);
        }
        return rows;
    }

    static PosixOptions ofStream(int domain) {
        return domain == AF_UNIX ? UNIX_STREAM : domain == AF_INET ? TCP4_STREAM : TCP6_STREAM;
    }

    static PosixOptions ofListener(int domain) {
        return domain == AF_UNIX ? UNIX_LISTENER : domain == AF_INET ? TCP4_LISTENER : TCP6_LISTENER;
    }

    static PosixOptions ofPacket(int domain) {
        return domain == AF_UNIX ? UNIX_PACKET : domain == AF_INET ? UDP4_PACKET : UDP6_PACKET;
    }

    Set<SocketOption<?>> supported() {
        return rows.keySet();
    }

    /** Whether {@code SO_LINGER} is what is set here, under whatever name. */
    static boolean isLinger(SocketOption<?> option) {
        return option == SO_LINGER
                || option instanceof RawSocketOption<?> raw
                        && raw.level() == LINGER.level
                        && raw.number() == LINGER.number;
    }

    <T> void set(PosixSource socket, SocketOption<T> option, @Nullable T value) throws IOException {
        if (option instanceof RawSocketOption<T> raw) {
            RawOptions.set(socket, raw, value);
            return;
        }
        Row row = row(option);
        if (option == TCP_INFO) {
            throw new UnsupportedOperationException("TCP_INFO can only be read");
        }
        if (value instanceof Boolean flag) {
            set(socket, option, row, flag ? 1 : 0);
            return;
        }
        if (value instanceof NetworkInterface network) {
            Multicast.sendBy(socket, row.level, network);
            return;
        }
        // Two ways to say "off".
        int number = value == null && row == LINGER ? -1 : number(option, value);
        if (number < row.min) {
            throw new IllegalArgumentException(option.name() + " must be at least " + row.min + ": " + number);
        }
        if (number > row.max) {
            throw new IllegalArgumentException(option.name() + " must be at most " + row.max + ": " + number);
        }
        if (row == LINGER) {
            ByteBuffer scratch = Scratch.get();
            scratch.putInt(Scratch.VALUE + LINGER_ONOFF, number < 0 ? 0 : 1);
            scratch.putInt(Scratch.VALUE + LINGER_LINGER, Math.max(number, 0));
            OptionCalls.set(socket, option, row.level, row.number, Scratch.VALUE, LINGER_SIZE);
        } else {
            set(socket, option, row, number);
        }
    }

    private static void set(PosixSource socket, SocketOption<?> option, Row row, int value) throws IOException {
        OptionCalls.set(socket, option, row.level, row.number, value);
        if (row.ipv4 != 0) {
            OptionCalls.set(socket, option, IPPROTO_IP, row.ipv4, value);
        }
    }

    <T> @Nullable T get(PosixSource socket, SocketOption<T> option) throws IOException {
        if (option instanceof RawSocketOption<T> raw) {
            return RawOptions.get(socket, raw);
        }
        Row row = row(option);
        if (option == TCP_INFO) {
            return option.type().cast(TcpInfoOption.get(socket));
        }
        if (option.type() == NetworkInterface.class) {
            return option.type().cast(Multicast.sendsBy(socket, row.level));
        }
        int value = OptionCalls.get(socket, option, row.level, row.number, LINGER_SIZE);
        if (option.type() == Boolean.class) {
            return option.type().cast(value != 0);
        }
        if (row == LINGER) {
            return value == 0 ? null : option.type().cast(Scratch.get().getInt(Scratch.VALUE + LINGER_LINGER));
        }
        return option.type().cast(value);
    }

    private Row row(SocketOption<?> option) {
        Row row = rows.get(option);
        if (row == null) {
            throw new UnsupportedOperationException("no option " + option.name() + " here, only " + supported());
        }
        return row;
    }

    private static int number(SocketOption<?> option, @Nullable Object value) {
        if (value instanceof Integer number) {
            return number;
        }
        throw new IllegalArgumentException(
                option.name() + " must be an " + option.type().getSimpleName() + ": " + value);
    }
}
