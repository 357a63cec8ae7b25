package gyre.reactor;

import gyre.future.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tasks that wait for one event: nearly always one, held inline. Not synchronised. */
final class Waiters {
    /** Tasks that gave up are not told apart; past this many all are woken, and those that still wait come back. */
    private static final int MOST = 64;

    private @Nullable Task first;
    private @Nullable List<Task> more;

    boolean isEmpty() {
        return first == null;
    }

    void add(Task task) {
        if (first == task) {
            return;
        }
        if (first == null) {
            first = task;
        } else {
            addMore(task);
        }
    }

    private void addMore(Task task) {
        if (more == null) {
            more = new ArrayList<>(2);
        }
        for (Task other : more) {
            if (other == task) {
                return;
            }
        }
        if (more.size() == MOST) {
            wake();
            first = task;
        } else {
            more.add(task);
        }
    }

    void wake() {
        Task task = first;
        if (task != null) {
            first = null;
            task.wake();
            if (more != null && !more.isEmpty()) {
                wakeMore(more);
            }
        }
    }

    private static void wakeMore(List<Task> tasks) {
        for (Task task : tasks) {
            task.wake();
        }
        tasks.clear();
    }
}
