package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Futures;
import gyre.future.Next;
import gyre.future.Outcome;
import gyre.future.Poll;
import gyre.future.Split;
import gyre.future.Streams;
import gyre.reactor.Core;
import gyre.reactor.JoinHandle;
import gyre.sys.Backend;
import gyre.sys.SocketPair;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What framing adds to Unix datagrams; where the backend has none, there is nothing to frame, and it says so. */
@EveryBackend
class UnixDatagramFramedTest extends OnLoop {
    /** A text and its peer. */
    record Line(@Nullable SocketAddress peer, String text) {}

    /** Refuses "bad", fails for "unsendable". */
    static final class Lines implements UnixDatagramCodec<Line, Line> {
        @Override
        public Line decode(@Nullable SocketAddress sender, Buf from) throws IOException {
            String text = from.text(StandardCharsets.UTF_8);
            if (text.equals("bad")) {
                throw new CharacterCodingException();
            }
            return new Line(sender, text);
        }

        @Override
        public @Nullable SocketAddress encode(Line item, Buf into) throws IOException {
            into.put(item.text.getBytes(StandardCharsets.UTF_8));
            if (item.text.equals("unsendable")) {
                throw new IOException("this can't be encoded");
            }
            return item.peer;
        }
    }

    @TempDir
    private Path folder;

    UnixDatagramFramedTest(Backend backend) {
        super(backend);
    }

    private boolean refused() {
        if (!backend.name().equals("nio")) {
            return false;
        }
        String message = assertThrows(
                        UnsupportedOperationException.class,
                        () -> UnixDatagram.unbound(handle).framed(new Lines()))
                .getMessage();
        assertTrue(message.contains("the nio backend") && message.contains("epoll"), message);
        return true;
    }

    private SocketAddress address(String name) {
        return UnixDomainSocketAddress.of(folder.resolve(name));
    }

    private UnixDatagramFramed<Line, Line> at(String name) throws Exception {
        return later(UnixDatagram.bind(address(name), handle)).framed(new Lines());
    }

    private UnixDatagramFramed<Line, Line> nameless() throws Exception {
        return later(UnixDatagram.unbound(handle)).framed(new Lines());
    }

    private Line next(UnixDatagramFramed<Line, Line> framed) throws Exception {
        return run(framed.intoFuture()).item();
    }

    private void send(UnixDatagramFramed<Line, Line> from, @Nullable SocketAddress to, String text) throws Exception {
        run(from.send(new Line(to, text)));
    }

