package gyre.sys;

import static java.net.StandardSocketOptions.IP_MULTICAST_TTL;
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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Socket options, on any backend. */
abstract class OptionContract extends BackendContract {
    @Test
    void tcpDoesNotDelayUnlessTold() throws IOException {
        Pair pair = pair();
        assertEquals(true, pair.client().socket().option(TCP_NODELAY));
        assertEquals(true, pair.server().socket().option(TCP_NODELAY), "accepted");
        pair.server().socket().option(TCP_NODELAY, false);
        assertEquals(false, pair.server().socket().option(TCP_NODELAY));
    }

    @Test
    void flagsAreReadBack() throws IOException {
        StreamSocket socket = stream();
        for (SocketOption<Boolean> flag : List.of(SO_KEEPALIVE, SO_REUSEADDR, SO_REUSEPORT, TCP_NODELAY)) {
            for (boolean value : new boolean[] {true, false, true}) {
                socket.option(flag, value);
                assertEquals(value, socket.option(flag), flag.name());
            }
        }
    }

    @Test
    void bufferSizesAreAtLeastWhatWasAsked() throws IOException {
        StreamSocket socket = stream();
        for (SocketOption<Integer> size : List.of(SO_SNDBUF, SO_RCVBUF)) {
            socket.option(size, 20_000);
            Integer actual = socket.option(size);
            assertTrue(actual != null && actual >= 20_000 && actual <= 40_000, size + ": " + actual);
        }
    }

    @Test
    void lingerIsOffAsNullOrBelowZero() throws IOException {
        StreamSocket socket = stream();
        assertNull(socket.option(SO_LINGER));
        for (int off : new int[] {-1, -7}) {
            socket.option(SO_LINGER, 5);
            assertEquals(5, socket.option(SO_LINGER));
            socket.option(SO_LINGER, off);
            assertNull(socket.option(SO_LINGER));
        }
        socket.option(SO_LINGER, 0);
        assertEquals(0, socket.option(SO_LINGER), "a reset on close, which is not off");
    }

    @Test
    void aValueOutsideItsRangeIsNamedWithTheBound() throws IOException {
        StreamSocket socket = stream();
        assertRefused(socket, SO_RCVBUF, -5, "1");
        assertRefused(socket, SO_SNDBUF, 0, "1");
        assertRefused(socket, SO_LINGER, 65_536, "65535");
        assertRefused(socket, IP_TOS, 256, "255");
        assertRefused(socket, IP_TOS, -1, "0");
    }

    private static void assertRefused(StreamSocket socket, SocketOption<Integer> option, int value, String bound) {
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> socket.option(option, value));
        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.contains(option.name()) && message.contains(bound) && message.contains("" + value), message);
    }

    @Test
    void keepAliveIsTunedByTheJdksExtendedOptions() throws IOException {
        StreamSocket socket = stream();
        for (SocketOption<Integer> option : List.of(TCP_KEEPIDLE, TCP_KEEPINTERVAL, TCP_KEEPCOUNT)) {
            socket.option(option, 77);
            assertEquals(77, socket.option(option), option.name());
            assertRefused(socket, option, 0, "1");
        }
    }

    @Test
    void acknowledgingAtOnceIsTheJdksExtendedOptionToo() throws IOException {
        StreamSocket socket = pair().client().socket();
        assertTrue(socket.options().contains(TCP_QUICKACK));
        socket.option(TCP_QUICKACK, false);
        socket.option(TCP_QUICKACK, true);
        assertEquals(true, socket.option(TCP_QUICKACK));
    }

    @Test
    void anUnknownOptionIsRefusedByName() throws IOException {
        StreamSocket socket = stream();
        Exception set = assertThrows(UnsupportedOperationException.class, () -> socket.option(IP_MULTICAST_TTL, 1));
        Exception get = assertThrows(UnsupportedOperationException.class, () -> socket.option(IP_MULTICAST_TTL));
        assertTrue(set.getMessage().contains("IP_MULTICAST_TTL"), set.getMessage());
        assertTrue(get.getMessage().contains("IP_MULTICAST_TTL"), get.getMessage());
    }

    @Test
    void everyOptionOfferedCanBeRead(@TempDir Path folder) throws IOException {
        Pair unix = pair(StandardProtocolFamily.UNIX, UnixDomainSocketAddress.of(folder.resolve("socket")));
        for (StreamSocket socket :
                List.of(pair().server().socket(), unix.client().socket())) {
            for (SocketOption<?> option : socket.options()) {
                socket.option(option);
            }
        }
        ListenSocket other = listen(StandardProtocolFamily.UNIX, UnixDomainSocketAddress.of(folder.resolve("other")));
        for (ListenSocket listener : List.of(listen(), other)) {
            for (SocketOption<?> option : listener.options()) {
                listener.option(option);
            }
        }
    }

    @Test
    void aListenersOptionsAreReadBack() throws IOException {
        ListenSocket listener = keep(backend().listener(INET));
        assertEquals(true, listener.option(SO_REUSEADDR));
        listener.option(SO_REUSEPORT, true);
        assertEquals(true, listener.option(SO_REUSEPORT));
        ListenSocket other = keep(backend().listener(INET));
        other.option(SO_REUSEPORT, true);
        listener.listen(ANY_PORT, 8);
        other.listen(listener.localAddress(), 8);
    }
}
