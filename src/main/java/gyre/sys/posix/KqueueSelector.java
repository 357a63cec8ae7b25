package gyre.sys.posix;

import static gyre.natives.Bsd.*;
import static gyre.natives.Layout.FD_CLOEXEC;
import static gyre.natives.Layout.F_SETFD;
import static gyre.natives.Layout.TIMESPEC_NSEC;
import static gyre.natives.Layout.TIMESPEC_SEC;
import static gyre.natives.Layout.TIMESPEC_SIZE;

import gyre.natives.Bsd;
import gyre.natives.Errno;
import gyre.natives.Libc;
import gyre.natives.Memory;
import gyre.sys.Ready;
import gyre.sys.Selector;
import gyre.sys.Source;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The BSDs' kqueue: both filters of a source are added once, {@code EV_CLEAR}, for life; an {@code EVFILT_USER} is the bell.
 *
 * <p><b>Changes.</b> The filters of a socket are added by the call that waits next. Those of anything else are added at
 * once, so that what can't be watched is refused there. Filters are deleted at once: the descriptor may be closed right
 * after, which deletes them too on a BSD, but not in libkqueue, and its number may come again before the next wait. Those
 * of a source that was closed first are deleted when its number comes again.
 *
 * <p><b>Stale events.</b> {@code udata} is the descriptor and the generation of its registration. An event whose generation
 * is not that of the registration now in its place is dropped, as is one of a source that was closed first. An edge of one
 * filter may report the other again, which is legal readiness.
 *
 * <p><b>A filter that is refused</b> to a socket is told as ready once: whoever tries gets the truth from the operation.
 * One that the kernel had no memory for is added by the next call again, as are all of a call that failed as a whole.
 */
final class KqueueSelector implements Selector {
    private static final int BATCH = 1024;

    /** Registrations that one call makes: each answers two errors at most, for which there must be room. */
    private static final int ADDED_AT_ONCE = BATCH / 2;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** What one call waits at most; some kernels refuse more than a few years. */
    private static final long LONGEST_WAIT = 86_400 * NANOS_PER_SECOND;

    private static final int BOTH = 2 * TIMESPEC_SIZE, TRIGGER = BOTH + 2 * KEVENT_SIZE;

    private final Fd kqueue;
    private final int number;
    private final Gate gate = new Gate();
    private final ByteBuffer events = Memory.buffer(BATCH * KEVENT_SIZE);
    private final long eventsAddress = Memory.address(events);
    private final ByteBuffer changes = Memory.buffer(2 * ADDED_AT_ONCE * KEVENT_SIZE);
    private final long changesAddress = Memory.address(changes);

    /** Arguments: a {@code timespec} for waiting, one that stays 0, changes of both filters, the bell's trigger. */
    private final ByteBuffer arguments = Memory.buffer(TRIGGER + KEVENT_SIZE);

    private final long argumentsAddress = Memory.address(arguments);

    /** By descriptor. */
    private @Nullable Registration[] registrations = new Registration[64];

    private final Deque<Registration> fresh = new ArrayDeque<>();
    private int generation;

    KqueueSelector() throws IOException {
        number = Bsd.kqueue();
        if (number < 0) {
            throw Failure.of(number, "kqueue");
        }
        kqueue = new Fd(number);
        int result = Libc.fcntl(number, F_SETFD, FD_CLOEXEC);
        if (result >= 0) {
            // Its udata is that of generation 0, which nobody has: its events end a wait and are dropped.
            put(arguments, TRIGGER, 0, EVFILT_USER, EV_ADD | EV_CLEAR, 0);
            result = Bsd.kevent(number, argumentsAddress + TRIGGER, 1, 0, 0, 0);
        }
        if (result < 0) {
            close();
            throw Failure.of(result, "kevent EVFILT_USER");
        }
        put(arguments, TRIGGER, 0, EVFILT_USER, 0, 0);
        arguments.putInt(TRIGGER + KEVENT_FFLAGS, NOTE_TRIGGER);
    }

    @Override
    public void register(Source source, Watcher watcher) throws IOException {
        if (!(source instanceof PosixSource posix)) {
            throw new IllegalArgumentException("a source of another backend: " + source);
        }
        if (!kqueue.isOpen()) {
            throw new ClosedSelectorException();
        }
        if (!posix.isOpen()) {
            throw new ClosedChannelException();
        }
        int fd = posix.fd.number();
        Registration before = at(fd);
        if (before != null && before.source.isOpen()) {
            throw new IllegalStateException("a source is registered once: " + source);
        }
        if (before != null) {
            forget(fd, before);
        }
        if (fd >= registrations.length) {
            registrations = Arrays.copyOf(registrations, Math.max(fd + 1, 2 * registrations.length));
        }
        Registration now = new Registration(posix, watcher, ++generation);
        registrations[fd] = now;
        if (posix instanceof PosixFile) {
            addAtOnce(fd, now);
        } else {
            addNext(now);
        }
    }

