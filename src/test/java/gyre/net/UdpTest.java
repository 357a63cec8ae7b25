package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.io.Io;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The original's tests of its UDP module. */
@EveryBackend
class UdpTest extends OnLoop {
    UdpTest(Backend backend) {
        super(backend);
    }

    @Test
    void sendToAndRecvFrom() throws Exception {
        for (String message : new String[] {"1234", ""}) {
            UdpSocket a = udp();
            UdpSocket b = udp();
            InetSocketAddress to = b.localAddress();
            Buf into = Buf.allocate(10 + 10 * message.length());
            Buf from = Buf.copyOf(message);
            Future<Integer> sending = Futures.pollFn(task -> answer(a.sendTo(task, from, to)));
            Future<Integer> receiving = Futures.pollFn(task -> answer(b.receive(task, into)));
            assertEquals(2 * message.length(), run(sending.join(receiving, Integer::sum)));
            assertEquals(a.localAddress(), b.sender());
            assertEquals(message, into.text(StandardCharsets.UTF_8));
        }
    }

    @Test
    void sendAndRecv() throws Exception {
        for (String message : new String[] {"1234", ""}) {
            UdpSocket a = udp();
            UdpSocket b = udp();
            a.connect(b.localAddress());
            b.connect(a.localAddress());
            Buf into = Buf.allocate(10 + 10 * message.length());
            Buf from = Buf.copyOf(message);
            Future<Integer> sending = Futures.pollFn(task -> answer(a.send(task, from)));
            if (message.isEmpty() && backend.name().equals("nio")) {
                assertThrows(UnsupportedOperationException.class, () -> run(sending)); // as the JDK can't
                continue;
            }
            Future<Integer> receiving = Futures.pollFn(task -> answer(b.receive(task, into)));
            assertEquals(2 * message.length(), run(sending.join(receiving, Integer::sum)));
            assertEquals(message, into.text(StandardCharsets.UTF_8));
        }
    }

    private static Poll<Integer> answer(int count) {
        return count == Io.NOT_READY ? Poll.pending() : Poll.ready(count);
    }

    @Test
    void sendDgrams() throws Exception {
        UdpSocket a = udp();
        UdpSocket b = udp();
        Buf from = Buf.allocate(50);
        Buf into = Buf.allocate(50);
        for (String message : new String[] {"4321", ""}) {
            from.clear().put(message.getBytes(StandardCharsets.UTF_8));
            Datagram[] both = run(a.sendDatagram(from, b.localAddress())
                    .join(b.receiveDatagram(into.clear()), (sent, received) -> new Datagram[] {sent, received}));
            assertEquals(new Datagram(a, from, message.length(), b.localAddress(), false), both[0]);
            assertEquals(new Datagram(b, into, message.length(), a.localAddress(), false), both[1]);
            assertEquals(message, into.text(StandardCharsets.UTF_8));
        }
    }

    @Test
    void sendFramed() throws Exception {
        UdpSocket a = udp();
        UdpSocket b = udp();
        for (String message : new String[] {"4567", ""}) {
            UdpCodec<String, String> codec = new UdpCodec<>() {
                @Override
                public String decode(InetSocketAddress sender, Buf from) throws Exception {
                    assertEquals(a.localAddress(), sender);
                    return from.text(StandardCharsets.UTF_8);
                }

                @Override
                public InetSocketAddress encode(String item, Buf into) throws Exception {
                    into.put(item.getBytes(StandardCharsets.UTF_8));
                    return b.localAddress();
                }
            };
            UdpFramed<String, String> in = b.framed(codec);
            var first = run(a.framed(codec).send(message).join(in.intoFuture(), (sent, next) -> next));
            assertFalse(first.isEnd());
            assertEquals(message, first.item());
            assertSame(b, in.socket());
            assertSame(codec, in.codec());
        }
    }
}