    @Test
    void aDatagramIsAnItemAndTheCodecSeesThePeer() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagramFramed<Line, Line> a = at("a");
        UnixDatagramFramed<Line, Line> b = at("b");
        for (String text : new String[] {"one", "", "three"}) {
            send(a, address("b"), text);
        }
        for (String text : new String[] {"one", "", "three"}) {
            assertEquals(new Line(address("a"), text), next(b));
        }
        send(nameless(), address("b"), "who am I?");
        assertEquals(new Line(null, "who am I?"), next(b));
        assertEquals("UnixDatagramFramed[" + a.socket() + "]", a.toString());
        assertInstanceOf(Lines.class, a.codec());
    }

    @Test
    void anAnswerGoesToWhoAsked() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagramFramed<Line, Line> server = at("server");
        UnixDatagramFramed<Line, Line> one = at("one");
        UnixDatagramFramed<Line, Line> two = at("two");
        send(one, address("server"), "1");
        send(two, address("server"), "2");
        run(server.take(2).forEachAwait(line -> server.send(new Line(line.peer(), "answer to " + line.text()))));
        assertEquals(new Line(address("server"), "answer to 1"), next(one));
        assertEquals(new Line(address("server"), "answer to 2"), next(two));
    }

    @Test
    void aDatagramThatTheCodecRefusesIsTheFailureOfOneItemAndNamesWhoHasAName() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagramFramed<Line, Line> b = at("b");
        send(at("a"), address("b"), "bad");
        send(nameless(), address("b"), "bad");
        send(nameless(), address("b"), "good");
        DatagramException e = assertThrows(DatagramException.class, () -> next(b));
        assertEquals(address("a"), e.sender());
        assertTrue(e.getMessage().startsWith("a datagram of 3 bytes from " + address("a") + ": "), e.getMessage());
        assertInstanceOf(CharacterCodingException.class, e.getCause());
        e = assertThrows(DatagramException.class, () -> next(b));
        assertNull(e.sender());
        assertTrue(e.getMessage().contains("from a socket without a name: "), e.getMessage());
        assertEquals("good", next(b).text());
    }

    @Test
    void anItemThatCannotBeSentIsLostAndTheSinkGoesOn() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagramFramed<Line, Line> a = at("a");
        UnixDatagramFramed<Line, Line> b = at("b");
        IOException e = assertThrows(IOException.class, () -> send(a, address("b"), "unsendable"));
        assertEquals("this can't be encoded", e.getMessage());
        e = assertThrows(IOException.class, () -> send(a, address("nobody"), "x"));
        assertTrue(e.getMessage().contains("nobody"), e.getMessage());
        a.socket().option(StandardSocketOptions.SO_SNDBUF, 8_192);
        e = assertThrows(IOException.class, () -> send(a, address("b"), "x".repeat(100_000)));
        assertTrue(e.getMessage().contains("100000"), e.getMessage());
        assertEquals(0, buffers.stats().taken());
        send(a, address("b"), "fine");
        assertEquals("fine", next(b).text());
    }

    /** Over UDP the same words are about an earlier datagram, which is sent once more; here that would go on for ever. */
    @Test
    void aConnectedPeerThatHasGoneIsTheFailureOfEachItem() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagramFramed<Line, Line> a = nameless();
        UnixDatagramFramed<Line, Line> b = at("b");
        a.socket().connect(address("b"));
        b.socket().close();
        for (int i = 0; i < 3; i++) {
            assertThrows(IOException.class, () -> send(a, null, "anyone?"));
        }
        UnixDatagramFramed<Line, Line> back = at("b");
        a.socket().connect(address("b"));
        send(a, null, "here");
        assertEquals("here", next(back).text());
    }

    @Test
    void aDatagramLongerThanABufferIsReportedWithItsPeer() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagramFramed<Line, Line> a = at("a");
        try (Core small =
                Core.builder().backend(backend).bufferSize(8).maxBufferBytes(64).open()) {
            UnixDatagramFramed<Line, Line> b =
                    UnixDatagram.bind(address("b"), small.handle()).framed(new Lines());
            send(a, address("b"), "123456789");
            send(a, address("b"), "12345678");
            DatagramException e = assertThrows(DatagramException.class, () -> small.run(b.intoFuture()));
            assertEquals(address("a"), e.sender());
            assertTrue(e.getMessage().contains("longer"), e.getMessage());
            assertEquals("12345678", small.run(b.intoFuture()).item().text());
        }
    }

    @Test
    void aSlowReceiverHoldsUpTheSinkAndLosesNothing() throws Exception {
        if (refused()) {
            return;
        }
        for (boolean connected : new boolean[] {true, false}) {
            UnixDatagramFramed<Line, Line> receiver = at("receiver " + connected);
            UnixDatagramFramed<Line, Line> sender = nameless();
            SocketAddress to = address("receiver " + connected);
            if (connected) {
                sender.socket().connect(to);
            }
            List<Line> lines = IntStream.range(0, 5_000)
                    .mapToObj(i -> new Line(connected ? null : to, "" + i))
                    .toList();
            JoinHandle<Void> sending = handle.spawn(sender.sendAll(Streams.from(lines)));
            settle();
            assertFalse(sending.isDone(), "the queue took all of it: the test shows nothing");
            assertEquals(1, buffers.stats().taken(), "what is refused is kept, and no more");
            List<Line> received = run(receiver.take(lines.size()).collect());
            assertEquals(
                    lines.stream().map(Line::text).toList(),
                    received.stream().map(Line::text).toList());
            run(sending);
        }
    }

    @Test
    void cancelGivesTheBufferOfARefusedDatagramBack() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagramFramed<Line, Line> receiver = at("a");
        UnixDatagramFramed<Line, Line> sender = nameless();
        sender.socket().connect(address("a"));
        int sent = run(Futures.<Integer>pollFn(task -> {
            int taken = 0;
            while (sender.startSend(task, new Line(null, "" + taken))) {
                taken++;
            }
            return Poll.ready(taken);
        }));
        assertEquals(1, buffers.stats().taken());
        sender.cancel();
        sender.cancel();
        assertEquals(0, buffers.stats().taken());
        run(sender.flush());
        for (int i = 0; i < sent - 1; i++) {
            assertEquals("" + i, next(receiver).text());
        }
        send(sender, null, "after the one that was cancelled");
        assertEquals("after the one that was cancelled", next(receiver).text());
    }

    @Test
    void whatHadToWaitAndFailsDoesNotTakeTheNextOneWithIt() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagramFramed<Line, Line> full = at("full");
        UnixDatagramFramed<Line, Line> other = at("other");
        UnixDatagramFramed<Line, Line> sender = nameless();
        run(Futures.<Void>pollFn(task -> {
            while (sender.startSend(task, new Line(address("full"), "x"))) {}
            return Poll.done();
        }));
        full.socket().close();
        run(Futures.<Void>pollFn(task -> {
            assertTrue(sender.startSend(task, new Line(address("other"), "y")));
            assertThrows(IOException.class, () -> sender.pollFlush(task));
            return sender.pollFlush(task);
        }));
        assertEquals("y", next(other).text());
    }

    @Test
    void bothHalvesOfAPairHaveTwoOwners() throws Exception {
        if (refused()) {
            return;
        }
        SocketPair<UnixDatagram> pair = UnixDatagram.pair(handle);
        UnixDatagramFramed<Line, Line> echo = later(pair.second()).framed(new Lines());
        Split<Line, Line> ours = later(pair.first()).framed(new Lines()).split();
        JoinHandle<Void> echoing = handle.spawn(echo.take(10).forEachAwait(echo::send));
        JoinHandle<List<Line>> answers = handle.spawn(ours.stream().take(10).collect());
        List<Line> lines =
                IntStream.range(0, 10).mapToObj(i -> new Line(null, "" + i)).toList();
        run(ours.sink().sendAll(Streams.from(lines)));
        run(echoing);
        assertEquals(lines, run(answers));
    }

    @Test
    void descriptorsThatComeWithADatagramAreClosed() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagram a = later(UnixDatagram.unbound(handle));
        UnixDatagramFramed<Line, Line> b = at("b");
        OpenDescriptors before = OpenDescriptors.now();
        Buf from = Buf.copyOf("gift");
        run(Futures.<Void>pollFn(task -> {
            assertEquals(4, a.sendDescriptorsTo(task, from, address("b"), a.descriptor()));
            return Poll.done();
        }));
        assertEquals("gift", next(b).text());
        before.assertNoMore();
    }

    @Test
    void aClosedSocketFailsBothSides() throws Exception {
        if (refused()) {
            return;
        }
        UnixDatagramFramed<Line, Line> a = at("a");
        JoinHandle<Outcome<Next<Line>>> waiting = handle.spawn(a.intoFuture().outcome());
        settle();
        assertEquals(0, buffers.stats().taken(), "an idle socket holds no buffer");
        a.socket().close();
        IOException e = assertInstanceOf(IOException.class, run(waiting).error());
        assertFalse(e instanceof PortUnreachableException, e.toString());
        assertThrows(IOException.class, () -> send(a, address("a"), "x"));
    }
}
