package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Next;
import gyre.future.Outcome;
import gyre.future.Poll;
import gyre.future.Split;
import gyre.future.Streams;
import gyre.reactor.Core;
import gyre.reactor.JoinHandle;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What framing adds to UDP, and what must not end it. */
@EveryBackend
class UdpFramedTest extends OnLoop {
    /** A line of text and its peer. */
    record Line(@Nullable InetSocketAddress peer, String text) {}

    /** Refuses "bad", fails for "unsendable". */
    static final class Lines implements UdpCodec<Line, Line> {
        @Override
        public Line decode(InetSocketAddress sender, Buf from) throws IOException {
            String text = from.text(StandardCharsets.UTF_8);
            if (text.equals("bad")) {
                throw new CharacterCodingException();
            }
            return new Line(sender, text);
        }

        @Override
        public @Nullable InetSocketAddress encode(Line item, Buf into) throws IOException {
            into.put(item.text.getBytes(StandardCharsets.UTF_8));
            if (item.text.equals("unsendable")) {
                throw new IOException("this can't be encoded");
            }
            return item.peer;
        }
    }

    UdpFramedTest(Backend backend) {
        super(backend);
    }

    private UdpFramed<Line, Line> framed() throws Exception {
        return udp().framed(new Lines());
    }

    private static InetSocketAddress address(UdpFramed<?, ?> framed) throws IOException {
        return framed.socket().localAddress();
    }

    private Line next(UdpFramed<Line, Line> framed) throws Exception {
        return run(framed.intoFuture()).item();
    }

    private void send(UdpFramed<Line, Line> from, UdpFramed<?, ?> to, String text) throws Exception {
        run(from.send(new Line(address(to), text)));
    }

    @Test
    void aDatagramIsAnItemAndTheCodecSeesThePeer() throws Exception {
        UdpFramed<Line, Line> a = framed();
        UdpFramed<Line, Line> b = framed();
        for (String text : new String[] {"one", "", "three"}) {
            send(a, b, text);
        }
        for (String text : new String[] {"one", "", "three"}) {
            assertEquals(new Line(address(a), text), next(b));
        }
    }

    @Test
    void anAnswerGoesToWhoAsked() throws Exception {
        UdpFramed<Line, Line> server = framed();
        UdpFramed<Line, Line> one = framed();
        UdpFramed<Line, Line> two = framed();
        send(one, server, "1");
        send(two, server, "2");
        run(server.take(2).forEachAwait(line -> server.send(new Line(line.peer(), "answer to " + line.text()))));
        assertEquals(new Line(address(server), "answer to 1"), next(one));
        assertEquals(new Line(address(server), "answer to 2"), next(two));
    }

    @Test
    void aDatagramThatTheCodecRefusesIsTheFailureOfOneItemAndNamesThePeer() throws Exception {
        UdpFramed<Line, Line> a = framed();
        UdpFramed<Line, Line> b = framed();
        send(a, b, "bad");
        send(a, b, "good");
        DatagramException e = assertThrows(DatagramException.class, () -> next(b));
        assertEquals(address(a), e.sender());
        assertTrue(e.getMessage().contains("127.0.0.1:" + address(a).getPort()), e.getMessage());
        assertTrue(e.getMessage().contains("3 bytes"), e.getMessage());
        assertInstanceOf(CharacterCodingException.class, e.getCause());
        assertEquals("good", next(b).text());
    }

    @Test
    void anItemThatCannotBeEncodedIsLostAndTheSinkGoesOn() throws Exception {
        UdpFramed<Line, Line> a = framed();
        UdpFramed<Line, Line> b = framed();
        IOException e = assertThrows(IOException.class, () -> send(a, b, "unsendable"));
        assertEquals("this can't be encoded", e.getMessage());
        send(a, b, "fine");
        assertEquals("fine", next(b).text());
    }

