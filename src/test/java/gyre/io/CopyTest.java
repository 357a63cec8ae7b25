package gyre.io;

import static gyre.io.Copy.copy;
import static gyre.io.ReadExact.readExact;
import static gyre.io.ReadToEnd.readToEnd;
import static gyre.io.WriteAll.writeAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Poll;
import gyre.future.Task;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CopyTest extends InMemory {
    private static final Task NOBODY = () -> {};

    @ParameterizedTest
    @MethodSource("seeds")
    void copiesAllBytes(long seed) throws Exception {
        MemoryIo[] to = pair(seed);
        byte[] bytes = bytes(seed, (int) seed * 37);
        MemoryIo from = source(bytes);
        Turns.Job<byte[]> received = turns.start(readToEnd(to[1], 10_000));
        Long copied = turns.run(copy(from, to[0])
                .andThen(n -> ShutdownOutput.shutdownOutput(to[0]).map(v -> n)));
        assertEquals(bytes.length, copied);
        assertArrayEquals(bytes, received.value());
    }

    /** tokio-core's echo::echo_server. */
    @ParameterizedTest
    @MethodSource("seeds")
    void echoes(long seed) throws Exception {
        MemoryIo[] ends = pair(seed);
        Split halves = ends[0].split();
        Turns.Job<Long> server = turns.start(copy(halves.reader(), halves.writer()));
        for (int i = 0; i < 100; i++) {
            Buf echoed = turns.run(
                    writeAll(ends[1], Buf.copyOf("foo bar baz")).andThen(sent -> readExact(ends[1], Buf.allocate(11))));
            assertArrayEquals("foo bar baz".getBytes(), echoed.bytes(11));
            assertFalse(server.isDone());
            assertEquals(0, pool.stats().taken(), "an idle copy holds a buffer");
        }
        turns.run(ShutdownOutput.shutdownOutput(ends[1]));
        assertEquals(1100, server.value());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void flushesWhenTheReaderPends(long seed) throws Exception {
        MemoryIo[] from = pair(seed);
        MemoryIo[] to = pair();
        to[0].holdsBack = true;
        Turns.Job<Long> copying = turns.start(copy(from[0], to[0]));
        turns.run(writeAll(from[1], Buf.copyOf("foo")));
        assertEquals(3, turns.run(readExact(to[1], Buf.allocate(3))).readable());
        int flushes = to[0].flushes;
        turns.run(send(from[1], new byte[0]));
        assertTrue(copying.isDone());
        assertEquals(flushes, to[0].flushes, "flushed again without a write");
    }

    @Test
    void writeOfNothingFails() {
        MemoryIo from = source(new byte[3]);
        Output stuck = new Stub() {
            @Override
            public int write(Task task, Buf buf) {
                return 0;
            }
        };
        IOException e = assertThrows(IOException.class, () -> turns.run(copy(from, stuck)));
        assertTrue(e.getMessage().startsWith("write zero"), e.getMessage());
    }

    @Test
    void failureOfTheWriterGivesTheBufferBack() {
        MemoryIo from = source(new byte[3]);
        MemoryIo[] to = pair();
        to[0].close();
        assertThrows(ClosedChannelException.class, () -> turns.run(copy(from, to[0])));
    }

    @Test
    void cancelGivesTheBufferBack() {
        MemoryIo from = source(new byte[300]);
        Copy copy = copy(from, pair()[0]);
        Turns.Job<Long> copying = turns.start(copy);
        turns.run();
        assertEquals(1, pool.stats().taken(), "the writer refuses, so that the bytes are held");
        assertEquals(100, copy.copied());
        copying.cancel();
        assertEquals(0, pool.stats().taken());
    }

    @Test
    void waitsForABufferInOneEntryAndGoesOn() throws Exception {
        List<Buf> all = takeAll();
        MemoryIo[] to = pair();
        Turns.Job<Long> copying = turns.start(copy(source(new byte[70]), to[0]));
        for (int i = 0; i < 10; i++) {
            turns.run();
            copying.wake();
        }
        int polls = copying.polls;
        pool.release(all.remove(0));
        turns.run();
        assertEquals(70, copying.value());
        assertTrue(copying.polls <= polls + 2, "woken once for each poll of the past");
        all.forEach(pool::release);
    }

    @Test
    void waitsForBytesWhenThereIsNeither() throws Exception {
        List<Buf> all = takeAll();
        MemoryIo[] from = pair();
        Turns.Job<Long> copying = turns.start(copy(from[0], pair()[0]));
        turns.run();
        pool.release(all.remove(0));
        turns.run();
        assertEquals(1, copying.polls, "woken for a buffer that it has no use for");
        turns.run(send(from[1], new byte[5]));
        assertEquals(5, copying.value());
        all.forEach(pool::release);
    }

    @Test
    void staysWithinTheBudget() {
        Copy copy = copy(new Stub(), new Stub());
        Turns.Job<Long> endless = turns.start(copy);
        endless.poll();
        assertFalse(endless.isDone());
        assertTrue(copy.copied() > 0 && copy.copied() <= 128 * 64, "copied in one poll: " + copy.copied());
        endless.cancel();
    }

    /** Else the bytes would wait for another turn, each connection's in a buffer of its own, and leave the cache. */
    @Test
    void whatFillsABufferIsWrittenInThePollThatReadIt() {
        BufPool large = new BufPool(BufPool.DEFAULT_SIZE, BufPool.DEFAULT_MAX_BYTES, true);
        MemoryIo[] from = MemoryIo.pair(whims, large, BufPool.DEFAULT_SIZE);
        MemoryIo[] to = MemoryIo.pair(whims, large, 2 * BufPool.DEFAULT_SIZE);
        turns.start(send(from[1], new byte[BufPool.DEFAULT_SIZE])).poll();
        Copy copy = copy(from[0], to[0]);
        turns.start(copy).poll();
        assertEquals(BufPool.DEFAULT_SIZE, copy.copied());
        assertEquals(0, large.stats().taken());
    }

    @Test
    void pollsAfterTheEndAreRefused() throws Exception {
        Copy copy = copy(source(new byte[0]), pair()[0]);
        assertEquals(0, turns.run(copy));
        assertThrows(IllegalStateException.class, () -> copy.poll(NOBODY));
    }

    @Test
    void steadyEchoAllocatesNothing() throws Exception {
        Stub echo = new Stub() {
            private final BufPool own = new BufPool(64, 64, false);
            private boolean ready;

            @Override
            public int read(Task task, Buf into) {
                ready = !ready;
                return ready ? super.read(task, into) : Io.NOT_READY;
            }

            @Override
            public BufPool buffers() {
                return own;
            }
        };
        Copy copy = copy(echo, echo);
        long before = 0;
        for (int i = 0; i < 20_000; i++) {
            if (i == 10_000) {
                before = allocated();
            }
            assertEquals(Poll.pending(), copy.poll(NOBODY));
        }
        long allocated = allocated() - before;
        assertTrue(allocated < 10_000, "bytes in 10,000 messages: " + allocated);
        assertEquals(20_000 * 8, copy.copied());
    }

    /** Of this thread. By reflection, since the engine's module does not read jdk.management. */
    private static long allocated() throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        return (long) Class.forName("com.sun.management.ThreadMXBean")
                .getMethod("getCurrentThreadAllocatedBytes")
                .invoke(threads);
    }

    private List<Buf> takeAll() {
        List<Buf> all = new ArrayList<>();
        for (Buf buf; (buf = pool.tryTake()) != null; ) {
            all.add(buf);
        }
        return all;
    }

    /** Always ready: eight bytes for each read, and takes all. */
    @Test
    void whatIsRefusedWaitsInLittleMemoryAndTheNextReadHasAWholeBuffer() throws Exception {
        BufPool own = new BufPool(256 << 10, 2 << 20, true);
        boolean[] refuses = {true};
        int[] written = {0};
        Stub slow = new Stub() {
            @Override
            public int read(Task task, Buf into) {
                assertEquals(own.size(), into.writable());
                if (!task.spend(1) || own.stats().taken() == 1 && !refuses[0]) {
                    return Io.NOT_READY;
                }
                into.put(new byte[99]).put((byte) 'x');
                return 100;
            }

            @Override
            public int write(Task task, Buf from) {
                if (refuses[0]) {
                    return Io.NOT_READY;
                }
                assertEquals('x', from.at(99));
                written[0]++;
                return super.write(task, from);
            }

            @Override
            public BufPool buffers() {
                return own;
            }
        };
        List<Copy> copies = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Copy copy = copy(slow, slow);
            copies.add(copy);
            assertTrue(copy.poll(NOBODY).isPending());
            assertTrue(copy.poll(NOBODY).isPending(), "and stays");
        }
        assertEquals(1000, own.stats().taken());
        assertEquals((256 << 10) + (1000 << 10), own.stats().bytes());
        Copy first = copies.get(0);
        copies.subList(1, 1000).forEach(Copy::cancel);
        refuses[0] = false;
        assertTrue(first.poll(NOBODY).isPending());
        assertEquals(1, written[0]);
        assertEquals(100, first.copied());
        assertEquals(0, own.stats().taken());
    }

    private class Stub implements Input, Output {
        @Override
        public int read(Task task, Buf into) {
            if (!task.spend(1)) {
                return Io.NOT_READY;
            }
            into.putLong(0);
            return Long.BYTES;
        }

        @Override
        public int write(Task task, Buf from) {
            int n = from.readable();
            if (!task.spend(1)) {
                return Io.NOT_READY;
            }
            from.skip(n);
            return n;
        }

        @Override
        public int flush(Task task) {
            return 0;
        }

        @Override
        public int shutdownOutput(Task task) {
            return 0;
        }

        @Override
        public boolean pollRead(Task task) {
            return true;
        }

        @Override
        public boolean pollWrite(Task task) {
            return true;
        }

        @Override
        public BufPool buffers() {
            return pool;
        }

        @Override
        public void close() {}
    }
}
