package gyre.io;

import static gyre.io.Flush.flush;
import static gyre.io.ReadToEnd.readToEnd;
import static gyre.io.ShutdownOutput.shutdownOutput;
import static gyre.io.WriteAll.writeAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Futures;
import gyre.future.Poll;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WriteTest extends InMemory {
    @ParameterizedTest
    @MethodSource("seeds")
    void writesAllAndAnswersTheBuffer(long seed) throws Exception {
        MemoryIo[] ends = pair(seed);
        byte[] bytes = bytes(seed, 1000);
        Buf from = Buf.copyOf(bytes);
        Turns.Job<byte[]> received = turns.start(readToEnd(ends[1], 1000));
        assertSame(from, turns.run(writeAll(ends[0], from)));
        assertEquals(0, from.readable());
        turns.run(shutdownOutput(ends[0]));
        assertArrayEquals(bytes, received.value());
    }

    @Test
    void writingNothingIsDoneAtOnce() throws Exception {
        MemoryIo[] ends = pair();
        assertEquals(0, turns.run(writeAll(ends[0], Buf.allocate(0))).capacity());
    }

    @Test
    void cancelLeavesTheRestInTheBuffer() {
        Buf from = Buf.copyOf(new byte[130]);
        Turns.Job<Buf> writing = turns.start(writeAll(pair()[0], from));
        turns.run();
        writing.cancel();
        assertEquals(30, from.readable());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void flushShowsWhatWasHeldBack(long seed) throws Exception {
        MemoryIo[] ends = pair(seed);
        ends[0].holdsBack = true;
        Turns.Job<Buf> reading = turns.start(ReadExact.readExact(ends[1], Buf.allocate(3)));
        turns.run(writeAll(ends[0], Buf.copyOf("foo")));
        assertFalse(reading.isDone());
        turns.run(flush(ends[0]));
        assertArrayEquals("foo".getBytes(), reading.value().bytes(3));
    }

    /** The default of {@link Output#write(gyre.future.Task, Buf[], int, int)}: in order, over empty and partly taken ones. */
    @ParameterizedTest
    @MethodSource("seeds")
    void gathersInOrder(long seed) throws Exception {
        MemoryIo[] ends = pair(seed);
        Buf[] bufs = {
            Buf.copyOf("not this"),
            Buf.copyOf("foo "),
            Buf.allocate(0),
            Buf.copyOf("bar "),
            Buf.copyOf("baz"),
            Buf.copyOf("nor this")
        };
        Turns.Job<byte[]> received = turns.start(readToEnd(ends[1], 100));
        int[] total = {0};
        turns.run(Futures.pollFn(task -> {
                    while (total[0] < 11) {
                        int n = ends[0].write(task, bufs, 1, 4);
                        if (n == Io.NOT_READY) {
                            return Poll.<Void>pending();
                        }
                        total[0] += n;
                    }
                    return Poll.done();
                })
                .andThen(written -> shutdownOutput(ends[0])));
        assertEquals(11, total[0]);
        assertArrayEquals("foo bar baz".getBytes(), received.value());
    }

    @Test
    void gatheringChecksItsRange() throws Exception {
        MemoryIo end = pair()[0];
        Buf[] bufs = {Buf.copyOf("foo"), Buf.allocate(0)};
        assertThrows(IndexOutOfBoundsException.class, () -> end.write(() -> {}, bufs, 1, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> end.write(() -> {}, bufs, 0, -1));
        assertEquals(0, end.write(() -> {}, bufs, 1, 1));
        assertEquals(3, end.write(() -> {}, bufs, 0, 2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void writesAllOfSeveralAndAnswersTheArray(long seed) throws Exception {
        MemoryIo[] ends = pair(seed);
        byte[] bytes = bytes(seed, 1000);
        Buf[] from = cut(bytes, seed);
        Turns.Job<byte[]> received = turns.start(readToEnd(ends[1], 1000));
        assertSame(from, turns.run(writeAll(ends[0], from)));
        assertEquals(0, readable(from));
        turns.run(shutdownOutput(ends[0]));
        assertArrayEquals(bytes, received.value());
    }

    /** Wherever it is cancelled: what is left is what was not written, and another one goes on from there. */
    @ParameterizedTest
    @MethodSource("seeds")
    void cancelLeavesTheRestInSeveral(long seed) throws Exception {
        MemoryIo[] ends = pair(seed);
        byte[] bytes = bytes(seed, 1000);
        Buf[] from = cut(bytes, seed);
        Buf arrived = Buf.allocate(1000);
        Random random = new Random(seed);
        for (int rounds = 0; readable(from) > 0; rounds++) {
            assertTrue(rounds < 1000, "no progress");
            Turns.Job<Buf[]> writing = turns.start(writeAll(ends[0], from));
            turns.run();
            if (!writing.isDone()) {
                writing.cancel();
            }
            int some = Math.min(1000 - readable(from) - arrived.readable(), 1 + random.nextInt(100));
            if (some > 0) {
                arrived.put(turns.run(ReadExact.readExact(ends[1], Buf.allocate(some)))
                        .bytes(some));
            }
        }
        int rest = 1000 - arrived.readable();
        arrived.put(turns.run(ReadExact.readExact(ends[1], Buf.allocate(rest))).bytes(rest));
        assertArrayEquals(bytes, arrived.bytes(1000));
    }

    @Test
    void writingNoBufferIsDoneAtOnce() throws Exception {
        MemoryIo[] ends = pair();
        Buf[] none = {};
        assertSame(none, turns.run(writeAll(ends[0], none)));
        Buf[] empty = {Buf.allocate(0), Buf.allocate(5)};
        assertSame(empty, turns.run(writeAll(ends[0], empty)));
    }

    @Test
    void severalFailWhereTheOutputTakesNothing() {
        MemoryIo[] ends = pair();
        ends[1].close();
        WriteAllOf writing = writeAll(ends[0], Buf.copyOf("a"), Buf.copyOf("b"));
        assertThrows(ClosedChannelException.class, () -> turns.run(writing));
        assertThrows(IllegalStateException.class, () -> writing.poll(() -> {}));
    }

    private static Buf[] cut(byte[] bytes, long seed) {
        Random random = new Random(seed);
        List<Buf> parts = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int size = Math.min(random.nextInt(4) == 0 ? 0 : random.nextInt(150), bytes.length - at);
            parts.add(Buf.copyOf(Arrays.copyOfRange(bytes, at, at + size)));
            at += size;
        }
        return parts.toArray(new Buf[0]);
    }

    private static int readable(Buf[] bufs) {
        return Arrays.stream(bufs).mapToInt(Buf::readable).sum();
    }
}
