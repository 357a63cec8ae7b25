package gyre.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How datagrams go out and come in over UDP, on any backend. Multicast and options have contracts of their own. */
abstract class PacketSocketContract extends PacketContract {
    /** Whether a connected socket can send a datagram of 0 bytes. */
    boolean sendsNothing() {
        return true;
    }

    @Test
    void anEmptySocketIsNotReadyAndHasHeardOfNobody() throws IOException {
        Datagrams socket = bound();
        Buf into = Buf.allocate(8);
        assertEquals(Transfer.NOT_READY, socket.socket().receive(into));
        assertEquals(0, into.readable());
        assertNull(socket.socket().sender());
        assertNull(socket.socket().remoteAddress());
        assertFalse(socket.socket().truncated());
    }

    @Test
    void aDatagramArrivesWithItsSender() throws IOException {
        Datagrams a = bound();
        Datagrams b = bound();
        Buf from = Buf.copyOf("hello");
        assertEquals(5, a.send(from, b.address()));
        assertEquals(0, from.readable(), "it is consumed");
        Buf into = Buf.allocate(16);
        into.put((byte) '>');
        assertEquals(5, b.receive(into));
        assertText(">hello", into);
        assertEquals(a.address(), b.socket().sender());
        assertFalse(b.socket().truncated());
    }

    @Test
    void aDatagramOfNoBytesIsADatagram() throws IOException {
        Datagrams a = bound();
        Datagrams b = bound();
        assertEquals(0, a.send(Buf.allocate(4), b.address()));
        a.send("x", b.address());
        Buf into = Buf.allocate(4);
        assertEquals(0, b.receive(into));
        assertEquals(a.address(), b.socket().sender());
        assertEquals(1, b.receive(into), "the next one is another one");
    }

    @Test
    void aDatagramOfNoBytesGoesToAPeerToo() throws IOException {
        Datagrams a = bound();
        Datagrams b = bound();
        a.socket().connect(b.address());
        if (sendsNothing()) {
            assertEquals(0, a.send(Buf.allocate(4), null));
            assertEquals(0, b.receive(Buf.allocate(4)));
            assertEquals(a.address(), b.socket().sender());
        } else {
            Exception thrown = assertThrows(
                    UnsupportedOperationException.class, () -> a.socket().send(Buf.allocate(4), null));
            assertSays("0 bytes", thrown);
        }
    }

    @Test
    void whatHasNoRoomIsLostAndReported() throws IOException {
        Datagrams a = bound();
        Datagrams b = bound();
        for (String text : new String[] {"abcdef", "ghij", "klmno"}) {
            a.send(text, b.address());
        }
        Buf into = Buf.allocate(4);
        assertEquals(4, b.receive(into));
        assertText("abcd", into);
        assertTrue(b.socket().truncated());
        assertEquals(4, b.receive(into.clear()));
        assertText("ghij", into);
        assertFalse(b.socket().truncated(), "it fits exactly");
        assertEquals(3, b.receive(into.clear().limit(3)));
        assertText("klm", into);
        assertTrue(b.socket().truncated(), "the limit is the room");
        assertEquals(a.address(), b.socket().sender());
    }

    @Test
    void receiveIntoAFullBufferIsRefusedAndLosesNothing() throws IOException {
        Datagrams a = bound();
        Datagrams b = bound();
        a.send("kept", b.address());
        assertThrows(IllegalArgumentException.class, () -> b.socket().receive(Buf.copyOf("full")));
        assertEquals("kept", b.receive());
    }

    /** More than fits one page, and as much as there can be. */
    @Test
    void theLargestDatagramArrivesWhole() throws IOException {
        Datagrams a = bound();
        Datagrams b = bound();
        for (int size : new int[] {1_473, 9_000, 65_507}) {
            Buf from = Buf.allocate(size);
            for (int i = 0; i < size; i++) {
                from.put((byte) (i * 31 + (i >> 8)));
            }
            assertEquals(size, a.send(from, b.address()));
            Buf into = Buf.allocate(1 << 17);
            assertEquals(size, b.receive(into));
            for (int i = 0; i < size; i++) {
                assertEquals((byte) (i * 31 + (i >> 8)), into.at(i));
            }
            assertFalse(b.socket().truncated());
        }
    }

