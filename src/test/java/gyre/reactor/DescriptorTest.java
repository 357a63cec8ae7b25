package gyre.reactor;

import static gyre.natives.Layout.EFD_CLOEXEC;
import static gyre.natives.Layout.O_CLOEXEC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.natives.Libc;
import gyre.natives.Memory;
import gyre.sys.Backend;
import gyre.sys.ByteStream;
import gyre.sys.Ready;
import gyre.testing.EveryBackend;
import gyre.testing.LinuxCall;
import gyre.testing.OpenDescriptors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Descriptors of any kind. A backend that has none says so, and names those that have, in each of these tests. */
@EveryBackend
class DescriptorTest extends Turning {
    /** The ends of a pipe, once it is adopted. */
    private PollEvented<ByteStream> source;

    private PollEvented<ByteStream> sink;

    private static final int CLOCK_MONOTONIC = 1;
    private static final int IN_CREATE = 0x100;
    private static final int EVENT_HEADER = 16;
    private static final Task NOBODY = () -> {};

    DescriptorTest(Backend backend) {
        super(backend);
    }

    @Test
    void pipe() throws Exception {
        if (refused()) {
            return;
        }
        adoptPipe();
        var reading = handle.spawn(read(source, Buf.allocate(16)));
        settle();
        assertFalse(reading.isDone());
        run(write(sink, Buf.copyOf("through")));
        assertEquals("through", text(run(reading)));
    }

    @Test
    void aHangUpWithoutBytesWakesTheReader() throws Exception {
        if (refused()) {
            return;
        }
        adoptPipe();
        var reading = handle.spawn(count(source, Buf.allocate(1)));
        settle();
        sink.close();
        assertEquals(Transfer.END, run(reading));
    }

    @Test
    void aHangUpCanBeWaitedForWhileBytesAreLeft() throws Exception {
        if (refused()) {
            return;
        }
        adoptPipe();
        run(write(sink, Buf.copyOf("unread")));
        var hangUp = handle.spawn(bits(source, Ready.READ_CLOSED));
        settle();
        assertFalse(hangUp.isDone(), "bytes are no hang-up");
        sink.close();
        assertEquals(Ready.READ_CLOSED, run(hangUp));
        assertEquals("unread", text(run(read(source, Buf.allocate(16)))));
        assertEquals(Transfer.END, run(count(source, Buf.allocate(1))));
    }

    @Test
    void aWriterLearnsThatNobodyReadsAnyMore() throws Exception {
        if (refused()) {
            return;
        }
        adoptPipe();
        var gone = handle.spawn(bits(sink, Ready.ERROR | Ready.WRITE_CLOSED));
        settle();
        assertFalse(gone.isDone());
        source.close();
        assertTrue(run(gone) != 0);
        assertThrows(IOException.class, () -> run(write(sink, Buf.copyOf("x"))));
    }

    @Test
    void eventfd() throws Exception {
        if (refused()) {
            return;
        }
        int counter = number(Libc.eventfd(0, EFD_CLOEXEC));
        PollEvented<ByteStream> evented = adopt(counter);
        for (long added = 1; added <= 3; added++) {
            var reading = handle.spawn(read(evented, Buf.allocate(8)));
            settle();
            assertFalse(reading.isDone());
            run(write(evented, Buf.allocate(8).put(eight(added))));
            assertEquals(added, number(run(reading)));
        }
    }

    @Test
    void timerfd() throws Exception {
        if (refused()) {
            return;
        }
        int timer = number(LinuxCall.of("timerfd_create", CLOCK_MONOTONIC, 0));
        ByteBuffer times = Memory.buffer(32);
        long tick = Duration.ofMillis(5).toNanos();
        times.putLong(8, tick).putLong(24, tick);
        LinuxCall.of("timerfd_settime", timer, 0, Memory.address(times), 0L);
        long start = System.nanoTime();
        Ticks ticks = new Ticks(timer, handle);
        later(ticks.timer);
        long seen = 0;
        while (seen < 4) {
            seen += run(Futures.pollFn(ticks::poll));
        }
        assertTrue(System.nanoTime() - start >= 3 * tick, "ticks came too early");
    }

