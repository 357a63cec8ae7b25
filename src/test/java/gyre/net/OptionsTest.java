package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.sys.Backend;
import gyre.sys.NativeSocketOptions;
import gyre.sys.TcpInfo;
import gyre.testing.EveryBackend;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@EveryBackend
class OptionsTest extends OnLoop {
    OptionsTest(Backend backend) {
        super(backend);
    }

    @Test
    void roundTrip() throws Exception {
        TcpStream stream = pair().ours();
        for (boolean flag : new boolean[] {true, false, true}) {
            assertEquals(flag, set(stream, StandardSocketOptions.TCP_NODELAY, flag));
            assertEquals(flag, set(stream, StandardSocketOptions.SO_KEEPALIVE, flag));
        }
        assertEquals(3, set(stream, StandardSocketOptions.SO_LINGER, 3));
        assertEquals(0, set(stream, StandardSocketOptions.SO_LINGER, 0));
        assertEquals(null, set(stream, StandardSocketOptions.SO_LINGER, -1));
        assertEquals(0x10, set(stream, StandardSocketOptions.IP_TOS, 0x10));
        // Linux reports twice what was asked, for its own bookkeeping.
        assertTrue(set(stream, StandardSocketOptions.SO_SNDBUF, 40_000) >= 40_000);
        assertTrue(set(stream, StandardSocketOptions.SO_RCVBUF, 40_000) >= 40_000);
    }

    @Test
    void everyOptionThatIsListedCanBeRead() throws Exception {
        TcpStream stream = pair().ours();
        assertTrue(stream.options().contains(StandardSocketOptions.TCP_NODELAY));
        for (SocketOption<?> option : stream.options()) {
            stream.option(option);
        }
    }

    @Test
    void nagleIsOff() throws Exception {
        TcpListener listener = listen();
        Socket client = client(listener.localAddress());
        assertEquals(true, later(run(listener.accept())).option(StandardSocketOptions.TCP_NODELAY));
        client.close();
        TcpStream connected = later(run(TcpStream.connect(listener.localAddress(), handle)));
        assertEquals(true, connected.option(StandardSocketOptions.TCP_NODELAY));
    }

    @Test
    void badValuesAreNamedWithTheirBound() throws Exception {
        TcpStream stream = pair().ours();
        assertRefused(stream, StandardSocketOptions.SO_SNDBUF, 0, "1");
        assertRefused(stream, StandardSocketOptions.SO_RCVBUF, -5, "1");
        assertRefused(stream, StandardSocketOptions.SO_LINGER, 65_536, "65535");
        assertRefused(stream, StandardSocketOptions.IP_TOS, 256, "255");
        assertRefused(stream, StandardSocketOptions.IP_TOS, -1, "0");
        assertRefused(stream, StandardSocketOptions.TCP_NODELAY, null, "TCP_NODELAY");
    }

    @Test
    void anOptionThatIsNotThere() throws Exception {
        TcpStream stream = pair().ours();
        UnsupportedOperationException e = assertThrows(
                UnsupportedOperationException.class, () -> stream.option(StandardSocketOptions.IP_MULTICAST_TTL, 1));
        assertTrue(e.getMessage().contains("IP_MULTICAST_TTL"), e.getMessage());
        assertThrows(UnsupportedOperationException.class, () -> stream.option(StandardSocketOptions.IP_MULTICAST_TTL));
    }

    @Test
    void ofAListener() throws Exception {
        TcpListener listener = later(TcpListener.builder(handle)
                .option(StandardSocketOptions.SO_RCVBUF, 30_000)
                .backlog(7)
                .bind(loopback(0)));
        assertEquals(true, listener.option(StandardSocketOptions.SO_REUSEADDR));
        assertTrue(listener.option(StandardSocketOptions.SO_RCVBUF) >= 30_000);
        listener.option(StandardSocketOptions.SO_RCVBUF, 50_000);
        assertTrue(listener.option(StandardSocketOptions.SO_RCVBUF) >= 50_000);
    }

