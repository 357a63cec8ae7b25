package gyre.net;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** A connection has missed one of its {@link Deadlines}. */
public final class DeadlineException extends SocketTimeoutException {
    private static final long serialVersionUID = 1;

    private final Deadline deadline;
    private final Duration limit;

    DeadlineException(Deadline deadline, Duration limit) {
        super(deadline.text() + " for " + limit);
        this.deadline = deadline;
        this.limit = limit;
    }

    /** Which one. */
    public Deadline deadline() {
        return deadline;
    }

    /** How long it was. */
    public Duration limit() {
        return limit;
    }
}