    /** The example of {@link PollEvented}. */
    private static final class Ticks {
        private final PollEvented<ByteStream> timer;
        private final Buf count = Buf.allocate(8);

        Ticks(int descriptor, Handle handle) throws IOException {
            timer = PollEvented.fromDescriptor(descriptor, handle);
        }

        Poll<Long> poll(Task task) throws IOException {
            int n = timer.tryRead(task, source -> source.read(count.clear()));
            return n == Transfer.NOT_READY ? Poll.pending() : Poll.ready(number(count));
        }
    }

    @Test
    void inotify(@TempDir Path folder) throws Exception {
        if (refused()) {
            return;
        }
        int queue = number(LinuxCall.of("inotify_init1", 0));
        LinuxCall.of("inotify_add_watch", queue, folder.toString(), IN_CREATE);
        PollEvented<ByteStream> evented = adopt(queue);
        for (String name : List.of("first", "second")) {
            var reading = handle.spawn(read(evented, Buf.allocate(4096)));
            settle();
            assertFalse(reading.isDone());
            Files.createFile(folder.resolve(name));
            Buf event = run(reading);
            event.skip(EVENT_HEADER);
            assertEquals(name, text(event).strip().replace("\0", ""));
        }
    }

    @Test
    void severalWaitersInOneDirectionAreAllWoken() throws Exception {
        if (refused()) {
            return;
        }
        adoptPipe();
        List<JoinHandle<Buf>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(handle.spawn(read(source, Buf.allocate(1))));
        }
        settle();
        run(write(sink, Buf.copyOf("abc")));
        StringBuilder got = new StringBuilder();
        for (JoinHandle<Buf> each : waiting) {
            got.append(text(run(each)));
        }
        assertEquals(3, got.chars().distinct().count(), got.toString());
    }

    @Test
    void aSourceGivenBackIsOpenAndMayBeWatchedAnew() throws Exception {
        if (refused()) {
            return;
        }
        adoptPipe();
        var reading = handle.spawn(read(source, Buf.allocate(16)));
        settle();
        ByteStream back = source.deregister();
        assertTrue(back.isOpen());
        assertThrows(ClosedChannelException.class, () -> run(reading));
        uncaught.clear();
        assertThrows(ClosedChannelException.class, source::deregister);
        source.close();
        assertTrue(back.isOpen());
        PollEvented<ByteStream> anew = later(PollEvented.register(back, handle));
        run(write(sink, Buf.copyOf("anew")));
        assertEquals("anew", text(run(read(anew, Buf.allocate(16)))));
    }

    @Test
    void closingLeavesTheCallersDescriptorOpenAndNothingElse() throws Exception {
        if (refused()) {
            return;
        }
        int[] ends = openPipe();
        OpenDescriptors before = OpenDescriptors.now();
        adopt(ends[0]).close();
        before.assertNoMore();
        assertEquals(0, Libc.close(ends[0]) + Libc.close(ends[1]));
    }

    @Test
    void aTryAllocatesNothing() throws Exception {
        if (refused()) {
            return;
        }
        PollEvented<ByteStream> counter = adopt(number(Libc.eventfd(0, EFD_CLOEXEC)));
        Buf bytes = Buf.allocate(8);
        Attempt<ByteStream> write = source -> source.write(bytes.clear().advance(8));
        Attempt<ByteStream> read = source -> source.read(bytes.clear());
        long least = Long.MAX_VALUE;
        bytes.put(eight(1));
        for (int round = 0; round < 20; round++) {
            long before = allocated();
            for (int i = 0; i < 1000; i++) {
                counter.tryWrite(NOBODY, write);
                counter.tryRead(NOBODY, read);
            }
            least = Math.min(least, allocated() - before);
        }
        assertTrue(least < 2000, least + " bytes for 2,000 tries, of which the count itself needs some");
    }

    /** A kqueue that watches files has it always ready; nowhere does a task wait for it. */
    @Test
    void aFileOnDiskIsRefusedUnlessItCanBeWatched(@TempDir Path folder) throws Exception {
        if (refused()) {
            return;
        }
        Path file = Files.writeString(folder.resolve("file"), "text");
        int number = number(LinuxCall.of("open", file.toString(), 0));
        PollEvented<ByteStream> watched;
        try {
            watched = adopt(number);
        } catch (IOException e) {
            assertTrue(e.getMessage().contains("can't"), e.getMessage());
            return;
        }
        assertEquals("kqueue", backend.name());
        assertEquals("text", text(run(read(watched, Buf.allocate(16)))));
    }

    @Test
    void aMaskWithoutBitsIsRefused() throws Exception {
        if (refused()) {
            return;
        }
        adoptPipe();
        assertThrows(UnsupportedOperationException.class, () -> source.pollReady(() -> {}, 0));
    }

    // ---

    private boolean refused() {
        if (posix()) {
            return false;
        }
        var e = assertThrows(UnsupportedOperationException.class, () -> PollEvented.fromDescriptor(0, handle));
        assertTrue(e.getMessage().contains("epoll"), e.getMessage());
        return true;
    }

    private PollEvented<ByteStream> adopt(int descriptor) throws IOException {
        return later(PollEvented.fromDescriptor(descriptor, handle));
    }

    /** The ends of a pipe as duplicates, which alone keep it open. */
    private void adoptPipe() throws IOException {
        int[] ends = openPipe();
        source = adopt(ends[0]);
        sink = adopt(ends[1]);
        assertEquals(0, Libc.close(ends[0]) + Libc.close(ends[1]));
    }

    private int number(int descriptor) {
        assertTrue(descriptor >= 0, () -> "errno " + -descriptor);
        later(() -> Libc.close(descriptor));
        return descriptor;
    }

    /** Both ends, the reading one first. */
    private static int[] openPipe() {
        ByteBuffer pair = Memory.buffer(8);
        assertEquals(0, Libc.pipe2(Memory.address(pair), O_CLOEXEC));
        return new int[] {pair.getInt(0), pair.getInt(4)};
    }

    private static Future<Buf> read(PollEvented<ByteStream> from, Buf into) {
        return count(from, into).map(n -> into);
    }

    private static Future<Integer> count(PollEvented<ByteStream> from, Buf into) {
        return Futures.pollFn(task -> answer(from.tryRead(task, source -> source.read(into))));
    }

    private static Future<Integer> write(PollEvented<ByteStream> to, Buf from) {
        return Futures.pollFn(task -> answer(to.tryWrite(task, sink -> sink.write(from))));
    }

    private static Future<Integer> bits(PollEvented<?> of, int mask) {
        return Futures.pollFn(task -> {
            int bits = of.pollReady(task, mask);
            return bits == 0 ? Poll.pending() : Poll.ready(bits);
        });
    }

    private static Poll<Integer> answer(int n) {
        return n == Transfer.NOT_READY ? Poll.pending() : Poll.ready(n);
    }

    private static String text(Buf buf) {
        return buf.text(StandardCharsets.US_ASCII);
    }

    /** By this thread. By reflection: the engine's module does not read jdk.management. */
    private static long allocated() throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        return (long) Class.forName("com.sun.management.ThreadMXBean")
                .getMethod("getCurrentThreadAllocatedBytes")
                .invoke(threads);
    }

    private static byte[] eight(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putLong(value)
                .array();
    }

    private static long number(Buf buf) {
        return ByteBuffer.wrap(buf.bytes(8)).order(ByteOrder.nativeOrder()).getLong();
    }
}