    @Test
    void aDatagramThatIsTooLongFailsAndTheSinkGoesOn() throws Exception {
        UdpFramed<Line, Line> a = framed();
        UdpFramed<Line, Line> b = framed();
        IOException e = assertThrows(IOException.class, () -> send(a, b, "x".repeat(70_000)));
        assertTrue(e.getMessage().contains("70000"), e.getMessage());
        send(a, b, "fine");
        assertEquals("fine", next(b).text());
    }

    @Test
    void aTruncatedDatagramIsReportedWithItsPeer() throws Exception {
        try (Core small =
                Core.builder().backend(backend).bufferSize(8).maxBufferBytes(64).open()) {
            UdpSocket receiver = UdpSocket.bind(loopback(0), small.handle());
            UdpSocket sender = UdpSocket.bind(loopback(0), small.handle());
            UdpFramed<Line, Line> framed = receiver.framed(new Lines());
            for (String text : new String[] {"123456789", "12345678"}) {
                small.run(sender.sendDatagram(Buf.copyOf(text), receiver.localAddress()));
            }
            DatagramException e = assertThrows(DatagramException.class, () -> small.run(framed.intoFuture()));
            assertEquals(sender.localAddress(), e.sender());
            assertTrue(e.getMessage().contains("longer"), e.getMessage());
            assertEquals("12345678", small.run(framed.intoFuture()).item().text());
        }
    }

    private InetSocketAddress nobody() throws Exception {
        try (UdpSocket gone = UdpSocket.bind(loopback(0), handle)) {
            return gone.localAddress();
        }
    }

    @Test
    void anUnreachablePeerEndsNeitherSide() throws Exception {
        UdpFramed<Line, Line> a = framed();
        InetSocketAddress gone = nobody();
        a.socket().connect(gone);
        JoinHandle<Next<Line>> waiting = handle.spawn(a.intoFuture());
        for (int i = 0; i < 5; i++) {
            run(a.send(new Line(null, "anyone?")));
            settle();
        }
        assertTrue(a.unreachable() >= 1, "nothing was reported: the test shows nothing");
        UdpFramed<Line, Line> back = later(UdpSocket.bind(gone, handle)).framed(new Lines());
        run(a.send(new Line(null, "now?")));
        assertEquals("now?", next(back).text(), "sent although an earlier one was reported");
        send(back, a, "here");
        assertEquals("here", run(waiting).item().text());
    }

    @Test
    void anUnreachablePeerIsAFailedItemIfAskedFor() throws Exception {
        UdpFramed<Line, Line> a = framed().reportUnreachable(true);
        InetSocketAddress gone = nobody();
        a.socket().connect(gone);
        JoinHandle<Outcome<Next<Line>>> waiting = handle.spawn(a.intoFuture().outcome());
        settle();
        run(a.send(new Line(null, "anyone?")));
        assertInstanceOf(PortUnreachableException.class, run(waiting).error());
        assertEquals(1, a.unreachable());
        UdpFramed<Line, Line> back = later(UdpSocket.bind(gone, handle)).framed(new Lines());
        send(back, a, "here");
        assertEquals("here", next(a).text(), "it is told once");
    }

    /** The send meets the report before the selector tells the stream, which hears of it all the same. */
    @Test
    void whatASendMeetsIsToldToTheStreamThatWaits() throws Exception {
        UdpFramed<Line, Line> a = framed().reportUnreachable(true);
        InetSocketAddress gone = nobody();
        a.socket().connect(gone);
        JoinHandle<Outcome<Next<Line>>> waiting = handle.spawn(a.intoFuture().outcome());
        settle();
        List<UdpFramed<Line, Line>> back = new ArrayList<>();
        boolean[] accepted = new boolean[2];
        run(Futures.<Void>pollFn(task -> {
            accepted[0] = accepted[0] || a.startSend(task, new Line(null, "anyone?"));
            if (!accepted[0] || back.isEmpty() && a.pollFlush(task).isPending()) {
                return Poll.pending();
            }
            if (back.isEmpty()) {
                back.add(later(UdpSocket.bind(gone, handle)).framed(new Lines()));
            }
            accepted[1] = accepted[1] || a.startSend(task, new Line(null, "you?"));
            return accepted[1] ? a.pollFlush(task) : Poll.pending();
        }));
        assertInstanceOf(PortUnreachableException.class, run(waiting).error());
        assertEquals("you?", next(back.get(0)).text(), "the datagram that met the report was sent");
    }

