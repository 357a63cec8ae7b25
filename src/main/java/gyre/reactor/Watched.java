package gyre.reactor;

import gyre.future.Future;
import gyre.future.Poll;
import org.jspecify.annotations.Nullable;

/** What debug mode knows of a task. */
final class Watched {
    final SpawnedTask<?> task;
    final Throwable spawned = new Throwable("spawned here");
    LostWakeUps.@Nullable Holder holder;
    private final DebugMode mode;

    Watched(SpawnedTask<?> task, DebugMode mode) {
        this.task = task;
        this.mode = mode;
    }

    <T extends @Nullable Object> Poll<T> poll(Future<T> future) throws Exception {
        StallDetector stalls = mode.stalls;
        if (stalls != null) {
            stalls.begin(this);
        }
        try {
            return future.poll(mode.lost == null ? task : mode.lost.token(this));
        } finally {
            if (stalls != null) {
                stalls.end();
            }
        }
    }
}
