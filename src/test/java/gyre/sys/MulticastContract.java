package gyre.sys;

import static java.net.StandardSocketOptions.IP_MULTICAST_IF;
import static java.net.StandardSocketOptions.IP_MULTICAST_LOOP;
import static java.net.StandardSocketOptions.IP_MULTICAST_TTL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.testing.MulticastNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import org.junit.jupiter.api.Test;

/** Groups of UDP, on an interface of this machine that has them. */
abstract class MulticastContract extends PacketContract {
    private final MulticastNetwork network = MulticastNetwork.find();

    /** A receiver that any number may be of, and a sender whose datagrams leave by the interface and come back. */
    private Datagrams receiver(ProtocolFamily family) throws IOException {
        return watch(packet(family, new InetSocketAddress(family == INET ? "0.0.0.0" : "::", 0)));
    }

    private Datagrams sender(ProtocolFamily family) throws IOException {
        Datagrams sender = watch(packet(family, network.local(family == INET6)));
        sender.socket().option(IP_MULTICAST_IF, network.network());
        sender.socket().option(IP_MULTICAST_LOOP, true);
        return sender;
    }

    private InetSocketAddress at(InetAddress group, Datagrams receiver) throws IOException {
        return new InetSocketAddress(group, ((InetSocketAddress) receiver.address()).getPort());
    }

    @Test
    void aMemberHearsItsGroupUntilItLeaves() throws IOException {
        memberHearsItsGroup(INET, network.group());
    }

    @Test
    void aMemberHearsItsIpv6GroupUntilItLeaves() throws IOException {
        memberHearsItsGroup(INET6, network.group6());
    }

    /** As an IPv6 socket speaks both. */
    @Test
    void anIpv6SocketJoinsAnIpv4Group() throws IOException {
        memberHearsItsGroup(INET6, network.group());
    }

    private void memberHearsItsGroup(ProtocolFamily family, InetAddress group) throws IOException {
        Datagrams member = receiver(family);
        Datagrams sender = sender(group == network.group() ? INET : INET6);
        InetSocketAddress at = at(group, member);
        sender.send("too early", at);
        member.socket().join(group, network.network(), null);
        sender.send("heard", at);
        assertEquals("heard", member.receive());
        assertEquals(sender.address(), member.socket().sender());
        member.socket().leave(group, network.network(), null);
        sender.send("too late", at);
        assertEquals(Transfer.NOT_READY, member.socket().receive(Buf.allocate(9)));
    }

    @Test
    void whatOthersOfThisHostHaveJoinedIsNotHeard() throws IOException {
        Datagrams member = receiver(INET);
        Datagrams other = receiver(INET);
        other.socket().join(network.group(), network.network(), null);
        Datagrams sender = sender(INET);
        sender.send("for nobody", at(network.group(), member));
        sender.send("for the other", at(network.group(), other));
        assertEquals("for the other", other.receive());
        assertEquals(Transfer.NOT_READY, member.socket().receive(Buf.allocate(9)));
    }

    @Test
    void aMemberForOneSourceHearsOnlyThat() throws IOException {
        Datagrams member = receiver(INET);
        Datagrams sender = sender(INET);
        InetAddress source = network.local(false).getAddress();
        InetAddress other = InetAddress.getByName("192.0.2.77");
        member.socket().join(network.group(), network.network(), other);
        sender.send("not from there", at(network.group(), member));
        member.socket().join(network.group(), network.network(), source);
        sender.send("from there", at(network.group(), member));
        assertEquals("from there", member.receive());
        member.socket().leave(network.group(), network.network(), source);
        sender.send("left", at(network.group(), member));
        assertEquals(Transfer.NOT_READY, member.socket().receive(Buf.allocate(9)));
        member.socket().leave(network.group(), network.network(), other);
    }

    @Test
    void aMemberForOneIpv6SourceHearsOnlyThat() throws IOException {
        Datagrams member = receiver(INET6);
        Datagrams sender = sender(INET6);
        member.socket().join(network.group6(), network.network(), InetAddress.getByName("fd00::77"));
        sender.send("not from there", at(network.group6(), member));
        member.socket()
                .join(network.group6(), network.network(), network.local(true).getAddress());
        sender.send("from there", at(network.group6(), member));
        assertEquals("from there", member.receive());
    }

    @Test
    void withoutTheLoopTheHostItselfHearsNothing() throws IOException {
        Datagrams member = receiver(INET);
        member.socket().join(network.group(), network.network(), null);
        Datagrams sender = sender(INET);
        sender.socket().option(IP_MULTICAST_LOOP, false);
        sender.send("for others", at(network.group(), member));
        sender.socket().option(IP_MULTICAST_LOOP, true);
        sender.send("for all", at(network.group(), member));
        assertEquals("for all", member.receive());
    }

    @Test
    void joiningTwiceAndLeavingWhatWasNotJoinedFailByName() throws IOException {
        PacketSocket socket = receiver(INET).socket();
        NetworkInterface by = network.network();
        InetAddress group = network.group();
        assertSays(group.getHostAddress(), assertThrows(IOException.class, () -> socket.leave(group, by, null)));
        socket.join(group, by, null);
        IOException twice = assertThrows(IOException.class, () -> socket.join(group, by, null));
        assertSays(group.getHostAddress(), twice);
        assertSays(by.getName(), twice);
        socket.leave(group, by, null);
        assertThrows(IOException.class, () -> socket.leave(group, by, null));
        socket.join(group, by, null);
    }

    @Test
    void addressesThatAreNoGroupOfTheSocketAreNamed() throws IOException {
        PacketSocket socket = receiver(INET).socket();
        NetworkInterface by = network.network();
        InetAddress host = InetAddress.getByName("127.0.0.1");
        assertSays("127.0.0.1", assertThrows(IllegalArgumentException.class, () -> socket.join(host, by, null)));
        assertSays("ff12", assertThrows(IllegalArgumentException.class, () -> socket.join(network.group6(), by, null)));
        assertSays(
                "0:0:1",
                assertThrows(
                        IllegalArgumentException.class,
                        () -> socket.join(network.group(), by, InetAddress.getByName("::1"))));
    }

    @Test
    void theOptionsOfMulticastAreReadBack() throws IOException {
        for (ProtocolFamily family : new ProtocolFamily[] {INET, INET6}) {
            PacketSocket socket = keep(backend().packet(family));
            assertEquals(1, socket.option(IP_MULTICAST_TTL), "stays in the network unless told otherwise");
            for (int ttl : new int[] {0, 7, 255}) {
                socket.option(IP_MULTICAST_TTL, ttl);
                assertEquals(ttl, socket.option(IP_MULTICAST_TTL));
            }
            for (int ttl : new int[] {-1, 256}) {
                IllegalArgumentException thrown =
                        assertThrows(IllegalArgumentException.class, () -> socket.option(IP_MULTICAST_TTL, ttl));
                assertSays("" + ttl, thrown);
            }
            for (boolean loop : new boolean[] {false, true}) {
                socket.option(IP_MULTICAST_LOOP, loop);
                assertEquals(loop, socket.option(IP_MULTICAST_LOOP));
            }
            assertTrue(socket.option(IP_MULTICAST_IF) == null, "the system chooses");
            socket.option(IP_MULTICAST_IF, network.network());
            assertEquals(network.network(), socket.option(IP_MULTICAST_IF));
        }
    }
}
