package gyre.reactor;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports polls that take longer than they may, while they do, with what the loop's thread is at. A daemon thread looks
 * several times within the threshold.
 *
 * <p><b>Assumptions.</b> {@link #begin} and {@link #end} are called by the loop's thread in turns.
 *
 * <p><b>Guarantees.</b> What is reported took that long: the same odd number was seen before, after, and when the stack had
 * been taken. It is reported once, as soon as one and a quarter of the threshold have passed, later only by what the
 * system's scheduler adds.
 *
 * <p><b>Ordering.</b> {@code count} is written with release and read with acquire, so that who reads an odd number sees the
 * task that it stands for, or a later one.
 */
final class StallDetector implements Runnable {
    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(StallDetector.class, "count", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long threshold;
    private final BiConsumer<String, Throwable> report;
    private final ThreadFactory threads;
    private @Nullable Loop loop;
    private @Nullable Thread thread;
    private @Nullable Watched current;
    private int count; // odd while a task is polled
    private volatile boolean closed;

    StallDetector(long threshold, BiConsumer<String, Throwable> report, ThreadFactory threads) {
        this.threshold = threshold;
        this.report = report;
        this.threads = threads;
    }

    void start(Loop watched) {
        loop = watched;
        Thread watcher = threads.newThread(this);
        watcher.setName("gyre-stalls-" + watched.id);
        watcher.setDaemon(true);
        thread = watcher;
        watcher.start();
    }

    void begin(Watched task) {
        current = task;
        COUNT.setRelease(this, count + 1);
    }

    void end() {
        COUNT.setRelease(this, count + 1);
    }

    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        int seen = 0;
        int reported = 0;
        long since = System.nanoTime();
        while (!closed) {
            LockSupport.parkNanos(this, Math.max(1, threshold / 4));
            int now = (int) COUNT.getAcquire(this);
            long time = System.nanoTime();
            if (now != seen) {
                seen = now;
                since = time;
            } else if ((now & 1) == 1 && now != reported && time - since >= threshold) {
                reported = now;
                look(now, time - since);
            }
        }
    }

    private void look(int seen, long nanos) {
        Loop stalled = Objects.requireNonNull(loop);
        Throwable stack = new Throwable("what its thread is at");
        stack.setStackTrace(stalled.owner().getStackTrace());
        stack.addSuppressed(Objects.requireNonNull(current).spawned);
        if ((int) COUNT.getAcquire(this) == seen) {
            report.accept(
                    "a poll on loop " + stalled.id + " has taken " + nanos / 1_000_000 + " ms and goes on", stack);
        }
    }
}
