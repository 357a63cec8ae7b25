package gyre.reactor;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import org.jspecify.annotations.Nullable;

/** A future that tells its {@link TaskGroup} how it ended. */
final class GroupMember<T extends @Nullable Object> implements Future<T> {
    private final TaskGroup group;
    private final Future<T> future;

    /** What aborts it; null only if the group did not take it in. */
    @Nullable JoinHandle<T> spawned;

    GroupMember(TaskGroup group, Future<T> future) {
        this.group = group;
        this.future = future;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        boolean pending = false;
        try {
            Poll<T> answer = future.poll(task);
            pending = answer.isPending();
            return answer;
        } finally {
            if (!pending) {
                group.ended(this, false);
            }
        }
    }

    @Override
    public void cancel() {
        try {
            future.cancel();
        } finally {
            group.ended(this, true);
        }
    }
}
