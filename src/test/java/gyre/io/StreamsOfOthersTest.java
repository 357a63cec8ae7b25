package gyre.io;

import static gyre.io.Chain.chain;
import static gyre.io.Copy.copy;
import static gyre.io.Limit.limit;
import static gyre.io.ReadExact.readExact;
import static gyre.io.ReadToEnd.readToEnd;
import static gyre.io.ShutdownOutput.shutdownOutput;
import static gyre.io.WriteAll.writeAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Streams;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chain, limit and the buffered streams, and tokio-core's tests of them without the sockets. */
class StreamsOfOthersTest extends InMemory {
    private static final byte[] MESSAGE = "foo bar baz".getBytes();

    /** tokio-core's chain::chain_clients. */
    @ParameterizedTest
    @MethodSource("seeds")
    void chainReadsOneAfterAnother(long seed) throws Exception {
        pair(seed);
        Input a = source("foo ".getBytes());
        Input b = source("bar ".getBytes());
        Input c = source("baz".getBytes());
        assertArrayEquals(MESSAGE, turns.run(readToEnd(chain(chain(a, b), c), 100)));
    }

    @Test
    void chainClosesBoth() throws Exception {
        MemoryIo a = pair()[0];
        MemoryIo b = pair()[0];
        chain(a, b).close();
        assertTrue(a.isClosed() && b.isClosed());
    }

