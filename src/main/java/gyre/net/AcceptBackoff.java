package gyre.net;

import gyre.future.Task;
import gyre.reactor.Handle;
import gyre.sys.ResourceLimitException;
import java.io.IOException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** How a listener goes on after errors: at once after those of one connection, later when resources have run out. */
final class AcceptBackoff {
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    /** So many in a row are the listener's fault and not the peers': pause, lest the loop spin. */
    private static final int SUSPICIOUS = 16;

    private final Handle handle;
    private final Logger log;
    private final Set<Task> paused = new LinkedHashSet<>();
    private boolean pausing;
    private Duration next = SHORTEST;
    private int inARow;
    private long errors;
    private long warned; // when a refusal was last logged, or 0

    /** Logs in the name of this class. */
    AcceptBackoff(Handle handle, Class<?> listener) {
        this.handle = handle;
        this.log = System.getLogger(listener.getName());
        // What the JDK's logging opens files for, while there are descriptors: what fails to load then never loads
        // again.
        TimeZone.getDefault();
        log.isLoggable(Logger.Level.WARNING);
    }

    /** Whether accepting has to wait; if so, the task is kept. */
    boolean pauses(Task task) {
        if (pausing) {
            paused.add(task);
        }
        return pausing;
    }

    /** The pause is over, or the listener closed: whoever waits finds that out now. */
    void end() {
        pausing = false;
        paused.forEach(Task::wake);
        paused.clear();
    }

    void accepted() {
        inARow = 0;
        next = SHORTEST;
    }

    /** A peer was sent away, and the next one can be accepted or sent away at once. */
    void refused() {
        errors++;
        inARow++;
        long now = System.nanoTime();
        if (warned == 0 || now - warned > LONGEST.toNanos()) { // not of each one in a flood
            warned = now;
            warn("accepting refuses peers: there is no descriptor for them");
        }
    }

    void failed(IOException e) {
        errors++;
        inARow++;
        if (e instanceof ResourceLimitException || inARow >= SUSPICIOUS) {
            warn("accepting pauses for {0}: {1}", next, e.getMessage());
            pausing = true;
            handle.spawn(handle.sleep(next).onEnd(outcome -> end()));
            next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
        } else {
            log.log(Logger.Level.DEBUG, "a connection was lost before it was accepted: {0}", e.getMessage());
        }
    }

    /** A logger may need a descriptor itself; without one it fails, even by an error, and accepting must go on. */
    private void warn(String format, @Nullable Object... arguments) {
        try {
            log.log(Logger.Level.WARNING, format, arguments);
        } catch (RuntimeException | LinkageError unable) {
            return; // acceptErrors() tells
        }
    }

    long errors() {
        return errors;
    }
}