    @Test
    void aDatagramThatIsTooLongIsRefusedAndLeftAsItWas() throws IOException {
        Datagrams a = bound();
        Datagrams b = bound();
        Buf from = Buf.allocate(70_000).advance(70_000);
        IOException thrown = assertThrows(IOException.class, () -> a.socket().send(from, b.address()));
        assertTrue(thrown.getMessage().contains("70000"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("too long"), thrown.getMessage());
        assertEquals(70_000, from.readable());
        a.send("fits", b.address());
        assertEquals("fits", b.receive());
    }

    @Test
    void sendersAreToldApart() throws IOException {
        Datagrams a = bound();
        Datagrams b = bound();
        Datagrams c = bound();
        Datagrams[] turn = {a, b, b, a, a};
        for (Datagrams sender : turn) {
            sender.send("x", c.address());
        }
        for (Datagrams sender : turn) {
            c.receive();
            assertEquals(sender.address(), c.socket().sender());
        }
    }

    @Test
    void aSenderThatStaysIsTheSameObject() throws IOException {
        Datagrams a = bound();
        Datagrams b = bound();
        a.send("x", b.address());
        a.send("y", b.address());
        b.receive();
        SocketAddress first = b.socket().sender();
        b.receive();
        assertSame(first, b.socket().sender());
    }

    @Test
    void receiversTakeTurns() throws IOException {
        Datagrams a = bound();
        Datagrams b = bound();
        Datagrams c = bound();
        for (int i = 0; i < 3; i++) {
            a.send("b" + i, b.address());
            a.send("c" + i, c.address());
            assertEquals("b" + i, b.receive());
            assertEquals("c" + i, c.receive());
        }
    }

    @Test
    void withoutAPeerThereMustBeAnAddress() throws IOException {
        Datagrams a = bound();
        assertThrows(IOException.class, () -> a.socket().send(Buf.copyOf("x"), null));
    }

    @Test
    void addressesThatCannotBeAreNamed() throws IOException {
        Datagrams a = bound();
        InetSocketAddress zero = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        InetSocketAddress six = new InetSocketAddress("::1", 9);
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 9);
        Buf from = Buf.copyOf("x");
        assertSays(":0", assertThrows(IOException.class, () -> a.socket().send(from, zero)));
        assertSays(":0", assertThrows(IOException.class, () -> a.socket().connect(zero)));
        assertSays(
                "0:0:1",
                assertThrows(IllegalArgumentException.class, () -> a.socket().send(from, six)));
        assertSays(
                "0:0:1",
                assertThrows(IllegalArgumentException.class, () -> a.socket().connect(six)));
        assertSays(
                "nowhere.invalid",
                assertThrows(UnknownHostException.class, () -> a.socket().send(from, unresolved)));
        assertSays(
                "nowhere.invalid",
                assertThrows(UnknownHostException.class, () -> a.socket().connect(unresolved)));
        assertSays(
                "nowhere.invalid",
                assertThrows(
                        UnknownHostException.class, () -> backend().packet(INET).bind(unresolved)));
        assertEquals(1, from.readable());
    }

    @Test
    void anAddressInUseIsNamed() throws IOException {
        SocketAddress taken = bound().address();
        PacketSocket other = keep(backend().packet(INET));
        Exception thrown = assertThrows(java.net.BindException.class, () -> other.bind(taken));
        assertSays("" + ((InetSocketAddress) taken).getPort(), thrown);
    }

    /** A datagram shorter than its room says nothing about the next one: only NOT_READY does. */
    @Test
    void allThatHasArrivedIsReadAfterOneEdge() throws IOException {
        Datagrams a = bound();
        Datagrams b = bound();
        for (int i = 0; i < 5; i++) {
            a.send("" + i, b.address());
        }
        turns.await(b.socket(), b.told(), Ready.READ);
        Buf into = Buf.allocate(64);
        for (int i = 0; i < 5; i++) {
            assertEquals(1, b.socket().receive(into));
        }
        assertEquals(Transfer.NOT_READY, b.socket().receive(into));
        assertText("01234", into);
        a.send("5", b.address());
        turns.await(b.socket(), b.told(), Ready.READ);
        assertEquals(1, b.socket().receive(into));
    }

