package gyre.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Futures;
import gyre.io.Copy;
import gyre.reactor.Core;
import gyre.reactor.CoreBuilder;
import gyre.reactor.CoreGroup;
import gyre.reactor.Handle;
import gyre.reactor.LoopClosedException;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers on several loops, either way of sharing the connections among them. */
@EveryBackend
class CoreGroupTest {
    private static final int LOOPS = 4;
    private static final int CONNECTIONS = 1_000;
    private static final int PATIENCE = 30_000; // ms

    private final Backend backend;
    private final List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());
    private final Map<Long, AtomicInteger> served = new ConcurrentHashMap<>();
    private OpenDescriptors before;

    CoreGroupTest(Backend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void remember() throws Exception {
        try (CoreGroup group = CoreGroup.builder().size(1).core(core()).start()) { // what the JDK opens once
            assertEquals(1, group.handles().size());
        }
        before = OpenDescriptors.now();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        before.assertNoMore();
        assertEquals(List.of(), uncaught);
    }

    private CoreBuilder core() {
        return Core.builder().backend(backend).uncaughtExceptionHandler((t, e) -> uncaught.add(e));
    }

    private CoreGroup sharded(SharedPort port) throws IOException {
        return CoreGroup.builder().size(LOOPS).core(core()).start(pinned -> {
            TcpListener listener = port.listen(pinned.handle());
            AtomicInteger count = new AtomicInteger();
            served.put(pinned.handle().id(), count);
            pinned.spawn(listener.incoming().forEach(socket -> {
                count.incrementAndGet();
                pinned.spawn(Futures.using(socket, s -> Copy.copy(s, s)).outcome());
            }));
            return Futures.done();
        });
    }

    private CompletableFuture<InetSocketAddress> accepting(Handle acceptor, CoreGroup group) {
        group.handles().forEach(handle -> served.put(handle.id(), new AtomicInteger()));
        return acceptor.spawnFn(pinned -> {
                    TcpListener listener = TcpListener.bind(loopback(), acceptor);
                    pinned.spawn(listener.handover()
                            .forEach(accepted -> {
                                Handle next = group.next();
                                accepted.spawn(next, socket -> {
                                    served.get(socket.handle().id()).incrementAndGet();
                                    return Copy.copy(socket, socket).outcome();
                                });
                            })
                            .recover(closing -> {
                                if (closing instanceof LoopClosedException) {
                                    return null;
                                }
                                throw closing;
                            }));
                    return Futures.ready(listener.localAddress());
                })
                .toCompletableFuture();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static Socket client(InetSocketAddress to) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(to, PATIENCE);
            socket.setSoTimeout(PATIENCE);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void echo(Socket socket, int number) throws IOException {
        byte[] sent = {(byte) number, (byte) (number >> 8), 7};
        socket.getOutputStream().write(sent);
        byte[] got = socket.getInputStream().readNBytes(3);
        assertArrayEquals(Arrays.copyOf(sent, got.length), got);
        if (got.length < 3) {
            throw new EOFException("the server has ended it after " + got.length + " bytes");
        }
    }

    /** All at once. */
    private void connectAndEcho(InetSocketAddress to) throws IOException {
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Socket socket = client(to);
                clients.add(socket);
                echo(socket, i);
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                echo(clients.get(i), i);
            }
        } finally {
            for (Socket each : clients) {
                each.close();
            }
        }
    }

    @Test
    void allLoopsServeASharedPort() throws Exception {
        SharedPort port = SharedPort.of(loopback());
        try (CoreGroup group = sharded(port)) {
            connectAndEcho(port.address());
            assertEquals(LOOPS, group.handles().size());
        }
        assertEquals(LOOPS, served.size());
        assertEquals(
                CONNECTIONS,
                served.values().stream().mapToInt(AtomicInteger::get).sum());
        served.values().forEach(count -> assertTrue(count.get() > CONNECTIONS / LOOPS / 4, () -> "" + served));
    }

    @Test
    void anAcceptorHandsConnectionsRound() throws Exception {
        try (CoreGroup group = CoreGroup.builder().size(LOOPS).core(core()).start();
                CoreGroup acceptor = CoreGroup.builder().size(1).core(core()).start()) {
            connectAndEcho(accepting(acceptor.next(), group).get());
        }
        served.values().forEach(count -> assertEquals(CONNECTIONS / LOOPS, count.get(), () -> "" + served));
    }

    @Test
    void theAcceptorMayBeOneOfTheLoops() throws Exception {
        try (CoreGroup group = CoreGroup.builder().size(LOOPS).core(core()).start()) {
            connectAndEcho(accepting(group.handles().get(0), group).get());
        }
        served.values().forEach(count -> assertEquals(CONNECTIONS / LOOPS, count.get(), () -> "" + served));
    }

    @Test
    void closingUnderLoadLeavesNothingOfASharedPort() throws Exception {
        for (int round = 0; round < 5; round++) {
            SharedPort port = SharedPort.of(loopback());
            CoreGroup group = sharded(port);
            closeUnderLoad(port.address(), group);
        }
    }

    @Test
    void closingTheLoopsUnderLoadLeavesNothingThatWasHandedOver() throws Exception {
        for (int round = 0; round < 5; round++) {
            CoreGroup group = CoreGroup.builder().size(LOOPS).core(core()).start();
            try (CoreGroup acceptor = CoreGroup.builder().size(1).core(core()).start()) {
                closeUnderLoad(accepting(acceptor.next(), group).get(), group); // the acceptor goes on
            }
        }
    }

    private void closeUnderLoad(InetSocketAddress to, CoreGroup group) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger echoes = new AtomicInteger();
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(CompletableFuture.runAsync(() -> {
                while (!stop.get()) {
                    try (Socket socket = client(to)) {
                        socket.setSoLinger(true, 0);
                        socket.setSoTimeout(200); // an acceptor that is left alone does not answer
                        echo(socket, 1);
                        echoes.incrementAndGet();
                    } catch (IOException e) {
                        // as the server goes, so do its connections
                        stop.compareAndSet(false, group.ended().isDone());
                    }
                }
            }));
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
        while (echoes.get() < 100) {
            assertTrue(System.nanoTime() < deadline, () -> echoes + " echoes of " + clients);
            Thread.onSpinWait();
        }
        group.close();
        stop.set(true);
        for (CompletableFuture<Void> each : clients) {
            each.get(PATIENCE, TimeUnit.MILLISECONDS);
        }
        assertTrue(group.ended().isDone());
    }

    @Test
    void aPortThatOneLoopCannotHaveLeavesNoneStarted() throws Exception {
        SharedPort port = SharedPort.of(loopback());
        AtomicInteger calls = new AtomicInteger();
        assertThrows(
                BindException.class,
                () -> CoreGroup.builder().size(LOOPS).core(core()).start(pinned -> {
                    if (calls.incrementAndGet() == LOOPS) {
                        TcpListener.bind(port.address(), pinned.handle()); // does not share
                    } else {
                        port.listen(pinned.handle());
                    }
                    return Futures.done();
                }));
        IOException refused = assertThrows(IOException.class, () -> client(port.address()));
        assertTrue(refused.getMessage().contains("refused"), refused.getMessage());
    }
}
