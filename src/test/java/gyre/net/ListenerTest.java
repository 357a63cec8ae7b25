package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.reactor.JoinHandle;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

@EveryBackend
class ListenerTest extends OnLoop {
    ListenerTest(Backend backend) {
        super(backend);
    }

    @Test
    void anAddressInUse() throws Exception {
        InetSocketAddress taken = listen().localAddress();
        BindException e = assertThrows(BindException.class, () -> TcpListener.bind(taken, handle));
        assertTrue(e.getMessage().contains("127.0.0.1:" + taken.getPort()), e.getMessage());
    }

    @Test
    void anAddressThatIsNotOurs() throws Exception {
        InetSocketAddress foreign = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 0);
        BindException e = assertThrows(BindException.class, () -> TcpListener.bind(foreign, handle));
        assertTrue(e.getMessage().contains("192.0.2.1"), e.getMessage());
    }

    @Test
    void anUnresolvedAddress() {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 80);
        UnknownHostException e = assertThrows(UnknownHostException.class, () -> TcpListener.bind(nowhere, handle));
        assertTrue(e.getMessage().contains("nowhere.invalid"), e.getMessage());
    }

    @Test
    void aRestartBindsAtOnceThoughConnectionsAreDying() throws Exception {
        TcpListener listener = listen();
        InetSocketAddress address = listener.localAddress();
        Socket client = client(address);
        TcpStream stream = run(listener.accept());
        stream.close(); // first, so that TIME_WAIT is on this side
        assertEquals(-1, client.getInputStream().read());
        client.close();
        listener.close();
        assertEquals(address, later(TcpListener.bind(address, handle)).localAddress());
    }

    @Test
    void cancellingAnAcceptLosesNoConnection() throws Exception {
        TcpListener listener = listen();
        JoinHandle<TcpStream> first = handle.spawn(listener.accept());
        settle();
        first.abort();
        settle();
        Socket client = client(listener.localAddress());
        assertEquals(
                client.getLocalSocketAddress(), later(run(listener.accept())).remoteAddress());
    }

    @Test
    void aPeerThatWasResetBeforeItWasAcceptedEndsNothing() throws Exception {
        TcpListener listener = listen();
        Socket gone = client(listener.localAddress());
        gone.setSoLinger(true, 0);
        gone.close();
        Socket client = client(listener.localAddress());
        // Linux hands out what was reset, too: the second or the first one.
        List<TcpStream> accepted = run(listener.incoming().take(2).collect());
        assertEquals(client.getLocalSocketAddress(), accepted.get(1).remoteAddress());
        for (TcpStream each : accepted) {
            each.close();
        }
    }
}
