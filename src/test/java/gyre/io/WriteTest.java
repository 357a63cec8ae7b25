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

import gyre.buffer.Buf;
import gyre.future.Futures;
import gyre.future.Poll;
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
}
