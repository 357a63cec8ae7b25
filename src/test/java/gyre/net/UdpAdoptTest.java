package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** UDP sockets that somebody else has opened. */
@EveryBackend
class UdpAdoptTest extends OnLoop {
    UdpAdoptTest(Backend backend) {
        super(backend);
    }

    @Test
    void aSocketOpenedElsewhereIsAdopted() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        DatagramChannel channel = later(DatagramChannel.open());
        channel.bind(loopback(0));
        UdpSocket adopted;
        if (posix()) {
            TreeSet<Integer> added = new TreeSet<>(OpenDescriptors.now().numbers());
            added.removeAll(before.numbers());
            adopted = later(UdpSocket.fromDescriptor(added.first(), handle));
            assertSays("nio", UnsupportedOperationException.class, () -> UdpSocket.fromChannel(channel, handle));
            assertTrue(channel.isOpen());
        } else {
            adopted = later(UdpSocket.fromChannel(channel, handle));
            assertSays("epoll", UnsupportedOperationException.class, () -> UdpSocket.fromDescriptor(0, handle));
        }
        assertEquals(channel.getLocalAddress(), adopted.localAddress());
        run(udp().sendDatagram(Buf.copyOf("hello"), adopted.localAddress()));
        assertEquals("hello", run(receive(adopted)));
    }

    @Test
    void aTcpSocketIsNotAdopted() throws Exception {
        if (!posix()) {
            return; // the type of the channel says it
        }
        OpenDescriptors before = OpenDescriptors.now();
        try (SocketChannel tcp = SocketChannel.open()) {
            TreeSet<Integer> added = new TreeSet<>(OpenDescriptors.now().numbers());
            added.removeAll(before.numbers());
            int number = added.first();
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> UdpSocket.fromDescriptor(number, handle));
            assertTrue(e.getMessage().contains("" + number), e.getMessage());
            assertTrue(tcp.isOpen());
        }
        before.assertNoMore();
    }
}
