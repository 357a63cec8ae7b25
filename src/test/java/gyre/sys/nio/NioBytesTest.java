package gyre.sys.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.sys.ByteStream;
import gyre.sys.ListenSocket;
import gyre.sys.Ready;
import gyre.sys.Selector;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Channels adopted as they are. */
class NioBytesTest {
    @Test
    void aPipeIsWatchedAndCarriesBytesInItsOneDirection() throws IOException {
        Pipe pipe = Pipe.open();
        Told in = new Told();
        Buf into = Buf.allocate(8);
        try (ByteStream source = (ByteStream) Pair.NIO.fromChannel(pipe.source());
                Selector selector = Pair.NIO.selector()) {
            selector.register(source, in);
            try (ByteStream sink = (ByteStream) Pair.NIO.fromChannel(pipe.sink())) {
                Told out = new Told();
                selector.register(sink, out);
                selector.select(-1);
                assertEquals(Ready.WRITE, out.bits);
                assertEquals(0, in.bits);

                assertEquals(Transfer.NOT_READY, source.read(into));
                assertEquals(3, sink.write(Buf.copyOf("one")));
                selector.select(-1);
                assertEquals(Ready.READ, in.bits);
                assertEquals(3, source.read(into));
                assertThrows(NonReadableChannelException.class, () -> sink.read(into));
                assertThrows(NonWritableChannelException.class, () -> source.write(into));
                selector.deregister(sink);
            }
            selector.select(-1);
            assertEquals(2, in.reads);
            assertEquals(Transfer.END, source.read(into));
            selector.deregister(source);
        }
    }

    @Test
    void aFullPipeIsToldWritableWhenItWasEmptied() throws IOException {
        Pipe pipe = Pipe.open();
        try (ByteStream source = (ByteStream) Pair.NIO.fromChannel(pipe.source());
                ByteStream sink = (ByteStream) Pair.NIO.fromChannel(pipe.sink());
                Selector selector = Pair.NIO.selector()) {
            Told out = new Told();
            selector.register(sink, out);
            selector.select(0);
            Buf bytes = Buf.allocate(1 << 16);
            do {
                bytes.clear().advance(bytes.capacity());
            } while (sink.write(bytes) != Transfer.NOT_READY);
            selector.rearm(sink, Ready.WRITE);
            selector.select(0);
            assertEquals(1, out.writes);
            while (source.read(bytes.clear()) > 0) {}
            selector.select(-1);
            assertEquals(2, out.writes);
        }
    }

    @Test
    void gatheringTakesAnyCountOfBuffersAndSkipsEmptyOnes() throws IOException {
        try (Pair pair = Pair.open()) {
            Buf[] many = new Buf[3000];
            Arrays.setAll(many, i -> i < 1500 ? Buf.allocate(0) : Buf.copyOf("x"));
            int sent = 0;
            while (sent < 1500) {
                int count = pair.client().write(many, 0, many.length);
                assertTrue(count > 0, () -> "answered " + count);
                sent += count;
            }
            assertEquals(0, pair.client().write(many, 0, many.length));
            assertEquals(0, pair.client().write(many, 0, 0));
            Buf into = Buf.allocate(1500);
            while (into.writable() > 0) {
                pair.server().read(into);
            }
        }
    }

    @Test
    void socketChannelsBecomeSockets() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
                SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
            ListenSocket listener = assertInstanceOf(ListenSocket.class, Pair.NIO.fromChannel(server));
            StreamSocket stream = assertInstanceOf(StreamSocket.class, Pair.NIO.fromChannel(client));
            assertEquals(server.getLocalAddress(), stream.remoteAddress());
            try (StreamSocket accepted = Pair.accept(listener)) {
                assertEquals(stream.localAddress(), accepted.remoteAddress());
            }
            assertEquals(Transfer.END, awaitEnd(stream));
        }
    }

    private static int awaitEnd(StreamSocket stream) throws IOException {
        int answer;
        do {
            answer = stream.read(Buf.allocate(1));
        } while (answer == Transfer.NOT_READY);
        return answer;
    }

    @Test
    void aDescriptorIsRefusedWithTheBackendsThatCan() {
        var refused = assertThrows(UnsupportedOperationException.class, () -> Pair.NIO.fromDescriptor(0));
        assertTrue(refused.getMessage().contains("epoll"), refused.getMessage());
    }
}
