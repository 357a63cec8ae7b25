package gyre.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gyre.buffer.Buf;
import gyre.future.Futures;
import gyre.io.Io;
import gyre.io.ShutdownOutput;
import gyre.io.WriteAll;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@EveryBackend
class HalfCloseTest extends OnLoop {
    HalfCloseTest(Backend backend) {
        super(backend);
    }

    @Test
    void afterOursThePeersBytesStillArrive() throws Exception {
        Pair pair = pair();
        run(ShutdownOutput.shutdownOutput(pair.ours()));
        assertEquals(-1, pair.theirs().getInputStream().read());
        pair.send("late");
        assertEquals("late", run(expect(pair.ours(), "late")));
        pair.theirs().shutdownOutput();
        assertEquals(Io.END, run(read(pair.ours(), Buf.allocate(1))));
    }

    @Test
    void afterThePeersOursStillArrive() throws Exception {
        Pair pair = pair();
        pair.theirs().shutdownOutput();
        assertEquals(Io.END, run(read(pair.ours(), Buf.allocate(1))));
        assertEquals(Io.END, run(read(pair.ours(), Buf.allocate(1))), "the end stays the end");
        byte[] many = pattern(1 << 20);
        CompletableFuture<byte[]> got =
                aside(() -> pair.theirs().getInputStream().readNBytes(many.length));
        run(WriteAll.writeAll(pair.ours(), Buf.copyOf(many)));
        assertArrayEquals(many, got.get());
    }

    @Test
    void bothAtOnce() throws Exception {
        Pair pair = pair();
        run(ShutdownOutput.shutdownOutput(pair.ours()));
        pair.theirs().shutdownOutput();
        assertEquals(Io.END, run(read(pair.ours(), Buf.allocate(1))));
        assertEquals(-1, pair.theirs().getInputStream().read());
        run(ShutdownOutput.shutdownOutput(pair.ours())); // again
    }

    @Test
    void aReaderWhoWaitsHearsOfTheEnd() throws Exception {
        Pair pair = pair();
        var reading = handle.spawn(read(pair.ours(), Buf.allocate(1)));
        settle();
        assertEquals(false, reading.isDone());
        pair.theirs().shutdownOutput();
        assertEquals(Io.END, run(reading));
    }

    /** netty#4317: told together in one event, the end must not hide bytes. */
    @Test
    void bytesAndTheEndInOne() throws Exception {
        for (int size : new int[] {1, 8, 1_000, 70_000}) {
            Pair pair = pair();
            byte[] sent = pattern(size);
            // Idle until both have come, so that one event tells of them.
            pair.theirs().getOutputStream().write(sent);
            pair.theirs().close();
            assertArrayEquals(sent, run(readToEnd(pair.ours())));
        }
    }

    /** A short read shows that all was read only if no end has been seen. */
    @Test
    void bytesAndTheEndWhileAReaderWaits() throws Exception {
        Pair pair = pair();
        var reading = handle.spawn(readToEnd(pair.ours()));
        settle();
        byte[] sent = pattern(3_000);
        pair.theirs().getOutputStream().write(sent);
        settle();
        pair.theirs().getOutputStream().write(sent);
        pair.theirs().close();
        assertEquals(6_000, run(reading).length);
    }

    @Test
    void writingAfterOursFails() throws Exception {
        Pair pair = pair();
        run(ShutdownOutput.shutdownOutput(pair.ours()));
        assertThrows(IOException.class, () -> run(write(pair.ours(), Buf.copyOf("x"))));
        pair.send("on");
        assertEquals("on", run(expect(pair.ours(), "on")), "the other direction goes on");
    }

    @Test
    void shuttingTheInputDownWakesTheReader() throws Exception {
        Pair pair = pair();
        var reading = handle.spawn(read(pair.ours(), Buf.allocate(1)));
        settle();
        run(Futures.lazy(() -> {
            pair.ours().shutdownInput();
            return Futures.done();
        }));
        assertEquals(Io.END, run(reading));
        run(send(pair.ours(), "still"));
        assertEquals("still", pair.receive(5));
    }
}
