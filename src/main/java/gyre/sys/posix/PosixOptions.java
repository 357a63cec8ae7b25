package gyre.sys.posix;

import static gyre.natives.Layout.AF_INET;
import static gyre.natives.Layout.AF_UNIX;
import static gyre.natives.Layout.IPPROTO_IP;
import static gyre.natives.Layout.IPPROTO_IPV6;
import static gyre.natives.Layout.IPPROTO_TCP;
import static gyre.natives.Layout.LINGER_LINGER;
import static gyre.natives.Layout.LINGER_ONOFF;
import static gyre.natives.Layout.LINGER_SIZE;
import static gyre.natives.Layout.SOL_SOCKET;
import static java.net.StandardSocketOptions.IP_TOS;
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
import java.io.IOException;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which options a kind of socket has, under which numbers and in which bounds. The kernel reports buffer sizes doubled. */
final class PosixOptions {
    /** An option's numbers, and the bounds of its value; a flag's are not looked at. */
    private record Row(int level, int number, int min, int max) {}

    private static final Row SEND_BUFFER = new Row(SOL_SOCKET, Layout.SO_SNDBUF, 1, Integer.MAX_VALUE);
    private static final Row RECEIVE_BUFFER = new Row(SOL_SOCKET, Layout.SO_RCVBUF, 1, Integer.MAX_VALUE);
    private static final Row REUSE_ADDRESS = new Row(SOL_SOCKET, Layout.SO_REUSEADDR, 0, 1);
    private static final Row REUSE_PORT = new Row(SOL_SOCKET, Layout.SO_REUSEPORT, 0, 1);
    private static final Row LINGER = new Row(SOL_SOCKET, Layout.SO_LINGER, Integer.MIN_VALUE, 65_535);

    private static final PosixOptions UNIX_STREAM =
            new PosixOptions(Map.of(SO_SNDBUF, SEND_BUFFER, SO_RCVBUF, RECEIVE_BUFFER, SO_LINGER, LINGER));
    private static final PosixOptions TCP4_STREAM = tcpStream(new Row(IPPROTO_IP, Layout.IP_TOS, 0, 255));
    private static final PosixOptions TCP6_STREAM = tcpStream(new Row(IPPROTO_IPV6, Layout.IPV6_TCLASS, 0, 255));
    private static final PosixOptions UNIX_LISTENER = new PosixOptions(Map.of(SO_RCVBUF, RECEIVE_BUFFER));
    private static final PosixOptions TCP_LISTENER =
            new PosixOptions(Map.of(SO_RCVBUF, RECEIVE_BUFFER, SO_REUSEADDR, REUSE_ADDRESS, SO_REUSEPORT, REUSE_PORT));

    private final Map<SocketOption<?>, Row> rows;

    private PosixOptions(Map<SocketOption<?>, Row> rows) {
        this.rows = rows.entrySet().stream()
                .filter(row -> row.getValue().number != Layout.ABSENT)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static PosixOptions tcpStream(Row typeOfService) {
        return new PosixOptions(Map.ofEntries(
                Map.entry(SO_SNDBUF, SEND_BUFFER),
                Map.entry(SO_RCVBUF, RECEIVE_BUFFER),
                Map.entry(SO_REUSEADDR, REUSE_ADDRESS),
                Map.entry(SO_REUSEPORT, REUSE_PORT),
                Map.entry(SO_LINGER, LINGER),
                Map.entry(SO_KEEPALIVE, new Row(SOL_SOCKET, Layout.SO_KEEPALIVE, 0, 1)),
                Map.entry(TCP_NODELAY, new Row(IPPROTO_TCP, Layout.TCP_NODELAY, 0, 1)),
                Map.entry(TCP_QUICKACK, new Row(IPPROTO_TCP, Layout.TCP_QUICKACK, 0, 1)),
                Map.entry(TCP_KEEPIDLE, new Row(IPPROTO_TCP, Layout.TCP_KEEPIDLE, 1, 32_767)),
                Map.entry(TCP_KEEPINTERVAL, new Row(IPPROTO_TCP, Layout.TCP_KEEPINTVL, 1, 32_767)),
                Map.entry(TCP_KEEPCOUNT, new Row(IPPROTO_TCP, Layout.TCP_KEEPCNT, 1, 127)),
                Map.entry(IP_TOS, typeOfService)));
    }

    static PosixOptions ofStream(int domain) {
        return domain == AF_UNIX ? UNIX_STREAM : domain == AF_INET ? TCP4_STREAM : TCP6_STREAM;
    }

    static PosixOptions ofListener(int domain) {
        return domain == AF_UNIX ? UNIX_LISTENER : TCP_LISTENER;
    }

    Set<SocketOption<?>> supported() {
        return rows.keySet();
    }

    <T> void set(PosixSource socket, SocketOption<T> option, @Nullable T value) throws IOException {
        Row row = row(option);
        if (value instanceof Boolean flag) {
            SocketCalls.set(socket, row.level, row.number, flag ? 1 : 0);
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
            SocketCalls.set(socket, row.level, row.number, scratch, LINGER_SIZE);
        } else {
            SocketCalls.set(socket, row.level, row.number, number);
        }
    }

    <T> @Nullable T get(PosixSource socket, SocketOption<T> option) throws IOException {
        Row row = row(option);
        int value = SocketCalls.get(socket, row.level, row.number);
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
