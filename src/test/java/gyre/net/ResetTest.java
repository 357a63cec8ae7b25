package gyre.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.io.Copy;
import gyre.io.Io;
import gyre.reactor.JoinHandle;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A peer that is gone costs its own connection; the neighbour is served before and after. */
@EveryBackend
class ResetTest extends OnLoop {
    private Pair neighbour;
    private JoinHandle<Long> serving;

    ResetTest(Backend backend) {
        super(backend);
    }

    @BeforeEach
    void neighbour() throws Exception {
        neighbour = pair();
        serving = handle.spawn(Copy.copy(neighbour.ours(), neighbour.ours()));
    }

    @AfterEach
    void theNeighbourIsServed() throws Exception {
        neighbour.send("there?");
        assertEquals("there?", run(await(aside(() -> neighbour.receive(6)))));
        neighbour.theirs().shutdownOutput();
        assertEquals(6, run(serving));
    }

    @Test
    void whileReading() throws Exception {
        Pair pair = pair();
        JoinHandle<Integer> reading = handle.spawn(read(pair.ours(), Buf.allocate(10)));
        settle();
        pair.reset();
        assertFails(reading);
    }

    /** Linux drops what was not read when the reset comes; what is delivered all the same is whole as far as it goes. */
    @Test
    void bytesThatArrivedBeforeAreReadOrTheResetIsSeen() throws Exception {
        Pair pair = pair();
        pair.send("before");
        assertEquals("be", run(expect(pair.ours(), "be")));
        pair.reset();
        Buf rest = Buf.allocate(10);
        assertThrows(IOException.class, () -> {
            while (run(read(pair.ours(), rest)) != Io.END) {
                assertTrue(rest.readable() <= 4, "more than was sent");
            }
        });
        String came = rest.text(StandardCharsets.US_ASCII);
        assertTrue("fore".startsWith(came), came);
    }

    @Test
    void whileWriting() throws Exception {
        Pair pair = pair(0, 4096);
        JoinHandle<Object> writing = handle.spawn(writeForEver(pair.ours()));
        settle();
        assertEquals(false, writing.isDone());
        pair.reset();
        assertFails(writing);
    }

    @Test
    void whileIdle() throws Exception {
        Pair pair = pair();
        pair.reset();
        settle();
        assertThrows(IOException.class, () -> run(read(pair.ours(), Buf.allocate(10))));
    }

    @Test
    void withOurBytesUnreadThePeerIsResetToo() throws Exception {
        Pair pair = pair();
        pair.send("never read");
        run(Futures.pollFn(task -> pair.ours().pollRead(task) ? Poll.done() : Poll.pending()));
        pair.ours().close();
        assertThrows(IOException.class, () -> {
            if (pair.theirs().getInputStream().read() < 0) {
                throw new AssertionError("the end, as if all had been read");
            }
        });
    }

    /** The first may be taken, since the peer has not told yet; a signal would end the JVM. */
    @Test
    void writingAfterThePeerHasClosed() throws Exception {
        Pair pair = pair();
        pair.theirs().close();
        IOException e = assertThrows(IOException.class, () -> run(writeForEver(pair.ours())));
        assertTrue(e.getMessage() != null, "says what is wrong: " + e);
        assertEquals(neighbour.ours().isOpen(), true);
    }

    @Test
    void bytesOfThePeerAreReadThoughWritingHasFailed() throws Exception {
        Pair pair = pair();
        byte[] sent = pattern(20_000);
        pair.theirs().getOutputStream().write(sent);
        pair.theirs().shutdownOutput();
        assertArrayEquals(sent, run(readToEnd(pair.ours())));
        pair.theirs().close();
        assertThrows(IOException.class, () -> run(writeForEver(pair.ours())));
    }

    @Test
    void lingeringNeverBlocksTheLoop() throws Exception {
        Pair pair = pair(0, 4096);
        pair.ours().option(StandardSocketOptions.SO_LINGER, 20);
        JoinHandle<Object> writing = handle.spawn(writeForEver(pair.ours()));
        settle();
        long start = System.nanoTime();
        pair.ours().close();
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis < 5_000, "close took " + millis + " ms");
        assertFails(writing);
    }

    private static Future<Object> writeForEver(TcpStream stream) {
        Buf zeros = Buf.allocate(8_192);
        return Futures.pollFn(task -> {
            while (stream.write(task, zeros.clear().advance(8_192)) != Io.NOT_READY) {
                zeros.clear();
            }
            return Poll.pending();
        });
    }

    private void assertFails(JoinHandle<?> task) {
        assertThrows(IOException.class, () -> run(task));
        assertEquals(1, uncaught.size(), "the handler hears of it once: " + uncaught);
        uncaught.clear();
    }
}
