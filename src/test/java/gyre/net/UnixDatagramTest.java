package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.io.Io;
import gyre.reactor.JoinHandle;
import gyre.sys.Backend;
import gyre.sys.PacketSocket;
import gyre.sys.SocketPair;
import gyre.sys.UnixNameAddress;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Unix datagrams on a loop; where the backend has none, each way to make one says so. */
@EveryBackend
class UnixDatagramTest extends OnLoop {
    @TempDir
    private Path folder;

    UnixDatagramTest(Backend backend) {
        super(backend);
    }

    private boolean refused() {
        if (!backend.name().equals("nio")) {
            return false;
        }
        for (Executable making : List.<Executable>of(
                () -> UnixDatagram.unbound(handle),
                () -> UnixDatagram.bind(folder.resolve("a"), handle),
                () -> UnixDatagram.pair(handle),
                () -> UnixDatagram.fromDescriptor(0, handle))) {
            String message =
                    assertThrows(UnsupportedOperationException.class, making).getMessage();
            assertTrue(message.contains("the nio backend") && message.contains("epoll"), message);
        }
        assertFalse(Files.exists(folder.resolve("a")));
        return true;
    }

    private UnixDatagram at(String name) throws IOException {
        return later(UnixDatagram.bind(folder.resolve(name), handle));
    }

    /** Has others fill the queue of "a", with how many "x": no loop knows their socket, so a refusal is the kernel's own. */
    private int fill() throws IOException {
        PacketSocket others = later(backend.packet(StandardProtocolFamily.UNIX));
        int filled = 0;
        while (others.send(Buf.copyOf("x"), address("a")) != Transfer.NOT_READY) {
            filled++;
        }
        return filled;
    }

    private SocketAddress address(String name) {
        return UnixDomainSocketAddress.of(folder.resolve(name));
    }

    private UnixDatagram.Message receive(UnixDatagram socket) throws Exception {
        return run(socket.receiveDatagram(Buf.allocate(1000)));
    }

    private static String text(UnixDatagram.Message message) {
        return message.buf().text(StandardCharsets.US_ASCII);
    }

