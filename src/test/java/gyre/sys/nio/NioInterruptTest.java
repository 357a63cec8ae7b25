package gyre.sys.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.sys.ByteStream;
import gyre.sys.ListenSocket;
import gyre.sys.Ready;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.Pipe;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Behaviour 32: the loop survives interrupts, and descriptors stay open. */
class NioInterruptTest {
    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    @Test
    void anInterruptedThreadStillWaitsAndDoesNotSpin() throws IOException {
        long wait = TimeUnit.MILLISECONDS.toNanos(50);
        CountingSelector counting = new CountingSelector();
        try (NioSelector selector = new NioSelector(counting)) {
            Thread.currentThread().interrupt();
            long start = System.nanoTime();
            selector.select(wait);
            assertTrue(System.nanoTime() - start >= wait);
            assertTrue(counting.selects <= 3, () -> counting.selects + " selects for one wait");
            assertFalse(Thread.currentThread().isInterrupted(), "still set: the next wait would spin");
            assertTrue(selector.interrupted(), "swallowed without a trace");
            assertFalse(selector.interrupted(), "told twice");
        }
    }

    @Test
    void anInterruptDuringTheWaitDoesNotEndItAndIsRemembered() throws Exception {
        CountingSelector counting = new CountingSelector();
        try (NioSelector selector = new NioSelector(counting)) {
            Thread loop = Thread.currentThread();
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
                awaitInside(counting, 1);
                loop.interrupt();
                awaitInside(counting, 2);
                selector.wakeup();
            });
            selector.select(-1);
            other.join();
            assertEquals(2, counting.selects);
            assertTrue(selector.interrupted());
        }
    }

    private static void awaitInside(CountingSelector counting, int selects) {
        while (counting.selects < selects) {
            Thread.onSpinWait();
        }
    }

    @Test
    void noOperationClosesItsChannelWhenTheThreadIsInterrupted() throws IOException {
        Thread.currentThread().interrupt();
        try (ListenSocket listener = Pair.listener();
                StreamSocket client = Pair.NIO.stream(StandardProtocolFamily.INET)) {
            client.connect(listener.localAddress());
            Pair.finish(client);
            StreamSocket server = Pair.accept(listener);
            exchange(client, server);
            assertEquals(Transfer.NOT_READY, client.read(Buf.allocate(8)));
            assertEquals(Transfer.NOT_READY, client.peek(Buf.allocate(8)));
            client.shutdownOutput();
            assertTrue(Thread.currentThread().isInterrupted());
            assertTrue(listener.accept() == null);
            server.close();
        }
        Pipe pipe = Pipe.open();
        try (ByteStream source = (ByteStream) Pair.NIO.fromChannel(pipe.source());
                ByteStream sink = (ByteStream) Pair.NIO.fromChannel(pipe.sink())) {
            exchange(sink, source);
        }
        assertTrue(Thread.currentThread().isInterrupted());
    }

    private static void exchange(ByteStream from, ByteStream to) throws IOException {
        assertEquals(4, from.write(Buf.copyOf("ping")));
        assertEquals(5, from.write(new Buf[] {Buf.copyOf("po"), Buf.copyOf("ng!")}, 0, 2));
        Buf into = Buf.allocate(9);
        while (into.writable() > 0) {
            to.read(into);
        }
        assertTrue(from.isOpen() && to.isOpen());
    }

    @Test
    void aStormOfInterruptsDoesNotDisturbAnEcho() throws Exception {
        byte[] sent = new byte[1 << 22];
        new Random(1).nextBytes(sent);
        AtomicBoolean over = new AtomicBoolean();
        Thread loop = Thread.currentThread();
        Thread storm = new Thread(() -> {
            while (!over.get()) {
                loop.interrupt();
                Thread.onSpinWait();
            }
        });
        try (ListenSocket listener = Pair.listener();
                Socket peer = new Socket();
                NioSelector selector = (NioSelector) Pair.NIO.selector()) {
            peer.connect((InetSocketAddress) listener.localAddress());
            CompletableFuture<byte[]> echoed = CompletableFuture.supplyAsync(() -> echoed(peer, sent));
            storm.start();
            while (!loop.isInterrupted()) {
                Thread.onSpinWait();
            }
            try (StreamSocket server = Pair.accept(listener)) {
                echo(selector, server);
                assertTrue(server.isOpen());
                assertTrue(listener.accept() == null);
                selector.deregister(server);
            }
            assertArrayEquals(sent, echoed.join());
            over.set(true);
            // Neither join nor get would wait here.
            while (storm.isAlive()) {
                Thread.onSpinWait();
            }
            // Where the peer was always ahead, no select has waited yet.
            selector.select(1);
            assertTrue(selector.interrupted());
        } finally {
            over.set(true);
        }
    }

    private static byte[] echoed(Socket peer, byte[] sent) {
        Thread writer = new Thread(() -> {
            try {
                peer.getOutputStream().write(sent);
                peer.shutdownOutput();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        writer.start();
        try {
            return peer.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void echo(NioSelector selector, StreamSocket server) throws IOException {
        selector.register(server, bits -> 0);
        Buf buf = Buf.allocate(1 << 14);
        while (true) {
            int read = server.read(buf.clear());
            if (read == Transfer.END) {
                return;
            }
            if (read == Transfer.NOT_READY) {
                selector.rearm(server, Ready.READ);
                selector.select(-1);
            }
            while (buf.readable() > 0) {
                if (server.write(buf) == Transfer.NOT_READY) {
                    selector.rearm(server, Ready.WRITE);
                    selector.select(-1);
                }
            }
        }
    }
}