    @Test
    void aBadOptionOrBacklogOfAListenerToBe() throws Exception {
        TcpListenerBuilder builder = TcpListener.builder(handle);
        IllegalArgumentException backlog = assertThrows(IllegalArgumentException.class, () -> builder.backlog(0));
        assertTrue(backlog.getMessage().contains("at least 1: 0"), backlog.getMessage());
        IllegalArgumentException size = assertThrows(
                IllegalArgumentException.class,
                () -> builder.option(StandardSocketOptions.SO_RCVBUF, 0).bind(loopback(0)));
        assertTrue(size.getMessage().contains("SO_RCVBUF"), size.getMessage());
    }

    @Test
    void whatTheJdkLacksGoesThroughTheBuildersOrIsRefusedByName() throws Exception {
        TcpListener plain = listen();
        if (!plain.options().contains(NativeSocketOptions.TCP_FASTOPEN)) {
            TcpStreamBuilder stream = TcpStream.builder(handle).option(NativeSocketOptions.TCP_USER_TIMEOUT, 5000);
            TcpListenerBuilder listener = TcpListener.builder(handle).option(NativeSocketOptions.TCP_FASTOPEN, 8);
            for (Executable call :
                    List.<Executable>of(() -> stream.connect(plain.localAddress()), () -> listener.bind(loopback(0)))) {
                String message =
                        assertThrows(UnsupportedOperationException.class, call).getMessage();
                assertTrue(message.contains("TCP_") && message.contains("epoll"), message);
            }
            return;
        }
        TcpListener listener = later(TcpListener.builder(handle)
                .option(NativeSocketOptions.TCP_FASTOPEN, 8)
                .option(NativeSocketOptions.TCP_NOTSENT_LOWAT, 32_768)
                .bind(loopback(0)));
        TcpStream stream = later(run(TcpStream.builder(handle)
                .option(NativeSocketOptions.TCP_USER_TIMEOUT, 5000)
                .connect(listener.localAddress())));
        assertEquals(listener.localAddress(), stream.remoteAddress());
        assertEquals(5000, stream.option(NativeSocketOptions.TCP_USER_TIMEOUT));
        assertEquals(8, listener.option(NativeSocketOptions.TCP_FASTOPEN));
        TcpInfo info = Objects.requireNonNull(stream.option(NativeSocketOptions.TCP_INFO));
        assertTrue(info.sendSegment() > 0, info.toString());
        TcpStream accepted = later(run(listener.accept()));
        assertEquals(32_768, accepted.option(NativeSocketOptions.TCP_NOTSENT_LOWAT));
        assertEquals(stream.localAddress(), accepted.remoteAddress());
        assertEquals(listener.localAddress(), accepted.localAddress());
    }

    @Test
    void twoListenersShareAPortWhereBothSaySo() throws Exception {
        TcpListener one = later(TcpListener.builder(handle)
                .option(StandardSocketOptions.SO_REUSEPORT, true)
                .bind(loopback(0)));
        TcpListener two = later(TcpListener.builder(handle)
                .option(StandardSocketOptions.SO_REUSEPORT, true)
                .bind(one.localAddress()));
        assertEquals(one.localAddress(), two.localAddress());
    }

    @Test
    void aListenerOnAllAddressesOfIpv6TakesIpv4Too() throws Exception {
        TcpListener listener = later(TcpListener.bind(new InetSocketAddress(InetAddress.getByName("::"), 0), handle));
        int port = listener.localAddress().getPort();
        client(new InetSocketAddress("127.0.0.1", port));
        assertEquals(
                InetAddress.getByName("127.0.0.1"),
                later(run(listener.accept())).remoteAddress().getAddress());
        client(new InetSocketAddress("::1", port));
        assertEquals(
                InetAddress.getByName("::1"),
                later(run(listener.accept())).remoteAddress().getAddress());
    }

    private static <T> T set(TcpStream stream, SocketOption<T> option, T value) throws Exception {
        return stream.option(option, value).option(option);
    }

    private static <T> void assertRefused(TcpStream stream, SocketOption<T> option, T value, String bound)
            throws Exception {
        T before = stream.option(option);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> stream.option(option, value));
        for (String part : new String[] {option.name(), "" + (value == null ? option.name() : value), bound}) {
            assertTrue(e.getMessage().contains(part), () -> part + " is not in: " + e);
        }
        assertEquals(before, stream.option(option), "unchanged");
    }
}
