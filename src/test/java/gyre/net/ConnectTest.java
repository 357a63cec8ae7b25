package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.reactor.Core;
import gyre.reactor.LoopClosedException;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@EveryBackend
class ConnectTest extends OnLoop {
    ConnectTest(Backend backend) {
        super(backend);
    }

    @Test
    void refused() throws Exception {
        InetSocketAddress nobody = nobody();
        OpenDescriptors before = OpenDescriptors.now();
        ConnectException e = assertThrows(ConnectException.class, () -> run(TcpStream.connect(nobody, handle)));
        assertNames(e, "127.0.0.1");
        assertNames(e, ":" + nobody.getPort());
        before.assertNoMore();
    }

    @Test
    void refusedByNameNamesTheLastAddress() throws Exception {
        InetSocketAddress nobody = nobody();
        ConnectException e = assertThrows(
                ConnectException.class, () -> run(TcpStream.connect("localhost", nobody.getPort(), handle)));
        assertNames(e, ":" + nobody.getPort());
    }

    @Test
    void unresolved() throws Exception {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 80);
        UnknownHostException e =
                assertThrows(UnknownHostException.class, () -> run(TcpStream.connect(nowhere, handle)));
        assertNames(e, "nowhere.invalid");
    }

    @Test
    void aNameThatDoesNotExist() throws Exception {
        UnknownHostException e =
                assertThrows(UnknownHostException.class, () -> run(TcpStream.connect("nowhere.invalid", 80, handle)));
        assertNames(e, "nowhere.invalid");
    }

    @Test
    void portOutOfRange() {
        for (int port : new int[] {-1, 65_536}) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> TcpStream.connect("localhost", port, handle));
            assertNames(e, "" + port);
            assertNames(e, "65535");
        }
    }

    @Test
    void nullIsRefusedAtOnce() {
        assertThrows(NullPointerException.class, () -> TcpStream.connect(null, handle));
        assertThrows(NullPointerException.class, () -> TcpStream.connect(null, 80, handle));
        assertThrows(NullPointerException.class, () -> TcpListener.bind(null, handle));
    }

    @Test
    void byNameOnTheExecutorThatWasGiven() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) { // on all addresses
            AtomicReference<Thread> resolver = new AtomicReference<>();
            Executor executor = work -> new Thread(() -> {
                        resolver.set(Thread.currentThread());
                        work.run();
                    })
                    .start();
            TcpStream stream = later(run(TcpStream.connect("localhost", server.getLocalPort(), executor, handle)));
            assertEquals(server.getLocalPort(), stream.remoteAddress().getPort());
            assertTrue(resolver.get() != null && resolver.get() != Thread.currentThread());
        }
    }

    /** A select may poll it from one task and leave it to another. */
    @Test
    void aLookUpWakesTheTaskThatAskedLast() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            CompletableFuture<Runnable> lookup = new CompletableFuture<>();
            Future<TcpStream> connect = TcpStream.connect("localhost", server.getLocalPort(), lookup::complete, handle);
            assertTrue(connect.poll(() -> {}).isPending());
            CountDownLatch woken = new CountDownLatch(1);
            assertTrue(connect.poll(woken::countDown).isPending());
            aside(Executors.callable(lookup.get()));
            assertTrue(woken.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            assertEquals(
                    server.getLocalPort(), later(run(connect)).remoteAddress().getPort());
        }
    }

    @Test
    void fromALocalAddress() throws Exception {
        InetSocketAddress local = nobody();
        ServerSocket server = server();
        TcpStream stream = later(run(TcpStream.connect(loopback(server.getLocalPort()), local, handle)));
        assertEquals(local, stream.localAddress());
        assertEquals(local, server.accept().getRemoteSocketAddress());
    }

    @Test
    void fromAnAddressThatIsTaken() throws Exception {
        ServerSocket server = server();
        InetSocketAddress taken = loopback(server().getLocalPort());
        BindException e = assertThrows(
                BindException.class, () -> run(TcpStream.connect(loopback(server.getLocalPort()), taken, handle)));
        assertNames(e, ":" + taken.getPort());
    }

    @Test
    void withOptionsThatAreSetBefore() throws Exception {
        ServerSocket server = server();
        TcpStream stream = later(run(TcpStream.builder(handle)
                .option(StandardSocketOptions.SO_RCVBUF, 20_000)
                .option(StandardSocketOptions.SO_KEEPALIVE, true)
                .option(StandardSocketOptions.SO_REUSEADDR, true)
                .local(loopback(0))
                .connect(loopback(server.getLocalPort()))));
        assertEquals(true, stream.option(StandardSocketOptions.SO_KEEPALIVE));
        int size = stream.option(StandardSocketOptions.SO_RCVBUF);
        assertTrue(size >= 20_000 && size < 60_000, "" + size);
    }

    @Test
    void anOptionThatIsRefusedIsNamedAndClosesTheSocket() throws Exception {
        ServerSocket server = server();
        OpenDescriptors before = OpenDescriptors.now();
        TcpStreamBuilder builder = TcpStream.builder(handle).option(StandardSocketOptions.SO_RCVBUF, 0);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> builder.connect(loopback(server.getLocalPort())));
        assertTrue(e.getMessage().contains("SO_RCVBUF"), e.getMessage());
        before.assertNoMore();
    }

    @Test
    void fromAnotherThread() throws Exception {
        CompletableFuture<InetSocketAddress> bound = aside(() -> handle.spawnFn(pinned -> {
                    TcpListener listener = later(TcpListener.bind(loopback(0), pinned.handle()));
                    return Futures.ready(listener.localAddress());
                })
                .toCompletableFuture()
                .get());
        InetSocketAddress address = run(await(bound));
        CompletableFuture<TcpStream> connected =
                aside(() -> handle.spawnFn(pinned -> TcpStream.connect(address, pinned.handle()))
                        .toCompletableFuture()
                        .get());
        assertEquals(address, later(run(await(connected))).remoteAddress());
    }

    @Test
    void overIpv6() throws Exception {
        InetSocketAddress six = new InetSocketAddress(InetAddress.getByName("::1"), 0);
        TcpListener listener = later(TcpListener.bind(six, handle));
        TcpStream stream = later(run(TcpStream.connect(listener.localAddress(), handle)));
        TcpStream accepted = later(run(listener.accept()));
        assertEquals(listener.localAddress(), stream.remoteAddress());
        assertEquals(stream.localAddress(), accepted.remoteAddress());
        assertEquals(six.getAddress(), accepted.localAddress().getAddress());
    }

    /** TCP lets a socket that is bound to a port connect to that very port. */
    @Test
    void aSocketThatMeetsItselfIsRefused() throws Exception {
        InetSocketAddress self = nobody();
        assertThrows(ConnectException.class, () -> run(TcpStream.connect(self, self, handle)));
    }

    @Test
    void cancellingClosesTheDescriptor() throws Exception {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(loopback(0), 1);
            InetSocketAddress to = loopback(server.getLocalPort());
            OpenDescriptors before = OpenDescriptors.now();
            for (int i = 0; i < 3; i++) { // the last ones wait for room in the backlog
                TcpStream.connect(to, handle).cancel();
            }
            Future<TcpStream> polled = TcpStream.connect(to, handle);
            polled.poll(() -> {});
            polled.cancel();
            before.assertNoMore();
        }
    }

    @Test
    void aConnectThatTakesTooLongFailsByItsTimeAndClosesTheDescriptor() throws Exception {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(loopback(0), 1);
            InetSocketAddress to = loopback(server.getLocalPort());
            Duration limit = Duration.ofMillis(30);
            List<TcpStream> within = new ArrayList<>();
            OpenDescriptors before = OpenDescriptors.now();
            SocketTimeoutException late = assertThrows(SocketTimeoutException.class, () -> {
                for (int i = 0; i < 10; i++) { // until the backlog is full
                    within.add(core.run(handle.timeout(TcpStream.connect(to, handle), limit)));
                }
            });
            assertNames(late, limit.toString());
            for (TcpStream each : within) {
                each.close();
            }
            settle();
            before.assertNoMore();
        }
    }

    @Test
    void cancellingAfterFailureDoesNothing() throws Exception {
        Future<TcpStream> connect =
                TcpStream.connect(InetSocketAddress.createUnresolved("nowhere.invalid", 80), handle);
        connect.cancel();
        assertThrows(IllegalStateException.class, () -> connect.poll(() -> {}));
    }

    @Test
    void offTheLoop() throws Exception {
        InetSocketAddress to = nobody();
        Throwable e = aside(() -> TcpStream.connect(to, handle))
                .handle((stream, error) -> error)
                .get();
        assertInstanceOf(IllegalStateException.class, e);
        assertNames(e, "spawnFn");
    }

    @Test
    void onAClosedCore() throws Exception {
        Core closed = Core.builder().backend(backend).open();
        closed.close();
        assertThrows(LoopClosedException.class, () -> TcpStream.connect(nobody(), closed.handle()));
        assertThrows(LoopClosedException.class, () -> TcpListener.bind(loopback(0), closed.handle()));
    }

    @Test
    void closingTheCoreEndsAConnect() throws Exception {
        Core other = Core.builder().backend(backend).open();
        ServerSocket server = new ServerSocket();
        server.bind(loopback(0), 1);
        try (server;
                Socket one = new Socket();
                Socket two = new Socket()) {
            one.connect(server.getLocalSocketAddress());
            two.connect(server.getLocalSocketAddress()); // the backlog is full: a third waits
            var task = other.handle()
                    .spawnFn(pinned -> TcpStream.connect(loopback(server.getLocalPort()), pinned.handle()));
            other.turn(Duration.ZERO);
            assertEquals(false, task.isDone());
            other.close();
            assertSame(
                    LoopClosedException.class,
                    assertThrows(Exception.class, () -> core.run(task)).getClass());
        }
    }

    private static InetSocketAddress nobody() throws Exception {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(loopback(0));
            return loopback(server.getLocalPort());
        }
    }

    private static void assertNames(Throwable e, String value) {
        assertTrue(e.getMessage().contains(value), () -> "\"" + value + "\" is not in: " + e);
    }
}
