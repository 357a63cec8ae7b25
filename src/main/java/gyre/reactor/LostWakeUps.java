package gyre.reactor;

import gyre.future.Task;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.function.BiConsumer;

/**
 * Finds the tasks that nobody can wake: whose future has answered that it is not ready, and that neither a socket, nor a
 * timer, nor anyone else holds. Each task is polled with a {@link Token} in its place, which only those hold who mean to
 * wake it. If the garbage collector takes the token and the task has not been woken, it never will be.
 *
 * <p>A task that only its own future can reach is lost too, and is not found, since the loop holds the future: so it is with
 * a channel whose senders were dropped instead of closed. Loop thread.
 */
final class LostWakeUps extends TimerNode {
    /** A loop that sleeps looks this often at what the collector has found. */
    private static final long LOOK_NANOS = 1_000_000_000;

    private final BiConsumer<String, Throwable> report;
    private final ReferenceQueue<Token> collected = new ReferenceQueue<>();

    LostWakeUps(BiConsumer<String, Throwable> report) {
        this.report = report;
    }

    /** What stands for a task where it waits. */
    private record Token(SpawnedTask<?> task) implements Task {
        @Override
        public void wake() {
            task.wake();
        }

        @Override
        public boolean spend(int cost) {
            return task.spend(cost);
        }
    }

    /** Where a task's token is, while there is one. */
    static final class Holder extends WeakReference<Token> {
        private final Watched watched;

        private Holder(Token token, ReferenceQueue<Token> collected, Watched watched) {
            super(token, collected);
            this.watched = watched;
        }
    }

    /** The task's token: the one that is out, so that who waits twice is known by it, or a new one. */
    Task token(Watched watched) {
        Holder holder = watched.holder;
        Token token = holder == null ? null : holder.get();
        if (token == null) {
            token = new Token(watched.task);
            watched.holder = new Holder(token, collected, watched);
        }
        return token;
    }

    /** In each turn: reports what was found, and sees to it that the next look comes. */
    void look(Loop loop) {
        for (Holder holder; (holder = (Holder) collected.poll()) != null; ) {
            Watched watched = holder.watched;
            if (watched.holder == holder && watched.task.waits()) {
                report.accept(
                        "a task on loop " + loop.id + " waits, and nobody is left who could wake it", watched.spawned);
            }
        }
        if (slot < 0) {
            deadline = loop.now() + LOOK_NANOS;
            loop.add(this);
        }
    }
}
