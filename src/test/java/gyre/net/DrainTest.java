package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.reactor.Drained;
import gyre.reactor.JoinHandle;
import gyre.reactor.TaskGroup;
import gyre.sys.Backend;
import gyre.testing.ChildJvm;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Servers that end in order: what is under way is finished, who idles is told, who hangs is cut. */
@EveryBackend
class DrainTest extends OnLoop {
    private static final int SLOW = 60;
    private static final int BUSY = 30;

    DrainTest(Backend backend) {
        super(backend);
    }

    @Test
    void requestsUnderWayAreFinishedIdleOnesEndedStuckOnesCut() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        TaskGroup group = new TaskGroup(handle);
        TcpListener listener = listen();
        var serving = handle.spawn(new KeepAlive(group, handle).server(listener));
        Socket idle = client(listener.localAddress());
        Socket used = client(listener.localAddress());
        Socket slow = client(listener.localAddress());
        Socket stuck = client(listener.localAddress());
        run(await(aside(() -> {
            request(used, 0);
            assertEquals('b', used.getInputStream().read());
            request(slow, SLOW);
            request(stuck, KeepAlive.NEVER);
            return null;
        })));
        assertEquals(4, group.size());

        InetSocketAddress address = listener.localAddress();
        stop(serving, listener);
        CompletableFuture<Void> seen = aside(() -> {
            assertEquals(-1, idle.getInputStream().read());
            assertEquals(-1, used.getInputStream().read());
            assertEquals('b', slow.getInputStream().read());
            assertEquals(-1, slow.getInputStream().read());
            assertEquals(-1, stuck.getInputStream().read());
            return null;
        });
        assertThrows(ConnectException.class, () -> client(address));
        Duration grace = Duration.ofSeconds(2); // the slow one has to be finished within
        Drained drained = run(group.drain(grace));
        assertEquals(3, drained.finished());
        assertEquals(1, drained.cut());
        assertTrue(drained.took().compareTo(grace) >= 0, drained.toString());
        run(await(seen));
        for (Socket each : List.of(idle, used, slow, stuck)) {
            each.close();
        }
        before.assertNoMore();
    }

    @Test
    void aDrainEndsWithTheLastRequestAndNotWithTheDeadline() throws Exception {
        TaskGroup group = new TaskGroup(handle);
        TcpListener listener = listen();
        var serving = handle.spawn(new KeepAlive(group, handle).server(listener));
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            slow.add(client(listener.localAddress()));
        }
        run(await(aside(() -> {
            for (Socket each : slow) {
                request(each, SLOW);
            }
            return null;
        })));
        stop(serving, listener);
        Drained drained = run(group.drain(PATIENCE.multipliedBy(2)));
        assertEquals(new Drained(20, 0, drained.took()), drained);
        for (Socket each : slow) {
            assertEquals('b', each.getInputStream().read());
            assertEquals(-1, each.getInputStream().read());
        }
    }

    /** SIGTERM under load: every request that the server has begun is answered whole. */
    @Test
    void sigtermUnderLoadLosesNoRequestThatWasBegun() throws Exception {
        try (ChildJvm server = serve("PT30S")) {
            int port = Integer.parseInt(server.line("port "));
            CountDownLatch busy = new CountDownLatch(16);
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int millis = i;
                clients.add(aside(() -> {
                    load(port, millis, busy);
                    return null;
                }));
            }
            assertTrue(busy.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), clients::toString);
            server.terminate();
            assertEquals(16, Integer.parseInt(server.line("draining ")));
            assertEquals(16, Integer.parseInt(server.line("finished ")));
            assertEquals(0, Integer.parseInt(server.line("cut ")));
            assertEquals(0, server.await());
            for (CompletableFuture<Void> client : clients) {
                client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void sigtermCutsWhoHangsAtTheDeadline() throws Exception {
        try (ChildJvm server = serve("PT0.2S");
                Socket stuck = connect(Integer.parseInt(server.line("port ")))) {
            request(stuck, KeepAlive.NEVER);
            server.terminate();
            assertEquals(1, Integer.parseInt(server.line("cut ")));
            assertEquals(0, server.await());
        }
    }

    @Test
    void aSecondSigtermCutsAtOnce() throws Exception {
        try (ChildJvm server = serve("PT1H");
                Socket stuck = connect(Integer.parseInt(server.line("port ")))) {
            request(stuck, KeepAlive.NEVER);
            server.terminate();
            assertEquals(1, Integer.parseInt(server.line("draining ")));
            server.terminate();
            assertEquals(1, Integer.parseInt(server.line("cut ")));
            assertEquals(0, server.await());
        }
    }

    // ---

    private void stop(JoinHandle<Void> accepting, TcpListener listener) throws Exception {
        accepting.abort();
        settle();
        listener.close();
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(loopback(port).getAddress(), port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    /** Sends one and waits until the server has begun it. */
    private static void request(Socket to, int millis) throws IOException {
        to.getOutputStream().write(millis);
        assertEquals('a', to.getInputStream().read());
    }

    /** One request after the other, until the server ends the connection; never in the middle of one. */
    private static void load(int port, int millis, CountDownLatch busy) throws IOException {
        try (Socket socket = connect(port)) {
            for (int answered = 0; begun(socket, millis); answered++) {
                assertEquals('b', socket.getInputStream().read());
                if (answered == BUSY) {
                    busy.countDown();
                }
            }
        }
    }

    /** A request may meet the end of the connection on its way. */
    private static boolean begun(Socket socket, int millis) throws IOException {
        try {
            socket.getOutputStream().write(millis);
            return socket.getInputStream().read() == 'a';
        } catch (SocketException e) {
            return false;
        }
    }

    private ChildJvm serve(String grace) throws IOException {
        List<String> jvm = List.of("-Dgyre.backend=" + backend.name());
        return ChildJvm.start(ChildJvm.command(ChildJvm.classPath(), jvm, DrainMain.class, grace));
    }
}
