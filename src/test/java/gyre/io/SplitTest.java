package gyre.io;

import static gyre.io.ReadToEnd.readToEnd;
import static gyre.io.WriteAll.writeAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SplitTest extends InMemory {
    @ParameterizedTest
    @MethodSource("seeds")
    void halvesAreUsedByDifferentTasks(long seed) throws Exception {
        MemoryIo[] ends = pair(seed);
        Split near = ends[0].split();
        Split far = ends[1].split();
        byte[] there = bytes(seed, 700);
        byte[] back = bytes(seed + 1, 500);
        Turns.Job<byte[]> atNear = turns.start(readToEnd(near.reader(), 1000));
        Turns.Job<byte[]> atFar = turns.start(readToEnd(far.reader(), 1000));
        turns.start(send(near.writer(), there));
        turns.start(send(far.writer(), back));
        turns.run();
        assertArrayEquals(there, atFar.value());
        assertArrayEquals(back, atNear.value());
    }

    @Test
    void closingTheWriteHalfShutsTheOutputDown() throws Exception {
        MemoryIo[] ends = pair();
        Split halves = ends[0].split();
        turns.run(writeAll(halves.writer(), Buf.copyOf("foo")));
        halves.writer().close();
        halves.writer().close();
        assertFalse(halves.writer().isOpen());
        assertThrows(ClosedChannelException.class, () -> halves.writer().flush(() -> {}));
        assertArrayEquals("foo".getBytes(), turns.run(readToEnd(ends[1], 10)));
        assertFalse(ends[0].isClosed());
        turns.run(send(ends[1], "bar".getBytes()));
        assertArrayEquals("bar".getBytes(), turns.run(readToEnd(halves.reader(), 10)), "reading goes on");
    }

    @Test
    void closingBothClosesTheIo() throws Exception {
        for (boolean readerFirst : new boolean[] {true, false}) {
            MemoryIo end = pair()[0];
            Split halves = end.split();
            (readerFirst ? halves.reader() : halves.writer()).close();
            assertFalse(end.isClosed());
            (readerFirst ? halves.writer() : halves.reader()).close();
            assertTrue(end.isClosed());
            assertThrows(ClosedChannelException.class, () -> halves.reader().pollRead(() -> {}));
        }
    }

    @Test
    void whatCannotShutDownStaysOpenForTheOther() throws Exception {
        MemoryIo[] ends = pair();
        ends[0].indivisible = true;
        Split halves = ends[0].split();
        halves.writer().close();
        turns.run(send(ends[1], "bar".getBytes()));
        assertArrayEquals("bar".getBytes(), turns.run(readToEnd(halves.reader(), 10)));
        halves.reader().close();
        assertTrue(ends[0].isClosed());
    }

    @Test
    void closingAHalfOfWhatWasClosedIsQuiet() throws Exception {
        MemoryIo end = pair()[0];
        Split halves = end.split();
        end.close();
        halves.writer().close();
        halves.reader().close();
    }

    @Test
    void reuniteGivesTheWholeAndClosesTheHalves() throws Exception {
        MemoryIo end = pair()[0];
        Split halves = end.split();
        assertSame(end, halves.reader().reunite(halves.writer()));
        assertFalse(halves.reader().isOpen() || halves.writer().isOpen());
        halves.reader().close();
        halves.writer().close();
        assertFalse(end.isClosed());
        assertThrows(ClosedChannelException.class, () -> halves.reader().reunite(halves.writer()));
    }

    @Test
    void reuniteRefusesTheHalfOfAnother() throws Exception {
        Split one = pair()[0].split();
        Split other = pair()[0].split();
        assertThrows(IllegalArgumentException.class, () -> one.reader().reunite(other.writer()));
        assertTrue(one.reader().isOpen() && other.writer().isOpen());
    }

    @Test
    void reuniteAfterOneWasClosedIsRefusedAndKeepsTheOther() throws Exception {
        Split halves = pair()[0].split();
        halves.writer().close();
        assertThrows(ClosedChannelException.class, () -> halves.reader().reunite(halves.writer()));
        assertTrue(halves.reader().isOpen());
        assertEquals(pool, halves.reader().buffers());
    }
}