    @Test
    void theyGoBetweenPathsAndTheSenderIsKnown() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagram a = at("a");
        UnixDatagram b = at("b");
        JoinHandle<UnixDatagram.Message> receiving = handle.spawn(b.receiveDatagram(Buf.allocate(100)));
        settle();
        run(a.sendDatagram(Buf.copyOf("hello"), address("b")));
        UnixDatagram.Message hello = run(receiving);
        assertEquals("hello", text(hello));
        assertEquals(address("a"), hello.peer());
        run(a.sendDatagram(Buf.allocate(1), address("b")));
        assertEquals(0, receive(b).count(), "one of no bytes is one");
        assertEquals(address("a"), a.localAddress());
    }

    @Test
    void whoHasNoNameIsHeardAsNobody() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagram a = at("a");
        UnixDatagram nobody = later(UnixDatagram.unbound(handle));
        run(nobody.sendDatagram(Buf.copyOf("x"), address("a")));
        assertNull(receive(a).peer());
        assertEquals(address("a"), nobody.connect(address("a")).remoteAddress());
        run(nobody.sendDatagram(Buf.copyOf("y")));
        assertEquals("y", text(receive(a)));
    }

    @Test
    void abstractNames() throws Exception {
        if (refused()) {
            return;
        }
        UnixNameAddress name = UnixNameAddress.of("gyre-" + UUID.randomUUID());
        UnixDatagram a = later(UnixDatagram.bind(name, handle));
        UnixDatagram auto = later(UnixDatagram.bind(UnixDomainSocketAddress.of(""), handle));
        run(auto.sendDatagram(Buf.copyOf("x"), name));
        SocketAddress peer = receive(a).peer();
        assertEquals(auto.localAddress(), peer);
        run(a.sendDatagram(Buf.copyOf("back"), peer));
        assertEquals(name, receive(auto).peer());
    }

    /** What an earlier, longer name has left behind a short one is not a part of it. */
    @Test
    void peersWhoAreHeardAgainAreTheSameObjects() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagram a = at("a");
        String name = UUID.randomUUID().toString().substring(0, 8);
        UnixDatagram longer = later(UnixDatagram.bind(UnixNameAddress.of(name + "-too"), handle));
        UnixDatagram shorter = later(UnixDatagram.bind(UnixNameAddress.of(name), handle));
        List<SocketAddress> heard = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            for (UnixDatagram each : List.of(longer, shorter)) {
                run(each.sendDatagram(Buf.copyOf("x"), address("a")));
                heard.add(receive(a).peer());
            }
        }
        assertSame(heard.get(2), heard.get(4)); // the first of all is kept by no table
        assertSame(heard.get(3), heard.get(5));
    }

    /** The system knows the peer by the path that it was bound to. */
    @Test
    void aConnectedSocketSendsToItsPeerByThePathThatItWasGiven() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagram a = at("a");
        at("b");
        SocketAddress given = UnixDomainSocketAddress.of(
                Files.createSymbolicLink(folder.resolve("link"), folder).resolve("a"));
        UnixDatagram sender = later(UnixDatagram.unbound(handle)).connect(given);
        assertEquals(address("a"), sender.remoteAddress());
        for (SocketAddress to : List.of(given, address("a"))) {
            run(sender.sendDatagram(Buf.copyOf("x"), to));
            assertEquals("x", text(receive(a)));
        }
        assertThrows(IllegalStateException.class, () -> run(sender.sendDatagram(Buf.copyOf("x"), address("b"))));
    }

    @Test
    void aPairTalks() throws Exception {
        if (refused()) {
            return;
        }
        OpenDescriptors before = OpenDescriptors.now();
        SocketPair<UnixDatagram> pair = UnixDatagram.pair(handle);
        run(pair.first().sendDatagram(Buf.copyOf("ping")));
        assertEquals("ping", text(receive(pair.second())));
        run(pair.second().sendDatagram(Buf.copyOf("pong")));
        assertEquals("pong", text(receive(pair.first())));
        pair.first().close();
        pair.second().close();
        before.assertNoMore();
    }

    @Test
    void whatHasNoRoomIsCutAndSaidToBe() throws Exception {
        if (refused()) {
            return;
        }
        SocketPair<UnixDatagram> pair = UnixDatagram.pair(handle);
        later(pair.first());
        later(pair.second());
        run(pair.first().sendDatagram(Buf.copyOf("abc")));
        UnixDatagram.Message cut = run(pair.second().receiveDatagram(Buf.allocate(2)));
        assertEquals("ab", text(cut));
        assertTrue(cut.truncated());
        assertThrows(IllegalArgumentException.class, () -> run(pair.second().receiveDatagram(Buf.copyOf("full"))));
    }

    @Test
    void aConnectedSenderWaitsForRoom() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagram receiver = at("a");
        UnixDatagram sender = later(UnixDatagram.unbound(handle)).connect(address("a"));
        int sent = 0;
        JoinHandle<UnixDatagram.Message> sending;
        do {
            sending = handle.spawn(sender.sendDatagram(Buf.copyOf("" + sent++)));
            settle();
        } while (sending.isDone());
        for (int i = 0; i < sent; i++) {
            assertEquals("" + i, text(receive(receiver)), "none lost, in order");
        }
        run(sending);
    }

    /** The kernel would not tell a sender that has none of its own datagrams in the queue. */
    @Test
    void aSenderIsNotForgottenWhereOthersHaveFilledTheQueue() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagram receiver = at("a");
        int filled = fill();
        UnixDatagram late = later(UnixDatagram.unbound(handle));
        JoinHandle<UnixDatagram.Message> waiting = handle.spawn(late.sendDatagram(Buf.copyOf("late"), address("a")));
        settle();
        assertFalse(waiting.isDone());
        for (int i = 0; i < filled; i++) {
            assertEquals("x", text(receive(receiver)));
        }
        assertEquals(4, run(waiting).count());
        assertEquals("late", text(receive(receiver)));
    }

    /** However often its task is polled for other reasons. */
    @Test
    void aRefusedSendIsTriedAgainOnceAMillisecond() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagram receiver = at("a");
        UnixDatagram sender = later(UnixDatagram.unbound(handle));
        Buf datagram = Buf.copyOf("x");
        SocketAddress to = address("a");
        int[] tries = new int[1];
        boolean[] busy = {true};
        handle.spawn(Futures.pollFn(task -> {
            tries[0]++;
            if (sender.sendTo(task, datagram.clear().put((byte) 1), to) != Io.NOT_READY || busy[0]) {
                task.wake();
            }
            return Poll.pending();
        }));
        run(handle.sleep(Duration.ofMillis(100)));
        busy[0] = false;
        run(handle.sleep(Duration.ofMillis(20)));
        tries[0] = 0;
        run(handle.sleep(Duration.ofMillis(100)));
        assertTrue(tries[0] > 1 && tries[0] <= 110, tries[0] + " tries in 100 ms");
        assertTrue(receiver.isOpen());
    }

    @Test
    void twoTasksThatAreRefusedBothGoOn() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagram receiver = at("a");
        UnixDatagram sender = later(UnixDatagram.unbound(handle));
        run(sender.sendDatagram(Buf.copyOf("x"), address("a")));
        int filled = 1 + fill();
        JoinHandle<UnixDatagram.Message> first = handle.spawn(sender.sendDatagram(Buf.copyOf("x"), address("a")));
        JoinHandle<UnixDatagram.Message> second = handle.spawn(sender.sendDatagram(Buf.copyOf("x"), address("a")));
        run(handle.sleep(Duration.ofMillis(5)));
        assertFalse(first.isDone() || second.isDone());
        for (int i = 0; i < filled + 2; i++) {
            assertEquals("x", text(receive(receiver)));
        }
        run(first);
        run(second);
    }

    @Test
    void whereNobodyIsTheMessageSaysSo() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagram sender = later(UnixDatagram.unbound(handle));
        Path path = folder.resolve("a");
        Buf from = Buf.copyOf("x");
        IOException missing = assertThrows(IOException.class, () -> run(sender.sendDatagram(from, address("a"))));
        assertTrue(missing.getMessage().contains(path.toString()), missing.getMessage());
        assertEquals(1, from.readable());
        ConnectException e = assertThrows(ConnectException.class, () -> sender.connect(address("a")));
        assertTrue(e.getMessage().contains("no such file"), e.getMessage());
        UnixDatagram.builder(handle).unlinkOnClose(false).bind(path).close();
        e = assertThrows(ConnectException.class, () -> sender.connect(address("a")));
        assertTrue(e.getMessage().contains("stale"), e.getMessage());
        BindException bind = assertThrows(BindException.class, () -> UnixDatagram.bind(path, handle));
        assertTrue(bind.getMessage().contains("stale"), bind.getMessage());
        UnixDatagram again = later(UnixDatagram.builder(handle).replaceStale().bind(path));
        bind = assertThrows(
                BindException.class,
                () -> UnixDatagram.builder(handle).replaceStale().bind(path));
        assertTrue(bind.getMessage().contains("living"), bind.getMessage());
        again.close();
        assertFalse(Files.exists(path));
    }

    @Test
    void oneIsAdopted() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagram a = at("a");
        UnixDatagram adopted = later(UnixDatagram.fromDescriptor(a.descriptor(), handle));
        assertEquals(address("a"), adopted.localAddress());
        try (UdpSocket udp = UdpSocket.bind(loopback(0), handle)) {
            assertThrows(IllegalArgumentException.class, () -> UnixDatagram.fromDescriptor(udp.descriptor(), handle));
        }
        assertThrows(IllegalArgumentException.class, () -> UdpSocket.fromDescriptor(a.descriptor(), handle));
    }

    @Test
    void aDatagramTooLongIsRefusedWhole() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagram a = at("a");
        Buf huge = Buf.allocate(8 << 20).advance(8 << 20);
        IOException e = assertThrows(IOException.class, () -> run(a.sendDatagram(huge, address("a"))));
        assertTrue(e.getMessage().contains("8388608"), e.getMessage());
        assertEquals(8 << 20, huge.readable());
    }
}
