package gyre.future;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the copies of a {@link Shared} future share: the future, the task that it is polled with, and then its outcome.
 *
 * <pre>
 *            poll of a copy              pending
 *   WOKEN ────────────────► POLLING ────────────────► IDLE      wake: IDLE ► WOKEN
 *     ▲                     │     │                                  POLLING ► POLLING, woken
 *     └─── pending, woken ──┘     └── ready, throws ► outcome
 * </pre>
 *
 * <p><b>Threads.</b> The monitor guards every field but {@link #poller}, and is held for a few assignments only: neither the
 * future nor a task is called inside. So a poll sees what was written before the wake that made the state WOKEN, and
 * before those that found it so.
 *
 * <p><b>No wake is lost.</b> A copy leaves its task before it learns that the state is not WOKEN; who makes it WOKEN, or sets
 * the outcome, then takes all tasks that were left, and wakes them. All and not one: the owner of a single one might not
 * poll again.
 */
final class SharedState<T extends @Nullable Object> implements Task {
    private static final int IDLE = 0;
    private static final int WOKEN = 1;
    private static final int POLLING = 2;

    /** Null once it is done or cancelled. */
    private @Nullable Future<T> future;

    private @Nullable Outcome<T> outcome;
    private int state = WOKEN;
    private boolean wokenMeanwhile;
    /** Copies that were not cancelled. */
    private int copies = 1;
    /** Those that have left a task, the first to come first; one that is cancelled leaves the queue. */
    private @Nullable Shared<T> first;

    private @Nullable Shared<T> last;
    /** Counts the times that all were woken. */
    private long round;

    /** The task of the copy that polls; of the thread that made the state POLLING. */
    private @Nullable Task poller;

    SharedState(Future<T> future) {
        this.future = Objects.requireNonNull(future);
    }

    synchronized @Nullable Outcome<T> outcome() {
        return outcome;
    }

    synchronized void join() {
        copies++;
    }

    /** Polls the future if it was woken and nobody is at it; the outcome if there is one. */
    @Nullable Outcome<T> poll(Shared<T> copy, Task task) {
        Future<T> running;
        synchronized (this) {
            if (outcome != null) {
                return outcome;
            }
            queue(copy, task);
            if (state != WOKEN) {
                return null;
            }
            state = POLLING;
            running = Objects.requireNonNull(future);
        }
        poller = task;
        Outcome<T> answer = null;
        try {
            Poll<T> given = running.poll(this);
            if (!given.isPending()) {
                answer = Outcome.success(given.value());
            }
        } catch (Throwable t) {
            answer = Outcome.failure(t);
        }
        poller = null;
        polled(copy, task, running, answer);
        return answer;
    }

    private void polled(Shared<T> copy, Task task, Future<T> running, @Nullable Outcome<T> answer) {
        boolean wake;
        boolean abandoned = false;
        synchronized (this) {
            wake = answer != null || wokenMeanwhile;
            wokenMeanwhile = false;
            state = wake ? WOKEN : IDLE;
            outcome = answer;
            if (answer != null) {
                future = null;
                copy.waiting = null;
            } else if (copies == 0) {
                future = null;
                abandoned = true;
            } else if (!copy.isOver()) {
                queue(copy, task); // again: the future itself may have polled this copy, with another task
            }
        }
        if (abandoned) {
            running.cancel();
        } else if (wake) {
            wakeAll();
        }
    }

    /** Takes a copy out, and cancels the future with the last one, unless it is being polled: then that poll's end does. */
    void leave(Shared<T> copy) {
        Future<T> abandoned = null;
        synchronized (this) {
            if (copy.queued) {
                remove(copy);
            }
            copy.waiting = null;
            if (--copies == 0 && state != POLLING) {
                abandoned = future;
                future = null;
            }
        }
        if (abandoned != null) {
            abandoned.cancel();
        }
    }

    @Override
    public void wake() {
        synchronized (this) {
            if (state == POLLING) {
                wokenMeanwhile = true;
                return;
            }
            if (state == WOKEN || future == null) {
                return;
            }
            state = WOKEN;
        }
        wakeAll();
    }

    @Override
    public boolean spend(int cost) {
        Task task = poller;
        if (task == null || task.spend(cost)) {
            return true;
        }
        wake();
        return false;
    }

    private void wakeAll() {
        long until;
        synchronized (this) {
            until = round++;
        }
        Throwable failure = null;
        for (Task task = take(until); task != null; task = take(until)) {
            try {
                task.wake();
            } catch (Throwable e) {
                failure = Cancel.and(failure, e);
            }
        }
        Cancel.end(failure);
    }

    private void queue(Shared<T> copy, Task task) {
        copy.waiting = task;
        if (copy.queued) {
            return;
        }
        copy.queued = true;
        copy.round = round;
        if (last == null) {
            first = copy;
        } else {
            last.next = copy;
            copy.previous = last;
        }
        last = copy;
    }

    private void remove(Shared<T> copy) {
        Shared<T> before = copy.previous;
        Shared<T> after = copy.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        copy.previous = null;
        copy.next = null;
        copy.queued = false;
    }

    /** The next task that was left by then. */
    private synchronized @Nullable Task take(long until) {
        for (Shared<T> copy = first; copy != null && copy.round <= until; copy = first) {
            remove(copy);
            Task task = copy.waiting;
            copy.waiting = null;
            if (task != null) {
                return task;
            }
        }
        return null;
    }
}
