package gyre.future;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Cancels several things although one of them may throw, and decides what is thrown in the end. */
final class Cancel {
    private Cancel() {}

    /** Something to cancel, or to close. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /** Runs one more action after an earlier one may have failed; gives the first failure, the later ones suppressed. */
    static @Nullable Throwable also(@Nullable Throwable first, Action action) {
        try {
            action.run();
            return first;
        } catch (Throwable later) {
            return and(first, later);
        }
    }

    /** The first failure, with the later one suppressed. */
    static Throwable and(@Nullable Throwable first, Throwable later) {
        if (first == null) {
            return later;
        }
        if (first != later) {
            first.addSuppressed(later);
        }
        return first;
    }

    /** Ends a {@code cancel()}, which declares no checked exception: wraps one as {@code Core.run} does. */
    static void end(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw new CompletionException(failure);
        }
    }

    /** Runs both, though the first may throw. */
    static void both(Action first, Action second) {
        end(also(also(null, first), second));
    }

    /** For {@code throw Cancel.rethrow(t)}: errors leave from here, the rest is an exception. */
    static Exception rethrow(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof Exception exception ? exception : new CompletionException(failure);
    }
}
