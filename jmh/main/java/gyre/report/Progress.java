package gyre.report;

import java.util.concurrent.TimeUnit;

/** How far the report is, and how long it still takes, on standard error. */
final class Progress {
    private final boolean terminal = Boolean.getBoolean("gyre.report.terminal");
    private final long start = System.nanoTime();
    private final double total;
    private double done;
    private long said = start;

    /** @param total seconds that all of it may take; the estimate follows what it does take */
    Progress(double total) {
        this.total = total;
    }

    void done(double seconds, String what) {
        done = Math.min(done + seconds, total);
        long now = System.nanoTime();
        if (!terminal && now - said < TimeUnit.SECONDS.toNanos(5) && done < total) {
            return;
        }
        said = now;
        double took = (now - start) / 1e9;
        String line = line(100 * done / total, took * (total - done) / done, what);
        System.err.print(terminal ? "\r\033[K" + line : line + "\n");
    }

    /** The figures stay, what is being measured goes. */
    void end() {
        if (terminal) {
            System.err.print("\r\033[K");
        }
    }

    static String line(double percent, double left, String what) {
        int seconds = (int) Math.ceil(left);
        return String.format("gyre: %3.0f %%, %d:%02d left, %s", percent, seconds / 60, seconds % 60, what);
    }
}