    /** Fails unless one of the filters can be added, or if there is no memory for one. */
    private void addAtOnce(int fd, Registration now) throws IOException {
        now.added = true;
        int count = changeBoth(fd, EV_ADD | EV_CLEAR, now.udata(fd));
        int reading = count < 0 ? -count : errno(0);
        int writing = count < 0 ? -count : errno(1);
        int error = isShortage(writing) ? writing : reading;
        if (isShortage(error) || reading != 0 && writing != 0) {
            forget(fd, now);
            String text = "kevent add of " + now.source;
            throw Failure.of(-error, isShortage(error) ? text : text + ", which can't be watched here");
        }
    }

    private void addNext(Registration each) {
        if (!each.waits) {
            each.waits = true;
            fresh.add(each);
        }
    }

    /** Nothing to do: an edge comes by itself. */
    @Override
    public void rearm(Source source, int bits) {}

    @Override
    public void deregister(Source source) throws IOException {
        int fd = source instanceof PosixSource posix ? posix.fd.number() : -1;
        Registration known = at(fd);
        if (known == null || known.source != source || !kqueue.isOpen()) {
            return;
        }
        forget(fd, known);
    }

    private void forget(int fd, Registration known) throws IOException {
        registrations[fd] = null;
        if (!known.added) {
            return;
        }
        int count = changeBoth(fd, EV_DELETE, 0);
        deleted(count < 0 ? -count : 0, fd);
        for (int i = 0; i < count; i++) {
            deleted(errno(i), fd);
        }
    }

    /** A filter that was refused is not there to be deleted. */
    private static void deleted(int errno, int fd) throws IOException {
        if (errno != 0 && errno != Errno.ENOENT && errno != Errno.EBADF && errno != Errno.EINTR) {
            throw Failure.of(-errno, "kevent delete of descriptor " + fd);
        }
    }

    /** At once, without a look at events; {@link #errno} has the answer for either filter. */
    private int changeBoth(int fd, int action, long udata) {
        put(arguments, BOTH, fd, EVFILT_READ, action | EV_RECEIPT, udata);
        put(arguments, BOTH + KEVENT_SIZE, fd, EVFILT_WRITE, action | EV_RECEIPT, udata);
        long both = argumentsAddress + BOTH;
        return Bsd.kevent(number, both, 2, both, 2, argumentsAddress + TIMESPEC_SIZE);
    }

    private int errno(int change) {
        return (int) arguments.getLong(BOTH + change * KEVENT_SIZE + KEVENT_DATA);
    }

    /** Not urgent data, which is as good as always told. */
    @Override
    public int tells() {
        return Ready.READ | Ready.WRITE | Ready.READ_CLOSED | Ready.WRITE_CLOSED | Ready.ERROR;
    }

    @Override
    public boolean isEdgeTriggered() {
        return true;
    }

    @Override
    public void select(long nanos) throws IOException {
        if (!kqueue.isOpen()) {
            throw new ClosedSelectorException();
        }
        long left = nanos;
        int rest = fresh.size(); // and not what comes back for want of memory
        do {
            int taken = Math.min(rest, ADDED_AT_ONCE);
            rest -= taken;
            int adding = add(taken);
            int count = await(rest > 0 ? 0 : left, adding);
            if (count < 0) {
                addAgain(adding);
                if (adding > 0 && isShortage(-count)) {
                    return;
                }
                throw Failure.of(count, "kevent");
            }
            for (int i = 0; i < count; i++) {
                tell(i * KEVENT_SIZE);
            }
            left = count > 0 ? 0 : left;
        } while (rest > 0);
    }

    @Override
    public void wakeup() {
        if (gate.enter()) {
            Bsd.kevent(number, argumentsAddress + TRIGGER, 1, 0, 0, 0);
        }
        gate.leave();
        Reference.reachabilityFence(arguments);
    }

    @Override
    public void close() throws IOException {
        if (kqueue.isOpen()) {
            gate.close();
            kqueue.close();
        }
    }

