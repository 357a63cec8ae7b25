package gyre.io;

import static org.junit.jupiter.api.Assertions.fail;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Polls futures as a loop would, without one: only when they are woken, and within a budget. */
public final class Turns {
    private final Whims whims;
    private final ArrayDeque<Job<?>> woken = new ArrayDeque<>();

    public Turns(Whims whims) {
        this.whims = whims;
    }

    /** A job that is polled by the next {@link #run}. */
    public <T> Job<T> start(Future<T> future) {
        Job<T> job = new Job<>(future);
        job.wake();
        return job;
    }

    /** Goes on until nobody is woken any more. */
    public void run() {
        do {
            for (Job<?> job; (job = woken.poll()) != null; ) {
                job.poll();
            }
        } while (whims.relent());
    }

    /** Runs a future to its end. */
    public <T> T run(Future<T> future) throws Exception {
        Job<T> job = start(future);
        run();
        return job.value();
    }

    public final class Job<T> implements Task {
        private final Future<T> future;
        private boolean queued;
        private int budget;
        private @Nullable Poll<T> answer;
        private @Nullable Exception error;
        private boolean cancelled;
        public int polls;

        private Job(Future<T> future) {
            this.future = future;
        }

        public void poll() {
            queued = false;
            if (isDone() || cancelled) {
                return;
            }
            polls++;
            budget = 128;
            try {
                Poll<T> polled = future.poll(this);
                answer = polled.isPending() ? null : polled;
            } catch (Exception e) {
                error = e;
            }
        }

        /** Instead of another poll. */
        public void cancel() {
            cancelled = true;
            future.cancel();
        }

        public boolean isDone() {
            return answer != null || error != null;
        }

        public T value() throws Exception {
            if (error != null) {
                throw error;
            }
            if (answer == null) {
                return fail("not done after " + polls + " polls, and nobody will wake it: " + future);
            }
            return answer.value();
        }

        @Override
        public void wake() {
            if (!queued) {
                queued = true;
                woken.add(this);
            }
        }

        @Override
        public boolean spend(int cost) {
            if (budget <= 0) {
                wake();
                return false;
            }
            budget -= cost;
            return true;
        }
    }
}
