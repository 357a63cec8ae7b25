package gyre.sys;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Turns a selector until something has happened; what takes longer than the patience is a failure. */
record Turns(Selector selector) {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    /** Waits until the watcher is told one of these bits, and forgets them. */
    void await(Source source, Recorder told, int bit) throws IOException {
        told.forget(bit);
        selector.rearm(source, bit);
        int before = told.calls;
        until(() -> told.calls > before && told.told(bit), "told bit " + bit);
    }

    void until(BooleanSupplier done, String what) throws IOException {
        long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            long left = PATIENCE - (System.nanoTime() - start);
            assertTrue(left > 0, "not yet after 20 s: " + what);
            selector.select(left);
        }
    }
}
