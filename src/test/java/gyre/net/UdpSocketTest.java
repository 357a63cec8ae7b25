package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Outcome;
import gyre.future.Poll;
import gyre.io.Io;
import gyre.reactor.Core;
import gyre.reactor.JoinHandle;
import gyre.reactor.LoopClosedException;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import gyre.testing.SpyBackend;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a UDP socket does on a loop beyond the original's tests. */
@EveryBackend
class UdpSocketTest extends OnLoop {
    UdpSocketTest(Backend backend) {
        super(backend);
    }

    /** An address where a moment ago somebody listened. */
    private InetSocketAddress nobody() throws Exception {
        try (UdpSocket gone = UdpSocket.bind(loopback(0), handle)) {
            return gone.localAddress();
        }
    }

    @Test
    void aReceiverWaitsAndIsWoken() throws Exception {
        UdpSocket a = udp();
        UdpSocket b = udp();
        JoinHandle<String> waiting = handle.spawn(receive(b));
        settle();
        run(a.sendDatagram(Buf.copyOf("late"), b.localAddress()));
        assertEquals("late", run(waiting));
    }

    @Test
    void aConnectedSocketNeedsNoAddress() throws Exception {
        UdpSocket a = udp();
        UdpSocket b = udp();
        a.connect(b.localAddress());
        assertEquals(b.localAddress(), a.remoteAddress());
        Datagram sent = run(a.sendDatagram(Buf.copyOf("hi")));
        assertEquals(b.localAddress(), sent.peer());
        assertEquals("hi", run(receive(b)));
        assertNull(b.remoteAddress());
        assertEquals(a.localAddress(), b.sender());
    }

    @Test
    void whatHasNoRoomIsReported() throws Exception {
        UdpSocket a = udp();
        UdpSocket b = udp();
        run(a.sendDatagram(Buf.copyOf("abcdef"), b.localAddress()));
        Datagram cut = run(b.receiveDatagram(Buf.allocate(4)));
        assertTrue(cut.truncated());
        assertEquals(4, cut.count());
        assertEquals("abcd", cut.buf().text(StandardCharsets.UTF_8));
    }

    @Test
    void noRoomAtAllIsAnErrorAndLosesNothing() throws Exception {
        UdpSocket a = udp();
        UdpSocket b = udp();
        run(a.sendDatagram(Buf.copyOf("kept"), b.localAddress()));
        assertThrows(IllegalArgumentException.class, () -> run(b.receiveDatagram(Buf.copyOf("full"))));
        assertEquals("kept", run(receive(b)));
    }

    @Test
    void oneTaskReadsWhileAnotherWrites() throws Exception {
        UdpSocket a = udp();
        UdpSocket b = udp();
        int rounds = 1_000;
        JoinHandle<Integer> answers = handle.spawn(count(a, rounds));
        JoinHandle<Integer> echo = handle.spawn(echo(b, rounds));
        Buf from = Buf.allocate(8);
        InetSocketAddress to = b.localAddress();
        int[] sent = {0};
        // As many as the receive buffers surely hold are on their way at a time.
        Future<Integer> sending = Futures.pollFn(task -> {
            while (sent[0] < rounds) {
                if (sent[0] - seen >= 16) {
                    task.wake();
                    return Poll.pending();
                }
                if (a.sendTo(task, from.clear().putLong(sent[0]), to) == Io.NOT_READY) {
                    return Poll.pending();
                }
                sent[0]++;
            }
            return Poll.ready(sent[0]);
        });
        JoinHandle<Integer> writer = handle.spawn(sending);
        assertEquals(rounds, run(answers));
        assertEquals(rounds, run(echo));
        assertEquals(rounds, run(writer));
    }

    private long seen;

    private Future<Integer> count(UdpSocket socket, int until) {
        Buf into = Buf.allocate(8);
        return Futures.pollFn(task -> {
            while (seen < until) {
                if (socket.receive(task, into.clear()) == Io.NOT_READY) {
                    return Poll.pending();
                }
                assertEquals(seen, into.getLong());
                seen++;
            }
            return Poll.ready((int) seen);
        });
    }

    private static Future<Integer> echo(UdpSocket socket, int rounds) {
        Buf buf = Buf.allocate(100);
        int[] done = {0};
        return Futures.pollFn(task -> {
            while (done[0] < rounds) {
                if (buf.readable() == 0 && socket.receive(task, buf.clear()) == Io.NOT_READY
                        || socket.sendTo(task, buf, socket.sender()) == Io.NOT_READY) {
                    return Poll.pending();
                }
                done[0]++;
            }
            return Poll.ready(done[0]);
        });
    }

