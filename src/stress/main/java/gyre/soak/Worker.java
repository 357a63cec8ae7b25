package gyre.soak;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A thread that does one activity until it is told to stop, or until it fails. */
final class Worker {
    private final Activity activity;
    private final Random random;
    private final Thread thread;
    private volatile long count;
    private volatile boolean stopped;
    private volatile @Nullable Throwable failure;
    private long seen;
    private long since = System.nanoTime();

    /** @param name the activity's name and a number */
    Worker(String name, Activity activity, long seed) {
        this.activity = activity;
        this.random = new Random(seed);
        this.thread = new Thread(this::work, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** How often it was done. */
    long count() {
        return count;
    }

    /** Fails if it has failed, or has not moved for so long. By one thread. */
    void check(long patienceNanos) throws Violation {
        Throwable thrown = failure;
        if (thrown != null) {
            throw new Violation(thread.getName() + ": " + thrown.getMessage(), thrown);
        }
        long now = System.nanoTime();
        if (count != seen) {
            seen = count;
            since = now;
        } else if (now - since > patienceNanos) {
            Violation stuck = new Violation(thread.getName() + " does not move after " + count + " times");
            stuck.setStackTrace(thread.getStackTrace());
            throw stuck;
        }
    }

    /** Ends after the time under way. */
    void stop(long patienceNanos) throws InterruptedException, Violation {
        stopped = true;
        thread.join(TimeUnit.NANOSECONDS.toMillis(patienceNanos));
        check(patienceNanos);
        if (thread.isAlive()) {
            throw new Violation(thread.getName() + " does not end");
        }
    }

    private void work() {
        try (activity) {
            while (!stopped) {
                activity.once(random);
                count++; // by this thread alone
            }
        } catch (Throwable e) {
            failure = e;
        }
    }
}
