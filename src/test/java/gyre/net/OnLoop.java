package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.io.Input;
import gyre.io.Io;
import gyre.io.Output;
import gyre.sys.Backend;
import gyre.testing.TestLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;

/** A Core on the backend under test, whose thread is the test's, and the system's own sockets as peers. */
abstract class OnLoop extends TestLoop {
    /** What hangs fails here: an interrupt doesn't end a loop. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    BufPool buffers;

    OnLoop(Backend backend) {
        super(backend, PATIENCE);
    }

    @BeforeEach
    void findBuffers() {
        buffers = handle.pinned().buffers();
    }

    @AfterEach
    @Override
    protected void close() throws Exception {
        super.close();
        assertEquals(0, buffers.stats().taken());
    }

    /** Fails with this type of exception, whose message has this part. */
    static void assertSays(String part, Class<? extends Exception> type, Executable call) {
        Exception e = assertThrows(type, call);
        assertTrue(String.valueOf(e.getMessage()).contains(part), () -> part + " is not in: " + e);
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    TcpListener listen() throws Exception {
        return later(TcpListener.bind(loopback(0), handle));
    }

    UdpSocket udp() throws Exception {
        return later(UdpSocket.bind(loopback(0), handle));
    }

    /** The next datagram, as text. */
    Future<String> receive(UdpSocket socket) {
        return socket.receiveDatagram(Buf.allocate(100))
                .map(datagram -> datagram.buf().text(StandardCharsets.UTF_8));
    }

    /** The system's listener. */
    ServerSocket server() throws Exception {
        ServerSocket server = later(new ServerSocket());
        server.bind(loopback(0));
        return server;
    }

    /** The system's client. */
    Socket client(InetSocketAddress to) throws Exception {
        Socket socket = later(new Socket());
        socket.connect(to, (int) PATIENCE.toMillis());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    /** A connection: this end on the loop, that end the system's. */
    record Pair(TcpStream ours, Socket theirs) {
        void send(String text) throws Exception {
            theirs.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }

        /** What arrives there next; fails at the end. */
        String receive(int bytes) throws Exception {
            byte[] got = theirs.getInputStream().readNBytes(bytes);
            return new String(got, StandardCharsets.US_ASCII);
        }

        void reset() throws Exception {
            theirs.setSoLinger(true, 0);
            theirs.close();
        }
    }

    Pair pair() throws Exception {
        return pair(0, 0);
    }

    /** With these sizes of the receive buffers, this end's and that end's; 0 for the system's. */
    Pair pair(int receiveHere, int receiveThere) throws Exception {
        TcpListenerBuilder builder = TcpListener.builder(handle);
        if (receiveHere > 0) {
            builder.option(java.net.StandardSocketOptions.SO_RCVBUF, receiveHere);
        }
        try (TcpListener listener = builder.bind(loopback(0))) {
            Socket theirs = later(new Socket());
            if (receiveThere > 0) {
                theirs.setReceiveBufferSize(receiveThere);
            }
            theirs.connect(listener.localAddress());
            theirs.setSoTimeout((int) PATIENCE.toMillis());
            theirs.setTcpNoDelay(true);
            return new Pair(later(run(listener.accept())), theirs);
        }
    }

    static Future<Integer> read(Input from, Buf into) {
        return Futures.pollFn(task -> {
            int n = from.read(task, into);
            return n == Io.NOT_READY ? Poll.pending() : Poll.ready(n);
        });
    }

    static Future<Integer> write(Output to, Buf from) {
        return Futures.pollFn(task -> {
            int n = to.write(task, from);
            return n == Io.NOT_READY ? Poll.pending() : Poll.ready(n);
        });
    }

    /** The whole text; {@link #write} may take a part. */
    static Future<Buf> send(Output to, String text) {
        return gyre.io.WriteAll.writeAll(to, Buf.copyOf(text));
    }

    /** Exactly as many bytes as the text has. */
    static Future<String> expect(Input from, String text) {
        return gyre.io.ReadExact.readExact(from, Buf.allocate(text.length()))
                .map(buf -> buf.text(StandardCharsets.US_ASCII));
    }

    static Future<byte[]> readToEnd(Input from) {
        return gyre.io.ReadToEnd.readToEnd(from, 64 << 20);
    }

    /** A call on a thread of its own, which the loop doesn't wait for. */
    static <T> CompletableFuture<T> aside(Callable<T> call) {
        CompletableFuture<T> promise = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        promise.complete(call.call());
                    } catch (Throwable e) {
                        promise.completeExceptionally(e);
                    }
                },
                "aside");
        thread.setDaemon(true);
        thread.start();
        return promise;
    }

    /** On the loop, the end of what goes on aside. */
    static <T> Future<T> await(CompletableFuture<T> aside) {
        return Futures.pollFn(task -> {
            if (aside.isDone()) {
                return Poll.ready(aside.get());
            }
            aside.whenComplete((value, e) -> task.wake());
            return Poll.pending();
        });
    }

    /** Bytes that tell where they belong: no period divides the sizes of buffers. */
    static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251 + i / 65_521);
        }
        return bytes;
    }
}
