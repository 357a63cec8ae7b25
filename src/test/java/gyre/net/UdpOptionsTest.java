package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.sys.Backend;
import gyre.sys.NativeSocketOptions;
import gyre.testing.EveryBackend;
import gyre.testing.MulticastNetwork;
import gyre.testing.OpenDescriptors;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import org.junit.jupiter.api.Test;

/** What is set on a UDP socket: options, its family, its groups. */
@EveryBackend
class UdpOptionsTest extends OnLoop {
    UdpOptionsTest(Backend backend) {
        super(backend);
    }

    @Test
    void optionsAreSetBeforeAndAfterBinding() throws Exception {
        UdpSocket a = later(UdpSocket.builder(handle)
                .option(StandardSocketOptions.SO_REUSEPORT, true)
                .bind(loopback(0)));
        UdpSocket b = later(UdpSocket.builder(handle)
                .option(StandardSocketOptions.SO_REUSEPORT, true)
                .bind(a.localAddress()));
        assertEquals(a.localAddress(), b.localAddress());
        assertEquals(
                true, a.option(StandardSocketOptions.SO_BROADCAST, true).option(StandardSocketOptions.SO_BROADCAST));
        assertTrue(a.options().contains(StandardSocketOptions.SO_BROADCAST));
        OpenDescriptors before = OpenDescriptors.now();
        assertSays(
                "SO_RCVBUF",
                IllegalArgumentException.class,
                () -> UdpSocket.builder(handle)
                        .option(StandardSocketOptions.SO_RCVBUF, 0)
                        .bind(loopback(0)));
        before.assertNoMore();
    }

    @Test
    void ipv6AloneOrWithIpv4() throws Exception {
        UdpSocket both = later(UdpSocket.bind(new InetSocketAddress("::", 0), handle));
        UdpSocket four = udp();
        run(four.sendDatagram(Buf.copyOf("4"), loopback(both.localAddress().getPort())));
        assertEquals("4", run(receive(both)));
        assertEquals(four.localAddress(), both.sender());
        UdpSocketBuilder alone = UdpSocket.builder(handle).option(NativeSocketOptions.IPV6_V6ONLY, true);
        if (!posix()) {
            assertSays(
                    "IPV6_V6ONLY",
                    UnsupportedOperationException.class,
                    () -> alone.bind(new InetSocketAddress("::", 0)));
            return;
        }
        int port =
                later(alone.bind(new InetSocketAddress("::", 0))).localAddress().getPort();
        later(UdpSocket.bind(new InetSocketAddress("0.0.0.0", port), handle));
    }

    @Test
    void groupsAreJoinedAndLeft() throws Exception {
        MulticastNetwork network = MulticastNetwork.find();
        UdpSocket member = later(UdpSocket.bind(new InetSocketAddress("0.0.0.0", 0), handle));
        UdpSocket sender = later(UdpSocket.bind(network.local(false), handle));
        sender.option(StandardSocketOptions.IP_MULTICAST_IF, network.network());
        InetSocketAddress group =
                new InetSocketAddress(network.group(), member.localAddress().getPort());
        InetAddress source = network.local(false).getAddress();
        member.joinGroup(network.group(), network.network());
        run(sender.sendDatagram(Buf.copyOf("all"), group));
        assertEquals("all", run(receive(member)));
        member.leaveGroup(network.group(), network.network());
        run(sender.sendDatagram(Buf.copyOf("lost"), group));
        member.joinGroup(network.group(), network.network(), source);
        run(sender.sendDatagram(Buf.copyOf("one"), group));
        assertEquals("one", run(receive(member)));
        member.leaveGroup(network.group(), network.network(), source);
    }
}
