package gyre.sys.posix;

import static gyre.natives.Layout.*;

import gyre.natives.Errno;
import gyre.natives.Libc;
import gyre.natives.Memory;
import gyre.natives.Sys;
import gyre.sys.Ready;
import gyre.sys.Selector;
import gyre.sys.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Linux's epoll: one edge-triggered registration for life.
 *
 * <p><b>Writing.</b> TCP makes an edge for writing only after a refused write, so that both directions are asked for once and
 * never changed. A datagram socket and a Unix one make it whenever what was sent is taken off, and a server would wake up
 * once more for every answer that its peer reads. Of those, writing is asked for when a write was refused, until an edge
 * comes that nobody waits for.
 *
 * <p><b>Stale events.</b> {@code epoll_data} is the descriptor and the generation of its registration. An event whose
 * generation is not that of the watcher now in its place is dropped: its source was deregistered earlier in the batch,
 * or is a duplicate that lives on elsewhere under a number that here belongs to someone else.
 */
final class EpollSelector implements Selector {
    private static final int BATCH = 1024;
    private static final int READING = EPOLLIN | EPOLLRDHUP | EPOLLPRI | EPOLLET;
    private static final int EVERYTHING = READING | EPOLLOUT;

    /** How writing is asked for: for life; or as needed, and now not, or now. */
    private static final byte ALWAYS = 0, QUIET = 1, AWAITED = 2;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Fd epoll;
    private final Bell bell;
    private final TimerSlack slack = new TimerSlack();
    private final boolean nanoseconds;
    private final ByteBuffer events = Memory.buffer(BATCH * EPOLL_EVENT_SIZE);
    private final long eventsAddress = Memory.address(events);

    /** Arguments: a {@code timespec} for waiting, an {@code epoll_event} behind it for registering. */
    private final ByteBuffer arguments = Memory.buffer(TIMESPEC_SIZE + EPOLL_EVENT_SIZE);

    private final long argumentsAddress = Memory.address(arguments);

    /** By descriptor. */
    private @Nullable Watcher[] watchers = new Watcher[64];

    private int[] generations = new int[64];
    private byte[] writing = new byte[64];
    private int generation;

    /**
     * A selector without sources.
     *
     * @param pwait2 whether to wait by {@code epoll_pwait2}, to the nanosecond, if the kernel has it
     */
    EpollSelector(boolean pwait2) throws IOException {
        int number = Libc.epollCreate1(EPOLL_CLOEXEC);
        if (number < 0) {
            throw Failure.of(number, "epoll_create1");
        }
        epoll = new Fd(number);
        // ENOSYS before Linux 5.11; EPERM from sandboxes that don't know the call.
        nanoseconds = pwait2 && Sys.epollPwait2(number, eventsAddress, BATCH, argumentsAddress) >= 0;
        try {
            bell = new Bell();
        } catch (IOException e) {
            epoll.close();
            throw e;
        }
        // Without a watcher: the events of the bell end a wait and are dropped. It can always be written, so not
        // EPOLLOUT.
        int result = control(EPOLL_CTL_ADD, bell.number(), EPOLLIN | EPOLLET, 0);
        if (result < 0) {
            close();
            throw Failure.of(result, "epoll_ctl eventfd");
        }
    }

    @Override
    public void register(Source source, Watcher watcher) throws IOException {
        if (!(source instanceof PosixSource posix)) {
            throw new IllegalArgumentException("a source of another backend: " + source);
        }
        if (!epoll.isOpen()) {
            throw new ClosedSelectorException();
        }
        int fd = posix.fd.number();
        boolean quiet = posix.tellsEveryRead();
        int result = control(EPOLL_CTL_ADD, fd, quiet ? READING : EVERYTHING, generation + 1);
        if (result == -Errno.EEXIST) {
            throw new IllegalStateException("a source is registered once: " + source);
        }
        if (result == -Errno.EPERM) {
            throw new IOException(
                    "what descriptor " + fd + " stands for is always ready, as files are: it can't be watched");
        }
        if (result < 0) {
            throw posix.failure(result, "epoll_ctl add of descriptor " + fd);
        }
        if (fd >= watchers.length) {
            int length = Math.max(fd + 1, 2 * watchers.length);
            watchers = Arrays.copyOf(watchers, length);
            generations = Arrays.copyOf(generations, length);
            writing = Arrays.copyOf(writing, length);
        }
        watchers[fd] = watcher;
        generations[fd] = ++generation;
        writing[fd] = quiet ? QUIET : ALWAYS;
    }

    /** An edge comes by itself, if it was asked for; where it has come meanwhile, the change tells it. */
    @Override
    public void rearm(Source source, int bits) {
        if ((bits & Ready.WRITE) != 0 && source instanceof PosixSource posix) {
            int fd = posix.fd.number();
            if (fd >= 0 && writing[fd] == QUIET) {
                int result = control(EPOLL_CTL_MOD, fd, EVERYTHING, generations[fd]);
                if (result < 0) {
                    throw new UncheckedIOException(Failure.of(result, "epoll_ctl change of descriptor " + fd));
                }
                writing[fd] = AWAITED;
            }
        }
    }

