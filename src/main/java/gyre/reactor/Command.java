package gyre.reactor;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import org.jspecify.annotations.Nullable;

/** A command as a future. It is cancelled only by a Core that closes: then who waits for the command has to hear of it. */
final class Command implements Future<Void> {
    private final Runnable command;
    private final @Nullable Sleep delay;

    Command(Runnable command, @Nullable Sleep delay) {
        this.command = command;
        this.delay = delay;
    }

    @Override
    public Poll<Void> poll(Task task) {
        if (delay != null && delay.poll(task).isPending()) {
            return Poll.pending();
        }
        command.run();
        return Poll.done();
    }

    @Override
    public void cancel() {
        if (delay != null) {
            delay.cancel();
        }
        if (command instanceof java.util.concurrent.Future<?> awaited) {
            awaited.cancel(false);
        }
    }
}
