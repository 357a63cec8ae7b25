package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.reactor.Core;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import org.junit.jupiter.api.Test;

@EveryBackend
class SharedPortTest extends OnLoop {
    SharedPortTest(Backend backend) {
        super(backend);
    }

    @Test
    void theFirstChoosesThePortAndTheOthersFollow() throws Exception {
        SharedPort port = SharedPort.of(loopback(0));
        IllegalStateException e = assertThrows(IllegalStateException.class, port::address);
        assertTrue(e.getMessage().contains("127.0.0.1"), e.getMessage());
        TcpListener first = later(port.listen(handle));
        InetSocketAddress address = port.address();
        assertTrue(address.getPort() > 0);
        assertEquals(address, first.localAddress());
        try (Core other = Core.builder().backend(backend).open()) {
            assertEquals(address, port.listen(other.handle()).localAddress());
        }
        first.close();
        settle();
        assertEquals(address, later(port.listen(handle)).localAddress());
        assertEquals(address, port.address());
    }

    @Test
    void hasTheOptionsOfItsListeners() throws Exception {
        SharedPort port = SharedPort.of(loopback(0));
        TcpListener listener = later(
                port.listen(TcpListener.builder(handle).backlog(5).option(StandardSocketOptions.SO_RCVBUF, 40_000)));
        assertTrue(listener.option(StandardSocketOptions.SO_RCVBUF) >= 40_000);
        assertEquals(true, listener.option(StandardSocketOptions.SO_REUSEPORT));
        assertTrue(listener.options().contains(StandardSocketOptions.SO_REUSEPORT));
    }

    @Test
    void aPortThatSomebodyElseDoesNotShareIsInUse() throws Exception {
        SharedPort port = SharedPort.of(listen().localAddress());
        assertThrows(BindException.class, () -> port.listen(handle));
        assertThrows(IllegalStateException.class, port::address);
    }
}
