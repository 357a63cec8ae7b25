package gyre.reactor;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A {@link Timeout} that is made at the first poll, so that it can be built on any thread. */
final class Sleep implements Future<Void> {
    private final Duration duration;
    private final Handle handle;
    private @Nullable Timeout timer;

    Sleep(Duration duration, Handle handle) {
        Times.nanos(duration, "duration");
        this.duration = duration;
        this.handle = handle;
    }

    @Override
    public Poll<Void> poll(Task task) {
        Timeout running = timer;
        if (running == null) {
            running = Timeout.after(duration, handle);
            timer = running;
            if (!duration.isZero()) {
                return running.await(task);
            }
        }
        return running.poll(task);
    }

    @Override
    public void cancel() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
