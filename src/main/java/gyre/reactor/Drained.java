package gyre.reactor;

import java.time.Duration;

/**
 * How {@link TaskGroup#drain} went.
 *
 * @param finished how many tasks came to their end by themselves since it began, with a value or a failure
 * @param cut how many were cancelled, by the deadline or by someone else
 * @param took from the beginning until the last task had ended
 */
public record Drained(int finished, int cut, Duration took) {
    /** Whether no task had to be cancelled. */
    public boolean isComplete() {
        return cut == 0;
    }
}
