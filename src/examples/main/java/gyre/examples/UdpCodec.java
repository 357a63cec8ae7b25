package gyre.examples;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Streams;
import gyre.net.UdpFramed;
import gyre.net.UdpSocket;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Two sockets that speak in messages: one sends PING, the other answers PONG, and the first ends after four answers. */
public final class UdpCodec {
    private record Message(InetSocketAddress peer, String text) {}

    /** A datagram is a text; a message knows whom it is for or from. */
    private static final class Texts implements gyre.net.UdpCodec<Message, Message> {
        @Override
        public Message decode(InetSocketAddress sender, Buf from) {
            return new Message(sender, from.text(StandardCharsets.UTF_8));
        }

        @Override
        public InetSocketAddress encode(Message message, Buf into) {
            into.put(message.text.getBytes(StandardCharsets.UTF_8));
            return message.peer;
        }
    }

    private UdpCodec() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments =
                Arguments.of("udp-codec", "Two sockets send each other PING and PONG, four times each, and end.", args);
        Future<Void> stop = Signals.stop();
        try (Core core = Core.builder().backend(arguments.backend()).open()) {
            UdpFramed<Message, Message> a = open(core.handle());
            UdpFramed<Message, Message> b = open(core.handle());
            InetSocketAddress first = b.socket().localAddress();
            core.handle().spawn(b.sendAll(b.map(ping -> answer("b", ping, "PONG"))));
            core.run(a.send(new Message(first, "PING"))
                    .andThen(sent -> a.sendAll(a.take(4)
                            .zip(Streams.from(List.of(1, 2, 3, 4)), (pong, i) -> answer("a", pong, "PING " + i))))
                    .race(stop));
        }
    }

    private static UdpFramed<Message, Message> open(Handle handle) throws IOException {
        return UdpSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handle)
                .framed(new Texts());
    }

    private static Message answer(String who, Message received, String text) {
        System.out.println("[" + who + "] recv: " + received.text);
        return new Message(received.peer, text);
    }
}
