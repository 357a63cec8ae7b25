package gyre.reactor;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that end together: what a server's connections are spawned through, so that it can wait for them when it stops.
 *
 * <pre>{@code
 * TaskGroup connections = new TaskGroup(handle);
 * Future<Void> server = listener.incoming().forEach(socket ->
 *         connections.spawn(Futures.using(socket, s -> serve(s, connections.draining()))));
 * core.run(server.race(Signals.first("TERM", "INT").andThen(signal -> Futures.done())));
 * listener.close();
 * Drained drained = core.run(connections.drain(Duration.ofSeconds(10)));
 * }</pre>
 *
 * <p>Loop thread only.
 */
public final class TaskGroup {
    private final Loop loop;
    private final Set<GroupMember<?>> members = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Notice> notices = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Waiters drains = new Waiters();
    private final TimerNode deadline = new TimerNode() {
        @Override
        void fire() {
            cut();
        }
    };
    private boolean draining;
    private boolean cutting;
    private long began;
    private int finished;
    private int cancelled;
    private @Nullable Drained report;

    /** An empty group on that loop. */
    public TaskGroup(Handle handle) {
        this.loop = handle.loop();
    }

    /**
     * Spawns a future as {@link Handle#spawn} does, as one of the group. While the group drains, that still works, for what a
     * request that is being served may need. Once the group is drained, or its deadline has passed, the future is cancelled
     * before it is polled.
     */
    public <T extends @Nullable Object> JoinHandle<T> spawn(Future<T> future) {
        loop.check();
        GroupMember<T> member = new GroupMember<>(this, Objects.requireNonNull(future, "future"));
        JoinHandle<T> spawned = loop.handle.spawn(member);
        if (report == null) {
            member.spawned = spawned;
            members.add(member);
        }
        if (cutting || report != null) {
            spawned.abort();
        }
        return spawned;
    }

    /** How many have not ended. */
    public int size() {
        loop.check();
        return members.size();
    }

    /** Whether {@link #drain} was called. */
    public boolean isDraining() {
        loop.check();
        return draining;
    }

    /**
     * Done when draining begins: for tasks that can end early, as a connection on which no request is under way. Each task asks
     * for one of its own, and cancels it where it does not wait for it any more ({@code race} and {@code select} do). It may
     * be polled again when it is done.
     */
    public Future<Void> draining() {
        return new Notice();
    }

    /**
     * Asks all to end, and cancels those that have not when the time is over. Begins at once, whether or not the result is
     * polled. Called again, it only sets the deadline anew, from now on: {@link Duration#ZERO} cuts at the next turn, say for a
     * second signal.
     *
     * <p>The result is the same for every call: how it went, once all have ended and what they held is closed. Cancelling it
     * stops nothing. A task of the group must not wait for it.
     *
     * @param grace at least zero; one too long to count is as good as for ever
     * @throws IllegalArgumentException if it is negative
     */
    public Future<Drained> drain(Duration grace) {
        loop.check();
        long nanos = Times.nanos(grace, "grace");
        if (!draining) {
            draining = true;
            began = loop.now();
            notices.forEach(Notice::wake);
            notices.clear();
            endIfEmpty();
        }
        if (report == null) {
            loop.remove(deadline);
            deadline.deadline = Times.deadline(loop.now(), nanos);
            loop.add(deadline);
        }
        return Futures.pollFn(task -> {
            if (report != null) {
                return Poll.ready(report);
            }
            drains.add(task, loop);
            return Poll.pending();
        });
    }

    /** They are cancelled in the next turn. */
    private void cut() {
        cutting = true;
        for (GroupMember<?> member : members) {
            Objects.requireNonNull(member.spawned).abort();
        }
    }

    /** For members. */
    void ended(GroupMember<?> member, boolean cancel) {
        if (!members.remove(member) || !draining) {
            return;
        }
        if (cancel) {
            cancelled++;
        } else {
            finished++;
        }
        endIfEmpty();
    }

    private void endIfEmpty() {
        if (members.isEmpty() && report == null) {
            report = new Drained(finished, cancelled, Duration.ofNanos(loop.now() - began));
            loop.remove(deadline);
            drains.wake(loop);
        }
    }

    @Override
    public String toString() {
        return "TaskGroup[" + members.size() + " tasks" + (draining ? ", draining]" : "]");
    }

    private final class Notice implements Future<Void> {
        private @Nullable Task waiting;

        @Override
        public Poll<Void> poll(Task task) {
            loop.check();
            if (draining) {
                return Poll.done();
            }
            waiting = task;
            notices.add(this);
            return Poll.pending();
        }

        void wake() {
            if (waiting != null) {
                loop.wake(waiting);
            }
        }

        @Override
        public void cancel() {
            notices.remove(this);
        }
    }
}