    @Test
    void aFreshSocketIsToldToBeWritableToWhoAsks() throws IOException {
        Datagrams a = bound();
        selector.rearm(a.socket(), Ready.WRITE);
        turns.until(() -> a.told().told(Ready.WRITE), "writable");
    }

    @Test
    void anIpv6SocketSpeaksBoth() throws IOException {
        Datagrams six = watch(packet(INET6, new InetSocketAddress("::", 0)));
        int port = ((InetSocketAddress) six.address()).getPort();
        Datagrams four = bound();
        Datagrams other = watch(packet(INET6, new InetSocketAddress("::1", 0)));
        four.send("4", new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        assertEquals("4", six.receive());
        assertEquals(four.address(), six.socket().sender());
        six.send("back", six.socket().sender());
        assertEquals("back", four.receive());
        other.send("6", new InetSocketAddress("::1", port));
        assertEquals("6", six.receive());
        assertEquals(other.address(), six.socket().sender());
        assertTrue(((InetSocketAddress) other.address()).getAddress() instanceof Inet6Address);
    }

    @Test
    void aSocketIsBoundByItsFirstSend() throws IOException {
        Datagrams a = watch(keep(backend().packet(INET)));
        assertEquals(0, ((InetSocketAddress) a.address()).getPort());
        Datagrams b = bound();
        a.send("x", b.address());
        b.receive();
        assertEquals(
                ((InetSocketAddress) a.address()).getPort(),
                ((InetSocketAddress) b.socket().sender()).getPort());
    }

    @Test
    void aFullSendBufferIsNotReadyOrTheNetworkTakesAll() throws IOException {
        Datagrams a = bound();
        Datagrams b = bound();
        Buf from = Buf.allocate(60_000);
        for (int i = 0; i < 500; i++) {
            from.clear().advance(60_000);
            assertEquals(60_000, a.send(from, b.address()));
        }
        Buf into = Buf.allocate(60_000);
        int got = 0;
        while (b.socket().receive(into.clear()) == 60_000) {
            got++;
        }
        assertTrue(got > 0 && got < 500, "the rest was lost at the receiver: " + got);
    }

    @Test
    void aClosedSocketFailsAndClosesOnce() throws IOException {
        PacketSocket socket = bound().socket();
        SocketAddress peer = bound().address();
        assertTrue(socket.isOpen());
        selector.deregister(socket);
        socket.close();
        socket.close();
        assertFalse(socket.isOpen());
        assertThrows(IOException.class, () -> socket.receive(Buf.allocate(1)));
        assertThrows(IOException.class, () -> socket.send(Buf.copyOf("x"), peer));
        assertThrows(IOException.class, () -> socket.connect(peer));
        assertThrows(IOException.class, socket::localAddress);
    }

    /** The callers' memory is used in place and must outlive each call, whatever the collector does. */
    @Test
    void wrappedBuffersSurviveTheCollector() throws Exception {
        Datagrams a = bound();
        Datagrams b = bound();
        AtomicBoolean done = new AtomicBoolean();
        Thread collector = new Thread(() -> {
            while (!done.get()) {
                System.gc();
            }
        });
        collector.start();
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            for (int round = 0; round < 200 || System.nanoTime() < end; round++) {
                ByteBuffer memory = ByteBuffer.allocateDirect(4_000);
                memory.putInt(3_996, round);
                a.send(Buf.wrap(memory), b.address());
                Buf into = Buf.wrap(ByteBuffer.allocateDirect(4_000)).clear();
                assertEquals(4_000, b.receive(into));
                assertEquals(round, into.skip(3_996).getInt());
            }
        } finally {
            done.set(true);
            collector.join();
        }
    }
}
