package gyre.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How bytes go through a connection and how it ends, on any backend. */
abstract class StreamSocketContract extends BackendContract {
    @Test
    void anEmptySocketIsNotReady() throws IOException {
        Buf into = Buf.allocate(8);
        assertEquals(Transfer.NOT_READY, pair().server().socket().read(into));
        assertEquals(0, into.readable());
    }

    @Test
    void readAppendsBehindWhatIsThere() throws IOException {
        Pair pair = pair();
        pair.client().write(Buf.copyOf("world"));
        Buf into = Buf.allocate(16);
        into.put("hello ".getBytes(), 0, 6);
        assertEquals(5, pair.server().read(into));
        assertText("hello world", into);
    }

    @Test
    void readTakesNoMoreThanThereIsRoom() throws IOException {
        Pair pair = pair();
        pair.client().write(Buf.copyOf("abcdef"));
        Buf into = Buf.allocate(4);
        assertEquals(4, pair.server().read(into));
        assertText("abcd", into);
        assertEquals(2, pair.server().read(into.clear()));
        assertText("ef", into);
    }

    @Test
    void readIntoAFullBufferIsRefused() throws IOException {
        Pair pair = pair();
        Buf full = Buf.copyOf("full");
        assertThrows(
                IllegalArgumentException.class, () -> pair.server().socket().read(full));
        assertThrows(
                IllegalArgumentException.class, () -> pair.server().socket().peek(full));
        assertText("full", full);
    }

    @Test
    void anEmptyWriteIsACountOfZero() throws IOException {
        Pair pair = pair();
        Buf empty = Buf.allocate(4);
        assertEquals(0, pair.client().socket().write(empty));
        assertEquals(0, pair.client().socket().write(new Buf[] {empty, empty}, 0, 2));
        assertEquals(0, pair.client().socket().write(new Buf[0], 0, 0));
        pair.client().fill();
        assertEquals(0, pair.client().socket().write(empty), "of a socket that takes nothing too");
    }

    @Test
    void peekLeavesTheBytesThere() throws IOException {
        Pair pair = pair();
        pair.client().write(Buf.copyOf("abc"));
        Buf into = Buf.allocate(2);
        for (int round = 0; round < 2; round++) {
            assertEquals(2, pair.server().peek(into.clear()));
            assertText("ab", into);
        }
        assertText("abc", pair.server().readAll(3));
        pair.client().socket().shutdownOutput();
        assertEquals(Transfer.END, pair.server().peek(into.clear()));
    }

    @Test
    void aGatheringWriteKeepsTheOrder() throws IOException {
        Pair pair = pair();
        Buf[] from = {Buf.copyOf("not"), Buf.copyOf("a"), Buf.allocate(3), Buf.copyOf("bc"), Buf.copyOf("not")};
        assertEquals(3, pair.client().socket().write(from, 1, 3));
        assertText("abc", pair.server().readAll(3));
        assertEquals(3, from[0].readable());
        assertEquals(0, from[1].readable() + from[3].readable());
        assertEquals(3, from[4].readable());
    }

    @Test
    void aGatheringWriteOutsideTheArrayIsRefused() throws IOException {
        StreamSocket socket = pair().client().socket();
        assertThrows(IndexOutOfBoundsException.class, () -> socket.write(new Buf[] {Buf.copyOf("x")}, 0, 2));
    }