    /** What the receiver doesn't take in time is lost; nobody waits, nothing grows, and the loop serves others. */
    @Test
    void aFloodMeetsASlowReader() throws Exception {
        UdpSocket a = udp();
        UdpSocket b = udp();
        InetSocketAddress to = b.localAddress();
        int flood = 20_000;
        Buf from = Buf.allocate(1_000);
        int[] sent = {0};
        JoinHandle<Integer> sender = handle.spawn(Futures.pollFn(task -> {
            for (; sent[0] < flood; sent[0]++) {
                if (a.sendTo(task, from.clear().putInt(sent[0]).advance(996), to) == Io.NOT_READY) {
                    return Poll.pending();
                }
            }
            return Poll.ready(sent[0]);
        }));
        int got = 0;
        int last = -1;
        int whileSending = 0;
        while (!sender.isDone()) {
            Datagram next = run(b.receiveDatagram(Buf.allocate(1_000)));
            assertEquals(1_000, next.count());
            int number = next.buf().getInt();
            assertTrue(number > last, number + " after " + last);
            last = number;
            got++;
            whileSending += sender.isDone() ? 0 : 1;
        }
        assertEquals(flood, run(sender));
        assertTrue(whileSending > 50, "the reader had its turn only " + whileSending + " times");
        assertTrue(got < flood, "nothing was lost: it was not slow");
    }

    @Test
    void aDatagramThatIsTooLongFailsAndTheSocketGoesOn() throws Exception {
        UdpSocket a = udp();
        UdpSocket b = udp();
        Buf large = Buf.allocate(70_000).advance(70_000);
        IOException e = assertThrows(IOException.class, () -> run(a.sendDatagram(large, b.localAddress())));
        assertTrue(e.getMessage().contains("70000"), e.getMessage());
        assertEquals(70_000, large.readable());
        run(a.sendDatagram(Buf.copyOf("fits"), b.localAddress()));
        assertEquals("fits", run(receive(b)));
    }

    @Test
    void anUnreachablePeerIsToldToWhoWaitsOnce() throws Exception {
        UdpSocket a = udp();
        InetSocketAddress gone = nobody();
        a.connect(gone);
        JoinHandle<Outcome<String>> waiting = handle.spawn(receive(a).outcome());
        settle();
        run(a.sendDatagram(Buf.copyOf("anyone?")));
        Throwable e =
                assertInstanceOf(PortUnreachableException.class, run(waiting).error());
        assertTrue(e.getMessage().contains("" + gone.getPort()), e.getMessage());
        UdpSocket back = later(UdpSocket.bind(gone, handle));
        run(back.sendDatagram(Buf.copyOf("I am"), a.localAddress()));
        assertEquals("I am", run(receive(a)));
    }

    /** A report about the peer before is no datagram, and those behind it are dropped all the same. */
    @Test
    void connectingAnewDropsWhatCameBeforeBehindAReportToo() throws Exception {
        UdpSocket a = udp();
        InetSocketAddress gone = nobody();
        a.connect(gone);
        run(a.sendDatagram(Buf.copyOf("anyone?")));
        UdpSocket back = later(UdpSocket.bind(gone, handle));
        run(back.sendDatagram(Buf.copyOf("old"), a.localAddress()));
        UdpSocket next = udp();
        a.connect(next.localAddress());
        run(next.sendDatagram(Buf.copyOf("new"), a.localAddress()));
        assertEquals("new", run(receive(a)));
    }

    @Test
    void closingWakesWhoWaits() throws Exception {
        UdpSocket a = udp();
        JoinHandle<Outcome<String>> waiting = handle.spawn(receive(a).outcome());
        settle();
        a.close();
        a.close();
        assertFalse(a.isOpen());
        assertInstanceOf(ClosedChannelException.class, run(waiting).error());
        assertThrows(ClosedChannelException.class, () -> run(receive(a)));
        assertThrows(ClosedChannelException.class, () -> run(a.sendDatagram(Buf.copyOf("x"), loopback(9))));
    }

