package gyre.reactor;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a loop reports beside failures, if it was asked to. A loop that was not has none, and pays a null check a poll. */
final class DebugMode {
    final @Nullable LostWakeUps lost;
    final @Nullable StallDetector stalls;

    DebugMode(@Nullable LostWakeUps lost, @Nullable StallDetector stalls) {
        this.lost = lost;
        this.stalls = stalls;
    }

    /** Null if nothing is wanted; a stall of 0 nanoseconds is not. */
    static @Nullable DebugMode of(boolean lostWakeUps, long stallNanos, BiConsumer<String, Throwable> report) {
        return !lostWakeUps && stallNanos == 0
                ? null
                : new DebugMode(
                        lostWakeUps ? new LostWakeUps(report) : null,
                        stallNanos == 0 ? null : new StallDetector(stallNanos, report, Thread::new));
    }

    void open(Loop loop) {
        if (stalls != null) {
            stalls.start(loop);
        }
    }

    void turn(Loop loop) {
        if (lost != null) {
            lost.look(loop);
        }
    }

    void close() {
        if (stalls != null) {
            stalls.close();
        }
    }
}
