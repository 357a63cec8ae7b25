package gyre.net;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import gyre.io.Io;
import gyre.reactor.Handle;
import gyre.reactor.LoopClosedException;
import gyre.reactor.Pinned;
import gyre.reactor.Timeout;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection with {@link Deadlines}. Whatever moves only notes the time: the one timer stands at the earliest time at which
 * something could be missed, looks when it gets there, and is set anew. So a busy connection sets it once in a deadline.
 */
final class DeadlineIo implements Io {
    private static final long NOT_WAITING = -1;
    private static final Deadline[] ALL = Deadline.values();

    private final Io io;
    private final Deadlines deadlines;
    private final Handle handle;
    private final Pinned loop;
    private final long[] limits = new long[ALL.length]; // by ordinal, in nanoseconds
    private final long[] since = new long[ALL.length]; // on the loop's clock, or NOT_WAITING
    private final boolean timesAll;
    private final Timeout alarm;
    private final Task looking = this::look;
    private long alarmAt;
    private @Nullable Task reader;
    private @Nullable Task writer;
    private @Nullable Deadline missed; // unless the next operation finds that something has moved after all
    private long askedSince = NOT_WAITING; // when the read began whose reader was asked after
    private boolean failed;

    DeadlineIo(Io io, Deadlines deadlines, Handle handle) {
        this.io = io;
        this.deadlines = deadlines;
        this.handle = handle;
        this.loop = handle.pinned();
        long now = loop.nanoTime();
        for (Deadline each : ALL) {
            limits[each.ordinal()] = nanos(deadlines.limit(each));
            since[each.ordinal()] = now;
        }
        since[Deadline.READ.ordinal()] = NOT_WAITING;
        since[Deadline.WRITE.ordinal()] = NOT_WAITING;
        timesAll = limits[Deadline.IDLE.ordinal()] < Long.MAX_VALUE;
        alarm = Timeout.at(Long.MAX_VALUE, handle);
        look();
    }

    private static long nanos(Duration limit) {
        try {
            return limit.toNanos();
        } catch (ArithmeticException forEver) {
            return Long.MAX_VALUE;
        }
    }

    @Override
    public int read(Task task, Buf into) throws IOException {
        requireTime();
        int n = io.read(task, into);
        if (n == NOT_READY) {
            readWaits(task);
        } else {
            read(n);
        }
        return n;
    }

    @Override
    public boolean pollRead(Task task) throws IOException {
        requireTime();
        boolean ready = io.pollRead(task);
        if (!ready) {
            readWaits(task);
        }
        return ready;
    }

    @Override
    public int write(Task task, Buf from) throws IOException {
        requireTime();
        return wrote(task, io.write(task, from));
    }

    @Override
    public int write(Task task, Buf[] from, int offset, int count) throws IOException {
        requireTime();
        return wrote(task, io.write(task, from, offset, count));
    }

    @Override
    public int flush(Task task) throws IOException {
        requireTime();
        return wrote(task, io.flush(task));
    }

    @Override
    public int shutdownOutput(Task task) throws IOException {
        requireTime();
        return wrote(task, io.shutdownOutput(task));
    }

    @Override
    public boolean pollWrite(Task task) throws IOException {
        requireTime();
        boolean ready = io.pollWrite(task);
        if (!ready) {
            wrote(task, NOT_READY);
        }
        return ready;
    }

    @Override
    public BufPool buffers() {
        return io.buffers();
    }

    @Override
    public void close() throws IOException {
        if (handle.isOnLoop()) {
            alarm.cancel();
        } else {
            try {
                handle.execute(alarm::cancel);
            } catch (LoopClosedException e) {
                io.close(); // as the loop has closed it
                return;
            }
        }
        io.close();
    }

    // --- what moves, and what waits

    private void requireTime() throws DeadlineException {
        if (failed || missed == Deadline.TOTAL) {
            throw fail();
        }
    }

    private void readWaits(Task task) throws DeadlineException {
        reader = task;
        waits(Deadline.READ, Deadline.FIRST_BYTE);
    }

    private void read(int count) {
        reader = null;
        since[Deadline.READ.ordinal()] = NOT_WAITING;
        if (count > 0) {
            since[Deadline.FIRST_BYTE.ordinal()] = NOT_WAITING;
        }
        moved(count);
    }

    private int wrote(Task task, int count) throws DeadlineException {
        if (count == NOT_READY) {
            writer = task;
            waits(Deadline.WRITE, Deadline.WRITE);
        } else {
            writer = null;
            since[Deadline.WRITE.ordinal()] = NOT_WAITING;
            moved(count);
        }
        return count;
    }

    /** An operation waits; fails if one of these, or silence, has been missed by it. */
    private void waits(Deadline direction, Deadline other) throws DeadlineException {
        if (missed != null) {
            requireTime(direction);
            requireTime(other);
            requireTime(Deadline.IDLE);
        }
        int which = direction.ordinal();
        if (since[which] == NOT_WAITING && limits[which] < Long.MAX_VALUE) {
            since[which] = loop.nanoTime();
            setAlarm(due(which));
        }
    }

    private void requireTime(Deadline which) throws DeadlineException {
        if (due(which.ordinal()) <= loop.nanoTime()) {
            missed = which;
            throw fail();
        }
    }

    private void moved(int count) {
        if (timesAll && count > 0) {
            since[Deadline.IDLE.ordinal()] = loop.nanoTime();
        }
        if (missed != null) {
            look();
        }
    }

    /** Finds out what is missed, now or next. */
    private void look() {
        missed = null;
        alarmAt = Long.MAX_VALUE;
        try {
            long now = loop.nanoTime();
            long next = Long.MAX_VALUE;
            for (Deadline each : ALL) {
                long due = due(each.ordinal());
                if (due <= now) {
                    missed = each; // the total, which nothing can make good, is the last
                } else {
                    next = Math.min(next, due);
                }
            }
            setAlarm(next);
        } catch (LoopClosedException e) {
            return; // and with it all that lives there
        }
        if (missed != null) {
            wake(reader);
            wake(writer);
        }
        if (missed == Deadline.READ) {
            askAfterReader();
        }
    }

    /**
     * A reader that was woken fails in its poll; who does not was cancelled, and nobody is told of that here. Tasks run in the
     * order of their wakes, so the second of two that are queued one after the other, behind it, finds that it was polled:
     * the first may overtake one that is running now. The time would prove nothing, since timers run between tasks.
     */
    private void askAfterReader() {
        long began = since[Deadline.READ.ordinal()];
        if (began != askedSince) {
            askedSince = began;
            handle.execute(() -> handle.execute(() -> forgetRead(began)));
        }
    }

    private void forgetRead(long began) {
        if (since[Deadline.READ.ordinal()] == began) {
            since[Deadline.READ.ordinal()] = NOT_WAITING;
        }
    }

    private DeadlineException fail() {
        Deadline which = Objects.requireNonNull(missed);
        if (!failed) {
            failed = true;
            alarm.cancel();
            wake(reader);
            wake(writer);
        }
        return new DeadlineException(which, deadlines.limit(which));
    }

    private static void wake(@Nullable Task task) {
        if (task != null) {
            task.wake();
        }
    }

    private long due(int which) {
        long due = since[which] + limits[which];
        return since[which] == NOT_WAITING || due < 0 ? Long.MAX_VALUE : due;
    }

    private void setAlarm(long at) {
        if (at < alarmAt) {
            alarmAt = at;
            alarm.resetAt(at);
            if (alarm.poll(looking).isReady()) {
                look();
            }
        }
    }
}
