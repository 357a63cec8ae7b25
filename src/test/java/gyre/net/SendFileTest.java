package gyre.net;

import static gyre.net.SendFile.sendFile;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Futures;
import gyre.io.BufferedOutput;
import gyre.io.Flush;
import gyre.io.Output;
import gyre.io.ReadToEnd;
import gyre.reactor.JoinHandle;
import gyre.sys.Backend;
import gyre.sys.SocketPair;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ways that a file may go: those of up to 64 KiB are read and written, longer ones the system sends where it can. */
@EveryBackend
class SendFileTest extends OnLoop {
    private static final int SMALL = 4_096;
    private static final byte[] LONG = pattern(3_000_001);

    @TempDir
    private Path folder;

    SendFileTest(Backend backend) {
        super(backend);
    }

    private FileChannel file(byte[] bytes) throws IOException {
        Path path = folder.resolve("file");
        Files.write(path, bytes);
        return later(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** A pair whose reader is slow to take anything. */
    private Pair narrow() throws Exception {
        Pair pair = pair(0, SMALL);
        pair.ours().option(StandardSocketOptions.SO_SNDBUF, SMALL);
        return pair;
    }

    /** Polls it until it waits for the reader. */
    private JoinHandle<Long> begin(SendFile sending) throws Exception {
        JoinHandle<Long> handle = this.handle.spawn(sending);
        settle();
        assertTrue(!handle.isDone(), "this test needs one that is not done at once");
        return handle;
    }

    @Test
    void piecesOfAllSizesFromAllPlaces() throws Exception {
        FileChannel file = file(LONG);
        file.position(77);
        for (int position : new int[] {0, 1, 4_095, 4_096, 70_001}) {
            for (int count : new int[] {0, 1, 65_535, 65_536, 65_537, 300_000, 1_000_003}) {
                Pair pair = pair();
                CompletableFuture<byte[]> got =
                        aside(() -> pair.theirs().getInputStream().readAllBytes());
                assertEquals(count, run(sendFile(pair.ours(), file, position, count)));
                pair.ours().close();
                assertArrayEquals(Arrays.copyOfRange(LONG, position, position + count), got.get());
            }
        }
        assertEquals(77, file.position());
    }

    @Test
    void toASlowReader() throws Exception {
        Pair pair = narrow();
        CompletableFuture<byte[]> got =
                aside(() -> pair.theirs().getInputStream().readNBytes(LONG.length));
        assertEquals(LONG.length, run(sendFile(pair.ours(), file(LONG), 0, LONG.length)));
        assertArrayEquals(LONG, got.get());
    }

    @Test
    void theEndOfTheFileEndsIt() throws Exception {
        FileChannel file = file(LONG);
        FileChannel few = later(FileChannel.open(Files.write(folder.resolve("few"), pattern(10))));
        Pair pair = pair();
        CompletableFuture<byte[]> got =
                aside(() -> pair.theirs().getInputStream().readAllBytes());
        assertEquals(LONG.length - 5, run(sendFile(pair.ours(), file, 5, Long.MAX_VALUE)));
        assertEquals(0, run(sendFile(pair.ours(), file, LONG.length, 1 << 20)));
        assertEquals(0, run(sendFile(pair.ours(), file, Long.MAX_VALUE, Long.MAX_VALUE)));
        assertEquals(3, run(sendFile(pair.ours(), few, 7, 4)));
        pair.ours().close();
        assertEquals(LONG.length - 5 + 3, got.get().length);
    }

    @Test
    void aFileCutShortMeanwhile() throws Exception {
        Pair pair = narrow();
        FileChannel file = file(LONG);
        SendFile sending = sendFile(pair.ours(), file, 0, LONG.length);
        JoinHandle<Long> handle = begin(sending);
        int kept = (int) sending.sent() + 100_000;
        file.truncate(kept);
        CompletableFuture<byte[]> got =
                aside(() -> pair.theirs().getInputStream().readAllBytes());
        long sent = run(handle);
        pair.ours().close();
        assertEquals(sent, got.get().length);
        assertTrue(sent >= kept && sent < LONG.length, () -> sent + " of " + kept);
        assertArrayEquals(Arrays.copyOf(LONG, kept), Arrays.copyOf(got.get(), kept));
    }

    /** Wherever it is cancelled, another one goes on behind what it says it has sent. */
    @Test
    void cancelLosesNothing() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        FileChannel file = file(LONG);
        Pair pair = narrow();
        InputStream theirs = pair.theirs().getInputStream();
        byte[] got = new byte[LONG.length];
        int read = 0;
        long sent = 0;
        while (sent < LONG.length) {
            SendFile sending = sendFile(pair.ours(), file, sent, Long.MAX_VALUE);
            JoinHandle<Long> handle = this.handle.spawn(sending);
            core.turn(Duration.ZERO);
            handle.abort();
            settle();
            sent += sending.sent();
            while (read < sent) {
                read += theirs.read(got, read, (int) Math.min(got.length - read, sent - read));
            }
        }
        assertArrayEquals(LONG, got);
        pair.ours().close();
        pair.theirs().close();
        settle();
        before.assertNoMore();
    }

    @Test
    void aPollTakesNoMoreThanItsBudget() throws Exception {
        Pair pair = pair();
        pair.ours().option(StandardSocketOptions.SO_SNDBUF, 4 << 20);
        SendFile sending = sendFile(pair.ours(), file(LONG), 0, LONG.length);
        handle.spawn(sending);
        core.turn(Duration.ZERO);
        assertTrue(sending.sent() > 0 && sending.sent() <= 768 << 10, () -> sending.sent() + " in one turn");
    }

    @Test
    void aResetFailsIt() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        FileChannel file = file(LONG);
        Pair pair = narrow();
        JoinHandle<Long> handle = begin(sendFile(pair.ours(), file, 0, LONG.length));
        pair.reset();
        assertSame(assertThrows(IOException.class, () -> run(handle)), uncaught.remove(0));
        assertTrue(file.isOpen());
        pair.ours().close();
        settle();
        before.assertNoMore();
    }