    @Test
    void theTwoSidesHaveTwoOwners() throws Exception {
        UdpFramed<Line, Line> a = framed();
        UdpFramed<Line, Line> b = framed();
        InetSocketAddress to = address(b);
        Split<Line, Line> ours = a.split();
        JoinHandle<Void> echo = handle.spawn(b.take(10).forEachAwait(line -> b.send(line)));
        JoinHandle<List<Line>> answers = handle.spawn(ours.stream().take(10).collect());
        JoinHandle<Void> questions = handle.spawn(Streams.from(IntStream.range(0, 10)
                        .mapToObj(i -> new Line(to, "" + i))
                        .toList())
                .forEachAwait(line -> ours.sink().send(line)));
        run(questions);
        run(echo);
        List<String> texts = new ArrayList<>();
        run(answers).forEach(line -> texts.add(line.text()));
        assertEquals(IntStream.range(0, 10).mapToObj(Integer::toString).toList(), texts);
    }

    @Test
    void anIdleSocketHoldsNoBuffer() throws Exception {
        UdpFramed<Line, Line> a = framed();
        JoinHandle<Next<Line>> waiting = handle.spawn(a.intoFuture());
        settle();
        assertEquals(0, buffers.stats().taken());
        send(framed(), a, "x");
        assertEquals("x", run(waiting).item().text());
    }

    @Test
    void whoFindsNoBufferWaitsForOne() throws Exception {
        try (Core small = Core.builder()
                .backend(backend)
                .bufferSize(64)
                .maxBufferBytes(64)
                .open()) {
            UdpFramed<Line, Line> a =
                    UdpSocket.bind(loopback(0), small.handle()).framed(new Lines());
            UdpFramed<Line, Line> b =
                    UdpSocket.bind(loopback(0), small.handle()).framed(new Lines());
            Buf only = a.socket().buffers().take();
            JoinHandle<Void> sending = small.handle().spawn(a.send(new Line(address(b), "patience")));
            JoinHandle<Next<Line>> receiving = small.handle().spawn(b.intoFuture());
            small.run(small.handle().sleep(java.time.Duration.ofMillis(20)));
            assertFalse(sending.isDone());
            a.socket().buffers().release(only);
            small.run(sending);
            assertEquals("patience", small.run(receiving).item().text());
        }
    }

    @Test
    void aSocketWithoutRoomKeepsOneDatagramAndCancelGivesItsBufferBack() throws Exception {
        UdpFramed<Line, Line> a = framed();
        UdpFramed<Line, Line> b = framed();
        Line line = new Line(address(b), "x");
        Future<Boolean> taken = Futures.pollFn(task -> {
            while (task.spend(1)) {} // what the socket would say if it were full
            boolean first = a.startSend(task, line);
            boolean second = a.startSend(task, line);
            assertEquals(1, buffers.stats().taken());
            assertTrue(a.pollFlush(task).isPending());
            return Poll.ready(first && !second);
        });
        assertTrue(run(taken));
        run(a.flush());
        assertEquals("x", next(b).text());
        run(Futures.<Boolean>pollFn(task -> {
            while (task.spend(1)) {}
            return Poll.ready(a.startSend(task, line));
        }));
        assertEquals(1, buffers.stats().taken());
        a.cancel();
        a.cancel();
        assertEquals(0, buffers.stats().taken());
        run(a.flush());
    }

    @Test
    void aClosedSocketFailsBothSides() throws Exception {
        UdpFramed<Line, Line> a = framed();
        JoinHandle<Outcome<Next<Line>>> waiting = handle.spawn(a.intoFuture().outcome());
        settle();
        a.socket().close();
        assertInstanceOf(IOException.class, run(waiting).error());
        assertThrows(IOException.class, () -> send(a, framed(), "x"));
    }
}
