package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.Tool;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import org.junit.jupiter.api.Test;

/** Behaviour 44: a link-local address is nothing without its interface, which goes there and comes back. */
@EveryBackend
class ScopeTest extends OnLoop {
    ScopeTest(Backend backend) {
        super(backend);
    }

    @Test
    void aConnectionOverALinkLocalAddressKeepsItsInterface() throws Exception {
        Inet6Address local = linkLocal();
        TcpListener listener = later(TcpListener.bind(new InetSocketAddress(local, 0), handle));
        TcpStream client = later(run(TcpStream.connect(listener.localAddress(), handle)));
        TcpStream server = later(run(listener.accept()));
        for (InetSocketAddress end :
                new InetSocketAddress[] {listener.localAddress(), client.remoteAddress(), server.remoteAddress()}) {
            assertEquals(local, end.getAddress());
            assertEquals(local.getScopeId(), ((Inet6Address) end.getAddress()).getScopeId());
        }
        run(send(client, "linked"));
        assertEquals("linked", run(expect(server, "linked")));
    }

    private static Inet6Address linkLocal() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet6Address six && six.isLinkLocalAddress())
                .map(Inet6Address.class::cast)
                .findFirst()
                .orElseGet(() -> {
                    Tool.skip("ScopeTest: no interface has a link-local address");
                    return null;
                });
    }
}
