package gyre.reactor;

import gyre.future.Future;
import org.jspecify.annotations.Nullable;

/**
 * Builds a future on the thread of the loop that will run it, so that what it refers to never leaves that thread.
 *
 * @param <T> the type of the future's value
 */
@FunctionalInterface
public interface SpawnFunction<T extends @Nullable Object> {
    /** Builds it; whatever this throws is the task's failure. */
    Future<T> apply(Pinned pinned) throws Exception;
}
