package gyre.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.io.Copy;
import gyre.io.Io;
import gyre.io.WriteAll;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Behaviours 16, 17, 36: bytes keep their order and their number however slowly they are taken. */
@EveryBackend
class FlowTest extends OnLoop {
    private static final int SMALL = 4_096;

    FlowTest(Backend backend) {
        super(backend);
    }

    @Test
    void writesCutShortAtManyOffsets() throws Exception {
        Pair pair = pair(0, SMALL);
        pair.ours().option(StandardSocketOptions.SO_SNDBUF, SMALL);
        byte[] sent = pattern(1 << 20);
        CompletableFuture<byte[]> got = aside(() -> readInBits(pair.theirs().getInputStream(), sent.length));
        AtomicBoolean cut = new AtomicBoolean();
        Buf all = Buf.copyOf(sent);
        run(Futures.pollFn(task -> {
            while (all.readable() > 0) {
                int wanted = all.readable();
                int n = pair.ours().write(task, all);
                if (n == Io.NOT_READY) {
                    return Poll.pending();
                }
                assertEquals(wanted - n, all.readable(), "consumes what it says");
                cut.compareAndSet(false, n < wanted);
            }
            return Poll.done();
        }));
        assertArrayEquals(sent, got.get());
        assertTrue(cut.get(), "this test needs writes that are cut short");
    }

    @Test
    void gatheredWritesOfManySizes() throws Exception {
        Pair pair = pair(0, SMALL);
        pair.ours().option(StandardSocketOptions.SO_SNDBUF, SMALL);
        Random random = new Random(7);
        byte[] sent = pattern(600_000);
        Buf[] parts = new Buf[3_000]; // more than the system takes in one call
        int at = 0;
        for (int i = 0; i < parts.length; i++) {
            int size = i == parts.length - 1 ? sent.length - at : random.nextInt(5) == 0 ? 0 : random.nextInt(240);
            parts[i] = Buf.copyOf(Arrays.copyOfRange(sent, at, at + size));
            at += size;
        }
        CompletableFuture<byte[]> got = aside(() -> readInBits(pair.theirs().getInputStream(), sent.length));
        run(gathered(pair.ours(), parts));
        assertArrayEquals(sent, got.get());
    }

    @Test
    void aPartOfAnArrayOfBuffers() throws Exception {
        Pair pair = pair();
        Buf[] parts = {Buf.copyOf("no"), Buf.copyOf("yes"), Buf.copyOf("!"), Buf.copyOf("no")};
        int[] written = {0};
        run(Futures.<Integer>pollFn(task -> {
            while (written[0] < 4) {
                int n = pair.ours().write(task, parts, 1, 2);
                if (n == Io.NOT_READY) {
                    return Poll.pending();
                }
                written[0] += n;
            }
            return Poll.ready(0);
        }));
        pair.ours().close();
        assertEquals("yes!", new String(pair.theirs().getInputStream().readAllBytes()));
        assertEquals(2, parts[0].readable() & parts[3].readable());
    }

    @Test
    void aMebibyteBothWays() throws Exception {
        Pair pair = pair();
        handle.spawn(Copy.copy(pair.ours(), pair.ours()));
        byte[] sent = pattern(1 << 20);
        run(await(aside(() -> {
            for (int i = 0; i < 5; i++) {
                assertArrayEquals(sent, exchange(pair.theirs(), sent));
            }
            return "served";
        })));
        pair.theirs().shutdownOutput();
    }

    @Test
    void bothEndsOnOneLoop() throws Exception {
        TcpListener listener = listen();
        TcpStream client = later(run(TcpStream.connect(listener.localAddress(), handle)));
        TcpStream server = later(run(listener.accept()));
        byte[] sent = pattern(3 << 20);
        handle.spawn(Copy.copy(server, server));
        var writing = handle.spawn(WriteAll.writeAll(client, Buf.copyOf(sent)));
        Buf got = run(gyre.io.ReadExact.readExact(client, Buf.allocate(sent.length)));
        run(writing);
        assertArrayEquals(sent, got.bytes(sent.length));
    }

    /** It holds one buffer of the pool at most, and no one else waits. */
    @Test
    void aPeerThatNeverReadsCostsOnlyItself() throws Exception {
        Pair never = pair(0, SMALL);
        aside(() -> {
            while (true) {
                never.theirs().getOutputStream().write(new byte[65_536]);
            }
        });
        var stuck = handle.spawn(Copy.copy(never.ours(), never.ours()));
        Pair pair = pair();
        handle.spawn(Copy.copy(pair.ours(), pair.ours()));
        byte[] sent = pattern(100_000);
        run(await(aside(() -> {
            for (int i = 0; i < 20; i++) {
                assertArrayEquals(sent, exchange(pair.theirs(), sent));
            }
            return "served";
        })));
        assertFalse(stuck.isDone());
        assertTrue(buffers.stats().taken() <= 1, buffers.stats().toString());
        stuck.abort();
        settle();
        assertEquals(0, buffers.stats().taken());
    }

    @Test
    void aSlowReaderGetsEverything() throws Exception {
        Pair slow = pair(SMALL, SMALL);
        slow.ours().option(StandardSocketOptions.SO_SNDBUF, SMALL);
        handle.spawn(Copy.copy(slow.ours(), slow.ours()));
        byte[] sent = pattern(200_000);
        CompletableFuture<Void> writing = aside(() -> {
            slow.theirs().getOutputStream().write(sent);
            return null;
        });
        byte[] got = run(await(aside(() -> readInBits(slow.theirs().getInputStream(), sent.length))));
        writing.get();
        assertArrayEquals(sent, got);
    }

    private static Future<Void> gathered(TcpStream to, Buf[] parts) {
        int[] at = {0};
        return Futures.pollFn(task -> {
            while (at[0] < parts.length) {
                if (parts[at[0]].readable() == 0) {
                    at[0]++;
                } else if (to.write(task, parts, at[0], parts.length - at[0]) == Io.NOT_READY) {
                    return Poll.pending();
                }
            }
            return Poll.done();
        });
    }

    /** In reads of ever other sizes, so that room for the writer comes in odd amounts. */
    private static byte[] readInBits(InputStream from, int length) throws IOException {
        byte[] bytes = new byte[length];
        int at = 0;
        for (int size = 1; at < length; size = size % 1_999 + 13) {
            int n = from.read(bytes, at, Math.min(size, length - at));
            if (n < 0) {
                return Arrays.copyOf(bytes, at);
            }
            at += n;
        }
        return bytes;
    }

    private static byte[] exchange(Socket socket, byte[] sent) throws Exception {
        CompletableFuture<Void> writing = aside(() -> {
            socket.getOutputStream().write(sent);
            return null;
        });
        byte[] got = socket.getInputStream().readNBytes(sent.length);
        writing.get();
        return got;
    }
}
