package gyre.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.Copy;
import gyre.io.ReadExact;
import gyre.io.ReadToEnd;
import gyre.io.ShutdownOutput;
import gyre.io.WriteAll;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import gyre.reactor.JoinHandle;
import gyre.testing.ChildJvm;
import gyre.testing.ErraticBackend;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A backend that somebody else wrote, and that does whatever the contract allows. */
class ErraticBackendTest {
    private static final int SEEDS = 20;
    private static final int CONNECTIONS = 8;
    private static final int BYTES = 20_000;
    private static final int ROUNDS = 20;
    private static final int DATAGRAMS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void aServiceLoaderFindsIt() throws Exception {
        List<String> jvm = List.of("-Dgyre.backend=erratic");
        try (ChildJvm child = ChildJvm.start(ChildJvm.command(ChildJvm.classPath(), jvm, EchoMain.class))) {
            assertEquals("erratic", child.line("backend "));
            byte[] sent = OnLoop.pattern(BYTES);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(child.line("port ")))) {
                socket.getOutputStream().write(sent);
                socket.shutdownOutput();
                assertArrayEquals(sent, socket.getInputStream().readAllBytes());
            }
            assertEquals("" + BYTES, child.line("wrote "));
            assertEquals(0, child.await());
        }
    }

    @Test
    void whateverTheSeedNothingIsLost() {
        long first = Long.getLong("gyre.test.seed", 1);
        for (long seed = first; seed < first + SEEDS; seed++) {
            try (Core core = Core.builder().backend(new ErraticBackend(seed)).open()) {
                echoes(core);
                conversation(core);
                datagrams(core);
                timers(core);
            } catch (Exception | AssertionError e) {
                fail("again with -Dgyre.test.seed=" + seed, e);
            }
        }
    }

    /** Many connections at once, each with more than fits one read; all ends by the end of the input. */
    private static void echoes(Core core) throws Exception {
        Handle handle = core.handle();
        byte[] sent = OnLoop.pattern(BYTES);
        try (TcpListener listener = TcpListener.bind(OnLoop.loopback(0), handle)) {
            JoinHandle<Void> server = handle.spawn(listener.incoming()
                    .forEach(socket -> handle.spawn(Futures.using(
                            socket, s -> Copy.copy(s, s).andThen(n -> ShutdownOutput.shutdownOutput(s))))));
            InetSocketAddress address = listener.localAddress();
            List<JoinHandle<byte[]>> clients = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(handle.spawn(TcpStream.connect(address, handle)
                        .andThen(socket -> Futures.using(socket, s -> talk(s, sent)))));
            }
            for (JoinHandle<byte[]> each : clients) {
                assertArrayEquals(sent, core.run(handle.timeout(each, PATIENCE)));
            }
            server.abort();
        }
    }

    private static Future<byte[]> talk(TcpStream socket, byte[] sent) {
        return WriteAll.writeAll(socket, Buf.copyOf(sent))
                .andThen(b -> ShutdownOutput.shutdownOutput(socket))
                .andThen(v -> ReadToEnd.readToEnd(socket, 2 * BYTES));
    }

    /** With nothing else going on: what is lost is not made good by the end of the input, or by the next event. */
    private static void conversation(Core core) throws Exception {
        Handle handle = core.handle();
        byte[] sent = OnLoop.pattern(500);
        try (TcpListener listener = TcpListener.bind(OnLoop.loopback(0), handle)) {
            JoinHandle<Long> server =
                    handle.spawn(listener.accept().andThen(socket -> Futures.using(socket, s -> Copy.copy(s, s))));
            try (TcpStream client = core.run(TcpStream.connect(listener.localAddress(), handle))) {
                for (int i = 0; i < ROUNDS; i++) {
                    core.run(handle.timeout(WriteAll.writeAll(client, Buf.copyOf(sent)), PATIENCE));
                    Buf got =
                            core.run(handle.timeout(ReadExact.readExact(client, Buf.allocate(sent.length)), PATIENCE));
                    assertArrayEquals(sent, got.bytes(sent.length));
                }
            }
            assertEquals((long) ROUNDS * sent.length, core.run(handle.timeout(server, PATIENCE)));
        }
    }

    /** One after the other, so that the system loses none. */
    private static void datagrams(Core core) throws Exception {
        Handle handle = core.handle();
        try (UdpSocket a = UdpSocket.bind(OnLoop.loopback(0), handle);
                UdpSocket b = UdpSocket.bind(OnLoop.loopback(0), handle)) {
            for (int i = 0; i < DATAGRAMS; i++) {
                Buf into = Buf.allocate(16);
                core.run(handle.timeout(a.sendDatagram(Buf.copyOf("no. " + i), b.localAddress()), PATIENCE));
                core.run(handle.timeout(
                        Futures.pollFn(task ->
                                b.receive(task, into) < 0 ? gyre.future.Poll.pending() : gyre.future.Poll.ready(0)),
                        PATIENCE));
                assertEquals("no. " + i, into.text(java.nio.charset.StandardCharsets.US_ASCII));
            }
        }
    }

    /** Never early, whatever else happens. */
    private static void timers(Core core) throws Exception {
        Duration wait = Duration.ofMillis(5);
        long start = System.nanoTime();
        core.run(core.handle().sleep(wait));
        long took = System.nanoTime() - start;
        if (took < wait.toNanos()) {
            fail("a timer of " + wait + " fired after " + took + " ns");
        }
    }
}
