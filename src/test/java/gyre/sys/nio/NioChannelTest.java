package gyre.sys.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.sys.Ready;
import gyre.sys.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A channel whose owner connects it: the selector isn't told when that is over. */
class NioChannelTest {
    private static final long MILLIS = 20;
    private static final long LONG = TimeUnit.SECONDS.toNanos(5);

    private final Told told = new Told();
    private java.nio.channels.Selector queue;
    private NioSelector selector;
    private ServerSocketChannel listener;
    private SocketChannel channel;
    private Source source;

    @BeforeEach
    void connect() throws IOException {
        queue = java.nio.channels.Selector.open();
        selector = new NioSelector(queue);
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel = SocketChannel.open();
        source = Pair.NIO.watch(channel);
        channel.connect(listener.getLocalAddress());
        selector.register(source, told);
    }

    @AfterEach
    void close() throws IOException {
        selector.close();
        channel.close();
        listener.close();
    }

    private void finish() throws IOException {
        while (!channel.finishConnect()) {
            Thread.onSpinWait();
        }
    }

    private void assertWaits() throws IOException {
        long start = System.nanoTime();
        assertEquals(0, queue.select(key -> {}, MILLIS));
        assertTrue(
                System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(MILLIS),
                "java.nio returns at once with nothing to tell");
    }

    @Test
    void aConnectThatIsFinishedBeforeItsEventIsToldAndLeavesNothingThatSpins() throws IOException {
        finish();
        selector.select(LONG);
        assertTrue(told.readable() && told.writable());
        selector.select(0);
        assertWaits();
    }

    @Test
    void aWaitThatBeganWhileConnectingEndsAlthoughTheConnectWasFinishedMeanwhile() throws IOException {
        selector.select(LONG);
        selector.rearm(source, Ready.WRITE);
        finish();
        int writes = told.writes;
        selector.select(LONG);
        assertEquals(writes + 1, told.writes);
        selector.select(0);
        assertWaits();
    }

    /** java.nio drops what comes to read until the connect is finished, and the system goes on telling it. */
    @Test
    void bytesThatComeBeforeTheConnectIsFinishedLeaveNothingThatSpins() throws IOException {
        selector.rearm(source, Ready.READ);
        try (SocketChannel server = listener.accept()) {
            server.write(ByteBuffer.allocate(1));
            selector.select(LONG);
            assertTrue(told.readable() && told.writable());
            selector.select(0);
            assertWaits();

            finish();
            int reads = told.reads;
            selector.rearm(source, Ready.READ);
            selector.select(LONG);
            assertEquals(reads + 1, told.reads);
        }
    }
}