    @Override
    public void deregister(Source source) throws IOException {
        int fd = source instanceof PosixSource posix ? posix.fd.number() : -1;
        if (fd < 0 || fd >= watchers.length || watchers[fd] == null || !epoll.isOpen()) {
            return;
        }
        watchers[fd] = null;
        writing[fd] = ALWAYS; // there is nothing to change any more
        int result = Libc.epollCtl(epoll.number(), EPOLL_CTL_DEL, fd, 0);
        if (result < 0) {
            throw Failure.of(result, "epoll_ctl delete of descriptor " + fd);
        }
    }

    @Override
    public int tells() {
        return Ready.READ | Ready.WRITE | Ready.STICKY;
    }

    @Override
    public boolean isEdgeTriggered() {
        return true;
    }

    @Override
    public void select(long nanos) throws IOException {
        int count = nanos == 0 ? Sys.epollWait(epoll.number(), eventsAddress, BATCH, 0) : await(nanos);
        if (count < 0) {
            failed(count);
        }
        for (int i = 0, at = 0; i < count; i++, at += EPOLL_EVENT_SIZE) {
            long data = events.getLong(at + EPOLL_EVENT_DATA);
            int fd = (int) data;
            if (fd < watchers.length && generations[fd] == (int) (data >>> 32)) {
                Watcher watcher = watchers[fd];
                if (watcher != null) {
                    int event = events.getInt(at + EPOLL_EVENT_EVENTS);
                    int idle = watcher.ready(ready(event));
                    if (event == EPOLLOUT && idle != 0 && writing[fd] == AWAITED) {
                        quiet(fd);
                    }
                }
            }
        }
    }

    @Override
    public void wakeup() {
        bell.ring();
    }

    @Override
    public void close() throws IOException {
        if (epoll.isOpen()) {
            slack.restore();
            bell.close();
            epoll.close();
        }
    }

    /** Goes on after a signal, and where the time is beyond what one call can wait, until the original deadline. */
    private int await(long nanos) {
        if (nanos < 0) {
            int count;
            do {
                count = Sys.epollWait(epoll.number(), eventsAddress, BATCH, -1);
            } while (count == -Errno.EINTR);
            return count;
        }
        slack.lower();
        long start = System.nanoTime();
        long left = nanos;
        while (true) {
            int count = nanoseconds ? awaitNanos(left) : awaitMillis(left);
            if (count != 0 && count != -Errno.EINTR) {
                return count;
            }
            left = nanos - (System.nanoTime() - start);
            if (left <= 0) {
                return 0;
            }
        }
    }

    private int awaitNanos(long nanos) {
        arguments.putLong(TIMESPEC_SEC, nanos / NANOS_PER_SECOND);
        arguments.putLong(TIMESPEC_NSEC, nanos % NANOS_PER_SECOND);
        return Sys.epollPwait2(epoll.number(), eventsAddress, BATCH, argumentsAddress);
    }

    private int awaitMillis(long nanos) {
        long up = nanos / NANOS_PER_MILLI + (nanos % NANOS_PER_MILLI == 0 ? 0 : 1);
        return Sys.epollWait(epoll.number(), eventsAddress, BATCH, (int) Math.min(up, Integer.MAX_VALUE));
    }

    private void failed(int result) throws IOException {
        if (!epoll.isOpen()) {
            throw new ClosedSelectorException();
        }
        if (result != -Errno.EINTR) {
            throw Failure.of(result, "epoll_wait");
        }
    }

    /** Where that can't be, another edge tries again. */
    private void quiet(int fd) {
        if (control(EPOLL_CTL_MOD, fd, READING, generations[fd]) >= 0) {
            writing[fd] = QUIET;
        }
    }

    private int control(int operation, int fd, int wanted, int generation) {
        arguments.putInt(TIMESPEC_SIZE + EPOLL_EVENT_EVENTS, wanted);
        arguments.putLong(TIMESPEC_SIZE + EPOLL_EVENT_DATA, (long) generation << 32 | fd);
        return Libc.epollCtl(epoll.number(), operation, fd, argumentsAddress + TIMESPEC_SIZE);
    }

    private static int ready(int events) {
        int bits = 0;
        if ((events & EPOLLIN) != 0) {
            bits |= Ready.READ;
        }
        if ((events & EPOLLOUT) != 0) {
            bits |= Ready.WRITE;
        }
        if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR | EPOLLPRI)) != 0) {
            bits |= sticky(events);
        }
        return bits;
    }

    private static int sticky(int events) {
        int bits = 0;
        if ((events & EPOLLRDHUP) != 0) {
            bits |= Ready.READ | Ready.READ_CLOSED;
        }
        if ((events & EPOLLHUP) != 0) {
            bits |= Ready.READ | Ready.WRITE | Ready.READ_CLOSED | Ready.WRITE_CLOSED;
        }
        if ((events & EPOLLERR) != 0) {
            bits |= Ready.READ | Ready.WRITE | Ready.ERROR;
        }
        if ((events & EPOLLPRI) != 0) {
            bits |= Ready.READ | Ready.PRIORITY;
        }
        return bits;
    }
}
