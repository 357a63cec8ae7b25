package gyre.reactor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import gyre.buffer.Transfer;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.sys.Backend;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** Channels that the test goes on to use, and the tries that it makes on them. */
abstract class WatchingChannels extends Turning {
    WatchingChannels(Backend backend) {
        super(backend);
    }

    List<Thread> thread() {
        return threads("loop " + core.id());
    }

    static List<Thread> threads(String end) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith("channels of " + end))
                .toList();
    }

    Pipe openPipe() throws IOException {
        Pipe pipe = Pipe.open();
        later(pipe.source());
        later(pipe.sink());
        return pipe;
    }

    <C extends SelectableChannel> PollEvented<ChannelSource<C>> watch(C channel) throws IOException {
        return later(PollEvented.fromChannel(channel, handle));
    }

    void connect(PollEvented<ChannelSource<SocketChannel>> socket, SocketAddress to) throws Exception {
        socket.source().channel().connect(to);
        run(finishConnect(socket));
    }

    static Future<Void> finishConnect(PollEvented<ChannelSource<SocketChannel>> socket) {
        return Futures.pollFn(task -> {
            int n = socket.tryWrite(task, s -> s.channel().finishConnect() ? 0 : Transfer.NOT_READY);
            return n == Transfer.NOT_READY ? Poll.pending() : Poll.done();
        });
    }

    static <C extends SelectableChannel & ReadableByteChannel> Future<String> read(
            PollEvented<ChannelSource<C>> from, int room) {
        ByteBuffer into = ByteBuffer.allocate(room);
        return Futures.pollFn(task -> {
            int n = from.tryRead(task, source -> waiting(source.channel().read(into)));
            if (n == Transfer.NOT_READY) {
                return Poll.pending();
            }
            return Poll.ready(n == Transfer.END ? "END" : new String(into.array(), 0, n, US_ASCII));
        });
    }

    static <C extends SelectableChannel & WritableByteChannel> Future<Integer> write(
            PollEvented<ChannelSource<C>> to, String text) {
        ByteBuffer from = ascii(text);
        return Futures.pollFn(task ->
                answer(to.tryWrite(task, sink -> waiting(sink.channel().write(from)))));
    }

    /** Where java.nio says 0, the protocol says that it would have had to wait. */
    static int waiting(int n) {
        return n == 0 ? Transfer.NOT_READY : n;
    }

    static Poll<Integer> answer(int n) {
        return n == Transfer.NOT_READY ? Poll.pending() : Poll.ready(n);
    }

    static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }

    static void put(WritableByteChannel to, String text) {
        try {
            to.write(ascii(text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static int get(ReadableByteChannel from) {
        try {
            return from.read(ByteBuffer.allocate(1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static void closeQuietly(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static void echoOnce(ServerSocket server, int bytes) {
        try (var socket = server.accept()) {
            socket.getOutputStream().write(socket.getInputStream().readNBytes(bytes));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
