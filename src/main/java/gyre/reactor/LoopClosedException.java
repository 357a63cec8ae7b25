package gyre.reactor;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The Core that this needs has been closed. */
public final class LoopClosedException extends RejectedExecutionException {
    private static final long serialVersionUID = 1;

    LoopClosedException(long id, @Nullable Throwable cause) {
        super("loop " + id + " is closed", cause);
    }
}