    @Test
    void closingEitherFailsIt() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        Pair pair = narrow();
        JoinHandle<Long> first = begin(sendFile(pair.ours(), file(LONG), 0, LONG.length));
        pair.ours().close();
        assertSame(assertThrows(ClosedChannelException.class, () -> run(first)), uncaught.remove(0));
        pair.theirs().close();

        Pair other = narrow();
        FileChannel file = file(LONG);
        JoinHandle<Long> second = begin(sendFile(other.ours(), file, 0, LONG.length));
        file.close();
        CompletableFuture<byte[]> rest =
                aside(() -> other.theirs().getInputStream().readAllBytes());
        assertSame(assertThrows(ClosedChannelException.class, () -> run(second)), uncaught.remove(0));
        other.ours().close();
        rest.get();
        other.theirs().close();
        settle();
        before.assertNoMore();
    }

    @Test
    void badArguments() throws Exception {
        Pair pair = pair();
        FileChannel file = file(LONG);
        assertSays("-1 bytes from 0", IllegalArgumentException.class, () -> sendFile(pair.ours(), file, 0, -1));
        assertSays("1 bytes from -1", IllegalArgumentException.class, () -> sendFile(pair.ours(), file, -1, 1));
        FileChannel unreadable = later(FileChannel.open(folder.resolve("file"), StandardOpenOption.WRITE));
        assertThrows(NonReadableChannelException.class, () -> run(sendFile(pair.ours(), unreadable, 0, 10)));
        assertThrows(NonReadableChannelException.class, () -> run(sendFile(pair.ours(), unreadable, 0, LONG.length)));
        SendFile twice = sendFile(pair.ours(), file, 0, 0);
        assertEquals(0, run(twice));
        assertThrows(IllegalStateException.class, () -> twice.poll(() -> {}));
    }

    @Test
    void throughOtherOutputs() throws Exception {
        Pair pair = narrow();
        CompletableFuture<byte[]> got =
                aside(() -> pair.theirs().getInputStream().readAllBytes());
        Output half = pair.ours().split().writer();
        assertEquals(1_000_000, run(sendFile(half, file(LONG), 0, 1_000_000)));
        Output buffered = new BufferedOutput(half);
        assertEquals(LONG.length - 1_000_000L, (long) run(sendFile(buffered, file(LONG), 1_000_000, Long.MAX_VALUE)
                .andThen(sent -> Flush.flush(buffered).map(flushed -> sent))));
        pair.ours().close();
        assertArrayEquals(LONG, got.get());
    }

    @Test
    void overUnixSockets() throws Exception {
        SocketPair<UnixStream> pair = UnixStream.pair(handle);
        later(pair.first());
        later(pair.second());
        FileChannel file = file(LONG);
        JoinHandle<Long> sending =
                handle.spawn(Futures.using(pair.first(), socket -> sendFile(socket, file, 0, LONG.length)));
        assertArrayEquals(LONG, run(ReadToEnd.readToEnd(pair.second(), LONG.length)));
        assertEquals(LONG.length, run(sending));
    }

    @Test
    void manyAtOnceFromOneFile() throws Exception {
        FileChannel file = file(LONG);
        List<CompletableFuture<byte[]>> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Pair pair = pair();
            handle.spawn(Futures.using(pair.ours(), socket -> sendFile(socket, file, 0, LONG.length)));
            all.add(aside(() -> pair.theirs().getInputStream().readAllBytes()));
        }
        for (CompletableFuture<byte[]> each : all) {
            assertArrayEquals(LONG, run(await(each)));
        }
    }
}
