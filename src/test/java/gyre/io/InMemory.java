package gyre.io;

import static gyre.io.ShutdownOutput.shutdownOutput;
import static gyre.io.WriteAll.writeAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Future;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;

/** What the tests of this package stand on: connected ends in memory, whims by seed, and a count of buffers at the end. */
public abstract class InMemory {
    protected final BufPool pool = new BufPool(64, 8 * 64, true);
    protected Whims whims = new Whims(0);
    protected Turns turns = new Turns(whims);

    protected InMemory() {}

    protected static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    /** Two connected ends; the first calls of a test, since the seed is for all of them. */
    protected MemoryIo[] pair(long seed) {
        whims = new Whims(seed);
        turns = new Turns(whims);
        return pair();
    }

    protected MemoryIo[] pair() {
        return MemoryIo.pair(whims, pool, 100);
    }

    /** An end from which these bytes come, and then the end. */
    protected MemoryIo source(byte[] bytes) {
        MemoryIo[] ends = pair();
        turns.start(send(ends[1], bytes));
        return ends[0];
    }

    protected static Future<Void> send(Output to, byte[] bytes) {
        return writeAll(to, Buf.copyOf(bytes)).andThen(sent -> shutdownOutput(to));
    }

    protected static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @AfterEach
    void everyBufferIsBack() {
        assertEquals(0, pool.stats().taken());
    }
}
