package gyre.reactor;

import gyre.buffer.BufPool;
import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.sys.Backend;
import gyre.sys.ListenSocket;
import gyre.sys.Selector;
import gyre.sys.Source;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.net.ProtocolFamily;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A loop above no system at all: its selector returns at once. A test has a fresh one for every single sample. */
final class Still implements Backend, Selector {
    private static final BufPool BUFFERS = new BufPool(1, 1, false);

    /** Its owner is whoever calls. What its tasks fail with is of no interest. */
    static Loop loop() {
        return loop((thread, failure) -> {});
    }

    static Loop loop(UncaughtExceptionHandler uncaught) {
        try {
            return new Loop(new Still(), BUFFERS, uncaught, WaitStrategy.park(), null, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void turn(Loop loop) {
        try {
            loop.turn(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Spawns a future that is never ready, and counts how often it is cancelled. */
    static SpawnedTask<Void> spawn(Loop loop, AtomicInteger cancels) {
        SpawnedTask<Void> task = SpawnedTask.of(loop, new Future<>() {
            @Override
            public Poll<Void> poll(Task waker) {
                return Poll.pending();
            }

            @Override
            public void cancel() {
                cancels.incrementAndGet();
            }
        });
        task.wake();
        return task;
    }

    static void close(Loop loop) {
        try {
            loop.close(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a handle answers now: the value, 0 for pending, -1 for cancelled. */
    static int answer(SpawnedTask<Integer> handle, Task waiter) {
        try {
            Poll<Integer> answer = handle.poll(waiter);
            return answer.isPending() ? 0 : answer.value();
        } catch (CancellationException e) {
            return -1;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String name() {
        return "still";
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public @Nullable String unavailable() {
        return null;
    }

    @Override
    public Selector selector() {
        return this;
    }

    @Override
    public void select(long nanos) {}

    @Override
    public void wakeup() {}

    @Override
    public void close() {}

    @Override
    public StreamSocket stream(ProtocolFamily family) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ListenSocket listener(ProtocolFamily family) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void register(Source source, Watcher watcher) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rearm(Source source, int bits) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deregister(Source source) {
        throw new UnsupportedOperationException();
    }
}
