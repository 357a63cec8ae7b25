package gyre.io.codec;

import static gyre.io.codec.Frames.NOBODY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import gyre.io.Io;
import gyre.io.Output;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FramedWriteTest {
    private final BufPool pool = new BufPool(4096, 4 * 4096, true);
    private final Peer peer = new Peer();
    private final FrameLimits limits = new FrameLimits(10_000, 100, 200);
    private final FramedWrite<byte[]> sink = FramedWrite.of(peer, new Bytes(), limits);

    @AfterEach
    void everyBufferIsBack() {
        assertEquals(0, pool.stats().taken());
    }

    @Test
    void itemsGatherUntilTheyAreFlushed() throws Exception {
        assertTrue(sink.startSend(NOBODY, bytes("a")));
        assertTrue(sink.startSend(NOBODY, bytes("b")));
        assertEquals(2, sink.buffered());
        assertEquals("", peer.received);
        assertEquals(1, pool.stats().taken());
        assertTrue(sink.pollFlush(NOBODY).isReady());
        assertEquals("ab", peer.received);
        assertEquals(1, peer.writes);
        assertEquals(1, peer.flushes);
        assertEquals(0, pool.stats().taken());
    }

    @Test
    void fullFromTheHighMarkDownToTheLowOne() throws Exception {
        peer.room = 0;
        assertTrue(sink.startSend(NOBODY, new byte[199]));
        assertTrue(sink.startSend(NOBODY, new byte[1]), "below the high mark");
        Task task = () -> {};
        assertFalse(sink.startSend(task, new byte[1]));
        assertSame(task, peer.kept);
        peer.room = 99;
        assertFalse(sink.startSend(NOBODY, new byte[1]), "101 bytes are left");
        peer.room = 1;
        assertTrue(sink.startSend(NOBODY, new byte[1]), "100 bytes are left");
        assertEquals(101, sink.buffered());
        peer.room = 1000;
        assertTrue(sink.pollFlush(NOBODY).isReady());
        assertEquals(201, peer.received.length());
        peer.room = 0;
        assertTrue(sink.startSend(NOBODY, new byte[300]));
        assertFalse(sink.startSend(NOBODY, new byte[1]));
        peer.room = 1000;
        assertTrue(sink.pollFlush(NOBODY).isReady());
        int writes = peer.writes;
        assertTrue(sink.startSend(NOBODY, new byte[1]) && sink.startSend(NOBODY, new byte[1]));
        assertEquals(writes, peer.writes, "it was full, but has been flushed");
        sink.cancel();
    }

    @Test
    void flushGoesOnWhereItStopped() throws Exception {
        peer.room = 1;
        sink.startSend(NOBODY, bytes("abc"));
        assertTrue(sink.pollFlush(NOBODY).isPending());
        assertEquals("a", peer.received);
        peer.room = 5;
        assertTrue(sink.pollFlush(NOBODY).isReady());
        assertEquals("abc", peer.received);
    }

    @Test
    void whatIsRefusedWaitsInLittleMemoryAndMoreItemsHaveRoomBehindIt() throws Exception {
        peer.room = 1;
        sink.startSend(NOBODY, bytes("abc"));
        assertTrue(sink.pollFlush(NOBODY).isPending());
        assertEquals(1024 + pool.size(), pool.stats().bytes());
        assertEquals(1, pool.stats().idle(), "the whole one is back");
        byte[] large = new byte[1023];
        Arrays.fill(large, (byte) 'd');
        assertTrue(sink.startSend(NOBODY, large));
        assertEquals(1025, sink.buffered());
        assertTrue(sink.pollFlush(NOBODY).isPending());
        peer.room = 2000;
        assertTrue(sink.pollFlush(NOBODY).isReady());
        assertEquals("abc" + "d".repeat(1023), peer.received);
        assertEquals(0, pool.stats().taken());
    }

    @Test
    void itemThatIsLargerThanThePoolsBuffers() throws Exception {
        sink.startSend(NOBODY, bytes("a"));
        peer.room = 0;
        assertFalse(sink.startSend(NOBODY, new byte[5000]), "there is no room beside what is waiting");
        peer.room = 6000;
        assertTrue(sink.startSend(NOBODY, new byte[5000]));
        assertEquals(0, pool.stats().taken());
        assertTrue(sink.pollFlush(NOBODY).isReady());
        assertEquals(5001, peer.received.length());
        assertTrue(sink.startSend(NOBODY, bytes("b")));
        assertEquals(1, pool.stats().taken(), "small ones use the pool again");
        sink.cancel();
    }

    @Test
    void itemAboveTheMaximumIsRefusedAndLeavesTheSinkAsItWas() throws Exception {
        sink.startSend(NOBODY, bytes("a"));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> sink.startSend(NOBODY, new byte[10_001]));
        assertEquals("an item of 10001 bytes, allowed are 0 to 10000", e.getMessage());
        sink.startSend(NOBODY, bytes("b"));
        sink.pollFlush(NOBODY);
        assertEquals("ab", peer.received);
    }

    @Test
    void itemThatFailsHalfwayLeavesNothingBehind() throws Exception {
        FramedWrite<String> texts = FramedWrite.of(peer, new Encoder<>() {
            @Override
            public int size(String item) {
                return item.length();
            }

            @Override
            public void encode(String item, Buf into) throws IOException {
                into.put(bytes(item.substring(0, 1)));
                if (item.startsWith("bad")) {
                    throw new IOException(item);
                }
                into.put(bytes(item.substring(1)));
            }
        });
        assertThrows(IOException.class, () -> texts.startSend(NOBODY, "bad at first"));
        assertEquals(0, pool.stats().taken(), "a buffer for nothing");
        texts.startSend(NOBODY, "good");
        assertThrows(IOException.class, () -> texts.startSend(NOBODY, "bad"));
        texts.startSend(NOBODY, "better");
        texts.pollFlush(NOBODY);
        assertEquals("goodbetter", peer.received);
    }

    @Test
    void encoderThatBreaksItsWordIsStopped() throws Exception {
        FramedWrite<byte[]> liar = FramedWrite.of(peer, new Encoder<>() {
            @Override
            public int size(byte[] item) {
                return item.length - 1;
            }

            @Override
            public void encode(byte[] item, Buf into) {
                into.put(item);
            }
        });
        assertThrows(IndexOutOfBoundsException.class, () -> liar.startSend(NOBODY, bytes("abc")));
        assertThrows(IllegalArgumentException.class, () -> liar.startSend(NOBODY, bytes("")));
    }

    @Test
    void goesOnWithMemoryOfItsOwnWhenThePoolIsEmpty() throws Exception {
        List<Buf> all = new ArrayList<>();
        for (Buf buf; (buf = pool.tryTake()) != null; ) {
            all.add(buf);
        }
        for (int i = 0; i < 1000; i++) {
            assertTrue(sink.startSend(NOBODY, new byte[100]));
        }
        sink.pollFlush(NOBODY);
        assertEquals(100_000, peer.received.length());
        all.forEach(pool::release);
    }

    @Test
    void slowPeerGetsEverythingInOrder() throws Exception {
        StringBuilder expected = new StringBuilder();
        peer.room = 0;
        for (int i = 0; i < 20_000; ) {
            byte[] item = bytes(i + ",".repeat(i % 700));
            if (sink.startSend(NOBODY, item)) {
                expected.append(Frames.text(item));
                i++;
            } else {
                peer.room = 1 + i % 300;
            }
            assertTrue(sink.buffered() <= 200 + 800, "held: " + sink.buffered());
        }
        peer.room = Integer.MAX_VALUE;
        sink.pollFlush(NOBODY);
        assertEquals(expected.toString(), peer.received());
    }

    @Test
    void closeFlushesAndShutsTheOutputDown() throws Exception {
        peer.room = 0;
        sink.startSend(NOBODY, bytes("last"));
        assertTrue(sink.pollClose(NOBODY).isPending());
        assertFalse(peer.shutDown);
        assertEquals(1, pool.stats().idle(), "the whole buffer is back");
        peer.room = 10;
        assertTrue(sink.pollClose(NOBODY).isReady());
        assertEquals("last", peer.received);
        assertTrue(peer.shutDown);
        assertFalse(peer.closed);
        assertTrue(sink.pollClose(NOBODY).isReady());
        assertThrows(ClosedChannelException.class, () -> sink.startSend(NOBODY, bytes("late")));
        assertThrows(ClosedChannelException.class, () -> sink.pollFlush(NOBODY));
    }

    @Test
    void failureOfTheOutputIsForGood() throws Exception {
        IOException reset = new IOException("reset");
        sink.startSend(NOBODY, bytes("a"));
        peer.failure = reset;
        assertSame(reset, assertThrows(IOException.class, () -> sink.pollFlush(NOBODY)));
        assertEquals(0, pool.stats().taken());
        peer.failure = null;
        assertThrows(ClosedChannelException.class, () -> sink.startSend(NOBODY, bytes("b")));
        assertThrows(ClosedChannelException.class, () -> sink.pollClose(NOBODY));
        assertEquals("", peer.received);
    }

    @Test
    void failureWhileItMakesRoomIsForGood() throws Exception {
        sink.startSend(NOBODY, new byte[300]);
        peer.failure = new IOException("reset");
        assertThrows(IOException.class, () -> sink.startSend(NOBODY, bytes("b")));
        assertEquals(0, pool.stats().taken());
        assertThrows(ClosedChannelException.class, () -> sink.pollFlush(NOBODY));
    }

    @Test
    void outputThatTakesNothingIsAnError() throws Exception {
        peer.stuck = true;
        sink.startSend(NOBODY, bytes("a"));
        IOException e = assertThrows(IOException.class, () -> sink.pollFlush(NOBODY));
        assertTrue(e.getMessage().startsWith("write zero"), e.getMessage());
    }

    @Test
    void cancelDropsAndLeavesTheOutputOpen() throws Exception {
        sink.startSend(NOBODY, bytes("a"));
        sink.cancel();
        sink.cancel();
        assertEquals(0, pool.stats().taken());
        assertFalse(peer.closed);
        assertThrows(ClosedChannelException.class, () -> sink.pollFlush(NOBODY));
    }

    @Test
    void closeDropsAndClosesTheOutput() throws Exception {
        sink.startSend(NOBODY, bytes("a"));
        sink.close();
        sink.close();
        assertEquals(0, pool.stats().taken());
        assertTrue(peer.closed);
        assertEquals("", peer.received);
    }

    @Test
    void upgradeGoesOnBehindWhatWasTaken() throws Exception {
        sink.startSend(NOBODY, bytes("old."));
        FramedWrite<String> lines = sink.upgrade(new Lines());
        sink.cancel();
        lines.startSend(NOBODY, "new");
        lines.pollFlush(NOBODY);
        assertEquals("old.new\n", peer.received);
        assertThrows(ClosedChannelException.class, () -> sink.startSend(NOBODY, bytes("x")));
        lines.startSend(NOBODY, "lost");
        sink.close();
        assertEquals(0, pool.stats().taken(), "closing the old one closes the new one");
    }

    @Test
    void detachGivesWhatWasNotWritten() throws Exception {
        peer.room = 1;
        sink.startSend(NOBODY, bytes("abc"));
        sink.pollFlush(NOBODY);
        assertEquals("bc", Frames.text(sink.detach()));
        assertFalse(peer.closed);
        assertEquals(0, sink.detach().length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private final class Peer implements Output {
        private final StringBuilder all = new StringBuilder();
        String received = "";
        int room = Integer.MAX_VALUE;
        int writes;
        int flushes;
        boolean stuck;
        boolean shutDown;
        boolean closed;

        @Nullable Task kept;

        @Nullable IOException failure;

        String received() {
            return all.toString();
        }

        @Override
        public int write(Task task, Buf from) throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (stuck) {
                return 0;
            }
            int n = Math.min(room, from.readable());
            if (n == 0) {
                kept = task;
                return Io.NOT_READY;
            }
            writes++;
            room -= n;
            all.append(from.text(StandardCharsets.ISO_8859_1, n));
            received = all.length() > 10_000 ? received : all.toString();
            return n;
        }

        @Override
        public int flush(Task task) {
            flushes++;
            received = all.toString();
            return 0;
        }

        @Override
        public int shutdownOutput(Task task) {
            shutDown = true;
            return 0;
        }

        @Override
        public boolean pollWrite(Task task) {
            return room > 0;
        }

        @Override
        public BufPool buffers() {
            return pool;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