    /** Row 17: more buffers than the system takes at once, empty ones among them. */
    @Test
    void thousandsOfBuffersArriveInOrder() throws IOException {
        Pair pair = pair();
        Buf[] from = new Buf[5_000];
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < from.length; i++) {
            from[i] = Buf.copyOf(i % 3 == 0 ? "" : i + ",");
            expected.append(i % 3 == 0 ? "" : i + ",");
        }
        int total = 0;
        while (total < expected.length()) {
            int n = pair.client().socket().write(from, 0, from.length);
            assertTrue(n > 0, "refused though it fits");
            total += n;
        }
        assertText(expected.toString(), pair.server().readAll(expected.length()));
    }

    /** 8 GiB, over the same memory again and again: no system takes so much at once, and no int counts it. */
    @Test
    void moreBytesThanAnyCallTakes() throws IOException {
        Pair pair = pair();
        ByteBuffer memory = ByteBuffer.allocateDirect(16 << 20);
        Buf[] from = new Buf[512];
        for (int i = 0; i < from.length; i++) {
            from[i] = Buf.wrap(memory);
        }
        int n = pair.client().socket().write(from, 0, from.length);
        assertTrue(n > 0, "refused though it fits");
        assertEquals((16 << 20) - n % (16 << 20), from[n / (16 << 20)].readable());
    }

    /** Row 16: small socket buffers cut writes anywhere. */
    @Test
    void partialWritesKeepTheStreamWhole() throws IOException {
        Pair pair = pair();
        pair.client().socket().option(StandardSocketOptions.SO_SNDBUF, 5_000);
        Random random = new Random(7);
        Buf into = Buf.allocate(1 << 16);
        int sent = 0;
        int received = 0;
        int partial = 0;
        while (received < 3_000_000) {
            Buf[] from = new Buf[3];
            int offered = 0;
            for (int i = 0; i < 3; i++) {
                from[i] = sequence(sent + offered, 1 + random.nextInt(30_000));
                offered += from[i].readable();
            }
            int n = pair.client().socket().write(from, 0, 3);
            int left = from[0].readable() + from[1].readable() + from[2].readable();
            assertEquals(offered - Math.max(n, 0), left, "what is left is what was not taken");
            sent += Math.max(n, 0);
            partial += n > 0 && left > 0 ? 1 : 0;
            if (n == Transfer.NOT_READY && received < sent) {
                received = readSequence(pair.server(), into.clear(), received);
            } else if (n == Transfer.NOT_READY) {
                turns.await(pair.client().socket(), pair.client().told(), Ready.WRITE);
            }
        }
        assertTrue(partial > 0, "no write was partial: the test shows nothing");
        while (received < sent) {
            received = readSequence(pair.server(), into.clear(), received);
        }
    }

    private static Buf sequence(int start, int length) {
        Buf buf = Buf.allocate(length);
        for (int i = 0; i < length; i++) {
            buf.put(byteAt(start + i));
        }
        return buf;
    }

    private static int readSequence(Link from, Buf into, int start) throws IOException {
        int n = from.read(into);
        for (int i = 0; i < n; i++) {
            assertEquals(byteAt(start + i), into.at(i));
        }
        return start + n;
    }

    private static byte byteAt(int index) {
        return (byte) (index * 31 + (index >> 8));
    }

    /** Row 13: the end comes with the last bytes and is told with them. */
    @Test
    void allBytesComeBeforeTheEnd() throws IOException {
        Pair pair = pair();
        pair.client().write(sequence(0, 50_000));
        pair.client().socket().close();
        Buf into = Buf.allocate(999);
        int received = 0;
        while (received < 50_000) {
            received = readSequence(pair.server(), into.clear(), received);
        }
        assertEquals(Transfer.END, pair.server().read(into.clear()));
        assertEquals(Transfer.END, pair.server().socket().read(into.clear()), "the end stays");
    }

    /** Rows 10 and 11. */
    @Test
    void eachDirectionEndsByItself() throws IOException {
        Pair pair = pair();
        pair.client().socket().shutdownOutput();
        assertEquals(Transfer.END, pair.server().read(Buf.allocate(1)));
        pair.server().write(Buf.copyOf("still"));
        assertText("still", pair.client().readAll(5));
        pair.server().socket().shutdownOutput();
        assertEquals(Transfer.END, pair.client().read(Buf.allocate(1)));
    }

    @Test
    void shutdownInputEndsReading() throws IOException {
        Pair pair = pair();
        pair.server().socket().shutdownInput();
        assertEquals(Transfer.END, pair.server().read(Buf.allocate(1)));
        pair.server().write(Buf.copyOf("x"));
        assertText("x", pair.client().readAll(1));
    }

    /** Row 8: an exception, not a signal that ends the process. */
    @Test
    void writeAfterShutdownFails() throws IOException {
        Pair pair = pair();
        pair.client().socket().shutdownOutput();
        assertThrows(IOException.class, () -> pair.client().socket().write(Buf.copyOf("x")));
        Buf[] several = {Buf.copyOf("x"), Buf.copyOf("y")};
        assertThrows(IOException.class, () -> pair.client().socket().write(several, 0, 2));
    }

    /** Row 7. */
    @Test
    void aResetFailsReadAndWrite() throws IOException {
        Pair pair = pair();
        pair.client().socket().option(StandardSocketOptions.SO_LINGER, 0);
        pair.client().socket().close();
        turns.until(() -> pair.server().told().told(Ready.READ), "a reset is told as readable");
        assertThrows(IOException.class, () -> pair.server().read(Buf.allocate(1)));
        assertThrows(IOException.class, () -> pair.server().socket().write(Buf.copyOf("x")));
        assertTrue(pair.server().socket().remoteAddress() != null, "the address is still known");
    }

    /** Row 15: what was written goes out behind our back. */
    @Test
    void closeDoesNotWaitForALingeringSocket() throws IOException {
        Pair pair = pair();
        pair.client().socket().option(StandardSocketOptions.SO_LINGER, 30);
        long sent = pair.client().fill();
        long start = System.nanoTime();
        selector.deregister(pair.client().socket());
        pair.client().socket().close();
        long took = System.nanoTime() - start;
        assertTrue(took < TimeUnit.SECONDS.toNanos(5), () -> "close waited for " + took + " ns");

        Buf into = Buf.allocate(1 << 20);
        long received = 0;
        for (int n; (n = pair.server().read(into.clear())) != Transfer.END; ) {
            received += n;
        }
        assertEquals(sent, received);
    }

    @Test
    void aClosedSocketFailsAndClosesOnce() throws IOException {
        StreamSocket socket = pair().client().socket();
        assertTrue(socket.isOpen());
        selector.deregister(socket);
        socket.close();
        socket.close();
        assertFalse(socket.isOpen());
        assertThrows(IOException.class, () -> socket.read(Buf.allocate(1)));
        assertThrows(IOException.class, () -> socket.write(Buf.copyOf("x")));
        assertThrows(IOException.class, socket::localAddress);
    }

    /** The callers' memory is used in place and must outlive each call, whatever the collector does. */
    @Test
    void wrappedBuffersSurviveTheCollector() throws Exception {
        Pair pair = pair();
        AtomicBoolean done = new AtomicBoolean();
        Thread collector = new Thread(() -> {
            while (!done.get()) {
                System.gc();
            }
        });
        collector.start();
        try {
            for (int round = 0; round < 200; round++) {
                int start = round;
                pair.client().write(wrapped(start, 4_000));
                Buf into = Buf.wrap(ByteBuffer.allocateDirect(4_000)).clear();
                while (into.writable() > 0) {
                    pair.server().read(into);
                }
                for (int i = 0; i < 4_000; i++) {
                    assertEquals(byteAt(start + i), into.at(i));
                }
            }
        } finally {
            done.set(true);
            collector.join();
        }
    }

    private static Buf wrapped(int start, int length) {
        ByteBuffer memory = ByteBuffer.allocateDirect(length);
        for (int i = 0; i < length; i++) {
            memory.put(i, byteAt(start + i));
        }
        return Buf.wrap(memory);
    }
}