    @Test
    void closingFromAnotherThreadWakesWhoWaits() throws Exception {
        UdpSocket a = udp();
        JoinHandle<Outcome<String>> waiting = handle.spawn(receive(a).outcome());
        settle();
        CompletableFuture<Void> closing = aside(() -> {
            a.close();
            return null;
        });
        assertInstanceOf(ClosedChannelException.class, run(waiting).error());
        closing.get();
    }

    @Test
    void closingTheCoreClosesTheSocket() throws Exception {
        UdpSocket a = udp();
        OpenDescriptors open = OpenDescriptors.now();
        core.close();
        assertFalse(a.isOpen());
        assertTrue(OpenDescriptors.now().count() < open.count());
        a.close();
        assertThrows(LoopClosedException.class, () -> UdpSocket.bind(loopback(0), handle));
    }

    @Test
    void offTheLoopNothingButCloseIsAllowed() throws Exception {
        UdpSocket a = udp();
        run(await(aside(() -> {
            assertThrows(IllegalStateException.class, () -> UdpSocket.bind(loopback(0), handle));
            assertThrows(IllegalStateException.class, () -> a.receive(() -> {}, Buf.allocate(1)));
            assertThrows(IllegalStateException.class, () -> a.sendTo(() -> {}, Buf.allocate(1), loopback(9)));
            return null;
        })));
    }

    @Test
    void cancellingLosesNothing() throws Exception {
        UdpSocket a = udp();
        UdpSocket b = udp();
        JoinHandle<String> waiting = handle.spawn(receive(b));
        settle();
        waiting.abort();
        settle();
        run(a.sendDatagram(Buf.copyOf("next"), b.localAddress()));
        assertEquals("next", run(receive(b)));
    }

    @Test
    void badAddressesAreNamed() throws Exception {
        UdpSocket a = udp();
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 9);
        OpenDescriptors before = OpenDescriptors.now();
        assertSays("nowhere.invalid", UnknownHostException.class, () -> UdpSocket.bind(unresolved, handle));
        assertSays("nowhere.invalid", UnknownHostException.class, () -> a.connect(unresolved));
        assertSays(
                "nowhere.invalid", UnknownHostException.class, () -> run(a.sendDatagram(Buf.copyOf("x"), unresolved)));
        assertSays(
                "" + a.localAddress().getPort(), BindException.class, () -> UdpSocket.bind(a.localAddress(), handle));
        assertSays(":0", IOException.class, () -> run(a.sendDatagram(Buf.copyOf("x"), loopback(0))));
        assertThrows(NullPointerException.class, () -> a.sendTo(() -> {}, Buf.copyOf("x"), null));
        before.assertNoMore();
    }

    /** The loopback interface always has room, so this pretends; what arrives makes epoll tell both directions. */
    @Test
    void aSendThatFindsNoRoomWaitsForIt() throws Exception {
        SpyBackend full = new SpyBackend(backend);
        UdpSocket b = udp();
        try (Core other = Core.builder().backend(full).open()) {
            UdpSocket a = UdpSocket.bind(loopback(0), other.handle());
            full.refusals = 1;
            Buf from = Buf.copyOf("patience");
            JoinHandle<Datagram> sending = other.handle().spawn(a.sendDatagram(from, b.localAddress()));
            other.turn(Duration.ZERO);
            assertFalse(sending.isDone());
            assertEquals(8, from.readable());
            run(b.sendDatagram(Buf.copyOf("x"), a.localAddress()));
            other.run(other.handle().timeout(sending, PATIENCE));
        }
        assertEquals("patience", run(receive(b)));
    }

    /** A datagram counts as the bytes that it has, so that one task can't keep the loop. */
    @Test
    void aReaderThatAlwaysFindsMoreGivesWay() throws Exception {
        UdpSocket a = udp();
        UdpSocket b = udp();
        for (int i = 0; i < 200; i++) {
            run(a.sendDatagram(Buf.copyOf("x"), b.localAddress()));
        }
        Buf into = Buf.allocate(200);
        int[] most = {0};
        run(Futures.<Integer>pollFn(task -> {
            int before = into.readable();
            while (into.writable() > 0) {
                if (b.receive(task, into) == Io.NOT_READY) {
                    most[0] = Math.max(most[0], into.readable() - before);
                    return Poll.pending();
                }
            }
            most[0] = Math.max(most[0], into.readable() - before);
            return Poll.ready(0);
        }));
        assertTrue(most[0] <= 128, most[0] + " of the 200 datagrams in one poll");
        assertEquals(0, buffers.stats().taken());
    }
}