    /** Goes on after a signal, and where the time is beyond what one call can wait, until the original deadline. */
    private int await(long nanos, int adding) {
        long start = System.nanoTime();
        long left = nanos;
        int changed = adding;
        while (true) {
            int count = Bsd.kevent(number, changesAddress, changed, eventsAddress, BATCH, timespec(left));
            if (count != 0 && count != -Errno.EINTR) {
                return count;
            }
            changed = 0;
            left = nanos < 0 ? nanos : nanos - (System.nanoTime() - start);
            if (nanos >= 0 && left <= 0) {
                return 0;
            }
        }
    }

    private long timespec(long nanos) {
        if (nanos <= 0) {
            return nanos < 0 ? 0 : argumentsAddress + TIMESPEC_SIZE;
        }
        long now = Math.min(nanos, LONGEST_WAIT);
        arguments.putLong(TIMESPEC_SEC, now / NANOS_PER_SECOND);
        arguments.putLong(TIMESPEC_NSEC, now % NANOS_PER_SECOND);
        return argumentsAddress;
    }

    /** Lists changes for the first of those that wait to be added; returns how many changes. */
    private int add(int taken) {
        int at = 0;
        for (int i = 0; i < taken; i++) {
            Registration each = fresh.remove();
            int fd = each.source.fd.number();
            each.waits = false;
            if (at(fd) == each) { // else it has gone again
                long udata = each.udata(fd);
                put(changes, at, fd, EVFILT_READ, EV_ADD | EV_CLEAR, udata);
                put(changes, at + KEVENT_SIZE, fd, EVFILT_WRITE, EV_ADD | EV_CLEAR, udata);
                at += 2 * KEVENT_SIZE;
                each.added = true;
            }
        }
        return at / KEVENT_SIZE;
    }

    /** After a call that failed and may have made all of these changes, some, or none. */
    private void addAgain(int changed) {
        for (int i = 0; i < changed; i += 2) {
            Registration each = known(changes.getLong(i * KEVENT_SIZE + KEVENT_UDATA));
            if (each != null) {
                addNext(each);
            }
        }
    }

    private @Nullable Registration known(long udata) {
        Registration known = at((int) udata);
        return known != null && known.generation == (int) (udata >>> 32) && known.source.isOpen() ? known : null;
    }

    private void tell(int at) {
        Registration told = known(events.getLong(at + KEVENT_UDATA));
        if (told == null) {
            return;
        }
        int flags = events.getShort(at + KEVENT_FLAGS);
        boolean reading = events.getShort(at + KEVENT_FILTER) == EVFILT_READ;
        if ((flags & EV_ERROR) == 0) {
            told.watcher.ready(ready(reading, flags, events.getInt(at + KEVENT_FFLAGS)));
        } else if (isShortage((int) events.getLong(at + KEVENT_DATA))) {
            addNext(told);
        } else {
            told.watcher.ready(reading ? Ready.READ : Ready.WRITE);
        }
    }

    private static boolean isShortage(int errno) {
        return errno == Errno.ENOMEM || errno == Errno.ENOBUFS;
    }

    /**
     * No filter tells of urgent data, before which a read ends early: as if there always were some, so that no short read is
     * taken for the last.
     */
    private static int ready(boolean reading, int flags, int error) {
        int bits = reading ? Ready.READ | Ready.PRIORITY : Ready.WRITE;
        if ((flags & EV_EOF) != 0) {
            bits |= reading ? Ready.READ_CLOSED : Ready.WRITE_CLOSED;
            if (error != 0) {
                bits |= Ready.READ | Ready.WRITE | Ready.ERROR;
            }
        }
        return bits;
    }

    private @Nullable Registration at(int fd) {
        return fd >= 0 && fd < registrations.length ? registrations[fd] : null;
    }

    private static void put(ByteBuffer into, int at, long ident, short filter, int flags, long udata) {
        into.putLong(at + KEVENT_IDENT, ident);
        into.putShort(at + KEVENT_FILTER, filter);
        into.putShort(at + KEVENT_FLAGS, (short) flags);
        into.putInt(at + KEVENT_FFLAGS, 0);
        into.putLong(at + KEVENT_DATA, 0);
        into.putLong(at + KEVENT_UDATA, udata);
    }

    /** Who watches a source. */
    private static final class Registration {
        final PosixSource source;
        final Watcher watcher;
        final int generation;

        /** Whether the kernel may know of it, or is told by the call to come. */
        boolean added;

        /** Whether it is one of those that a call has to add. */
        boolean waits;

        Registration(PosixSource source, Watcher watcher, int generation) {
            this.source = source;
            this.watcher = watcher;
            this.generation = generation;
        }

        long udata(int fd) {
            return (long) generation << 32 | fd;
        }
    }
}
