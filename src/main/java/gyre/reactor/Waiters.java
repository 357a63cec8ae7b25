package gyre.reactor;

import gyre.future.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tasks that wait for one event: nearly always one, held inline. Not synchronised. */
final class Waiters {
    /** Past this many, at first, those that gave up are looked for. */
    private static final int MOST = 64;

    private @Nullable Task first;
    private @Nullable List<Task> more;
    private int most = MOST;

    boolean isEmpty() {
        return first == null;
    }

    /** The loop is that of {@link #wake}. */
    void add(Task task, Loop loop) {
        if (first == task) {
            return;
        }
        if (first == null) {
            first = task;
        } else {
            addMore(task, loop);
        }
    }

    private void addMore(Task task, Loop loop) {
        if (more == null) {
            more = new ArrayList<>(2);
        }
        for (Task other : more) {
            if (other == task) {
                return;
            }
        }
        if (more.size() == most && !shrink(more)) {
            wake(loop);
            first = task;
        } else {
            more.add(task);
        }
    }

    /**
     * Forgets the tasks that have ended. Other ones that gave up are not told apart: if most are left, false, for all to be
     * woken, so that those that still wait come back, and find room for twice as many, lest they wake each other for ever.
     */
    private boolean shrink(List<Task> tasks) {
        tasks.removeIf(task -> task instanceof SpawnedTask<?> spawned && spawned.over());
        if (tasks.size() <= most / 2) {
            return true;
        }
        most *= 2;
        return false;
    }

    /** Wakes all; that one of them fails is the loop's to report. */
    void wake(Loop loop) {
        Task task = first;
        if (task != null) {
            first = null;
            loop.wake(task);
            if (more != null && !more.isEmpty()) {
                wakeMore(more, loop);
            }
        }
    }

    private static void wakeMore(List<Task> tasks, Loop loop) {
        for (Task task : tasks) {
            loop.wake(task);
        }
        tasks.clear();
    }
}