    /** tokio-core's limit::limit. */
    @ParameterizedTest
    @MethodSource("seeds")
    void limitEndsEarlyAndLeavesTheRest(long seed) throws Exception {
        pair(seed);
        MemoryIo from = source(MESSAGE);
        Limit first = limit(from, 4);
        assertArrayEquals("foo ".getBytes(), turns.run(readToEnd(first, 100)));
        assertEquals(0, first.remaining());
        assertArrayEquals("bar baz".getBytes(), turns.run(readToEnd(from, 100)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void limitBeyondTheEnd(long seed) throws Exception {
        pair(seed);
        Limit all = limit(source(MESSAGE), Long.MAX_VALUE);
        assertArrayEquals(MESSAGE, turns.run(readToEnd(all, 100)));
        assertEquals(Long.MAX_VALUE - 11, all.remaining());
        assertThrows(IllegalArgumentException.class, () -> limit(all, -1));
    }

    @Test
    void limitRestoresTheBuffersOwn() throws Exception {
        Buf buf = Buf.allocate(20).limit(15);
        Limit two = limit(limit(source(MESSAGE), 7), 5);
        turns.run(Read.read(two, buf));
        assertEquals(5, buf.readable());
        assertEquals(15, buf.limit());
        assertEquals(Io.END, turns.run(Read.read(two, buf)));
    }

    /** tokio-core's buffered::echo_server. */
    @ParameterizedTest
    @MethodSource("seeds")
    void bufferedOnBothSides(long seed) throws Exception {
        MemoryIo[] first = pair(seed);
        MemoryIo[] second = pair();
        int count = 1024;
        byte[] sent = new byte[count * MESSAGE.length];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = MESSAGE[i % MESSAGE.length];
        }
        turns.start(send(first[1], sent));
        Turns.Job<Buf> received = turns.start(readExact(second[1], Buf.allocate(sent.length)));
        int capacity = 1 + (int) seed * 5; // below and above the pool's 64
        assertEquals(
                (long) sent.length,
                turns.run(copy(new BufferedInput(first[0], capacity), new BufferedOutput(second[0], capacity))));
        assertArrayEquals(sent, received.value().bytes(sent.length));
    }

    @Test
    void bufferedInputReadsAheadOnce() throws Exception {
        BufferedInput from = new BufferedInput(source(MESSAGE));
        assertEquals(1, turns.run(readExact(from, Buf.allocate(1))).readable());
        assertEquals(10, from.buffered());
        assertTrue(from.pollRead(() -> {}));
        assertThrows(IllegalArgumentException.class, () -> from.read(() -> {}, Buf.allocate(0)));
        assertThrows(IllegalArgumentException.class, () -> new BufferedInput(from, 0));
        assertArrayEquals("oo bar baz".getBytes(), turns.run(readToEnd(from, 10)));
    }

    @Test
    void bufferedOutputGathersUntilFlushOrShutdown() throws Exception {
        MemoryIo[] ends = pair();
        BufferedOutput to = new BufferedOutput(ends[0], 20);
        turns.run(writeAll(to, Buf.copyOf(MESSAGE)));
        assertEquals(11, to.buffered());
        turns.run(Flush.flush(to));
        assertEquals(0, to.buffered());
        turns.run(writeAll(to, Buf.copyOf(MESSAGE)).andThen(sent -> shutdownOutput(to)));
        assertArrayEquals("foo bar bazfoo bar baz".getBytes(), turns.run(readToEnd(ends[1], 100)));
        assertThrows(IllegalArgumentException.class, () -> new BufferedOutput(to, 0));
    }

    @Test
    void bufferedStreamsHoldABufferOnlyWhileThereIsSomethingInIt() throws Exception {
        MemoryIo[] ends = pair();
        BufferedInput from = new BufferedInput(ends[0], 40);
        BufferedOutput to = new BufferedOutput(ends[1], 40);
        Turns.Job<Buf> first = turns.start(readExact(from, Buf.allocate(4)));
        assertEquals(0, pool.stats().taken());
        turns.run(writeAll(to, Buf.copyOf(MESSAGE)));
        assertEquals(1, pool.stats().taken());
        turns.run(Flush.flush(to));
        assertArrayEquals("foo ".getBytes(), first.value().bytes(4));
        assertEquals(7, from.buffered());
        assertEquals(1, pool.stats().taken());
        turns.run(readExact(from, Buf.allocate(7)));
        assertEquals(0, pool.stats().taken());

        turns.run(writeAll(ends[1], Buf.copyOf(MESSAGE)));
        turns.run(readExact(from, Buf.allocate(1)));
        turns.run(writeAll(to, Buf.copyOf(MESSAGE)));
        assertEquals(2, pool.stats().taken());
        from.close();
        to.close();
        assertEquals(0, pool.stats().taken());
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 65})
    void bufferedStreamsGoOnWithoutThePool(int capacity) throws Exception {
        List<Buf> all = new ArrayList<>();
        for (Buf buf; (buf = pool.tryTake()) != null; ) {
            all.add(buf);
        }
        MemoryIo[] ends = pair();
        BufferedInput from = new BufferedInput(ends[0], capacity);
        BufferedOutput to = new BufferedOutput(ends[1], capacity);
        for (int i = 0; i < 3; i++) {
            turns.run(writeAll(to, Buf.copyOf(MESSAGE)).andThen(sent -> Flush.flush(to)));
            assertArrayEquals(
                    MESSAGE, turns.run(readExact(from, Buf.allocate(11))).bytes(11));
            assertEquals(0, from.buffered() + to.buffered());
        }
        all.forEach(pool::release);
    }

    /** tokio-core's stream-buffered::echo_server: serves several within one task. */
    @ParameterizedTest
    @MethodSource("seeds")
    void streamBuffered(long seed) throws Exception {
        List<MemoryIo[]> clients = List.of(pair(seed), pair(), pair());
        Turns.Job<List<Long>> server = turns.start(Streams.from(clients)
                .map(ends -> ends[0].split())
                .map(halves -> copy(halves.reader(), halves.writer()))
                .buffered(10, copying -> copying)
                .take(2)
                .collect());
        for (MemoryIo[] ends : clients) {
            Buf echoed = turns.run(
                    writeAll(ends[1], Buf.copyOf("foo")).andThen(sent -> readExact(ends[1], Buf.allocate(3))));
            assertArrayEquals("foo".getBytes(), echoed.bytes(3));
        }
        turns.run(shutdownOutput(clients.get(1)[1]));
        turns.run(shutdownOutput(clients.get(0)[1]));
        assertEquals(List.of(3L, 3L), server.value());
    }
}
