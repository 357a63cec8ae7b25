package gyre.soak;

import gyre.future.Poll;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import gyre.reactor.LoopClosedException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** A Core that runs on a thread of its own until it is closed. */
final class LoopThread implements AutoCloseable {
    private final Core core;
    private final Thread thread;
    private volatile @Nullable Throwable failure;

    /** Whatever its tasks fail with is its failure. */
    LoopThread(String backend) throws IOException {
        core = Core.builder()
                .backend(backend)
                .uncaughtExceptionHandler((thread, e) -> failure = e)
                .open();
        thread = new Thread(this::run, "loop " + core.id());
        thread.setDaemon(true);
        thread.start();
    }

    Handle handle() {
        return core.handle();
    }

    /** CPU time that it has used. */
    long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
    }

    void check() throws Violation {
        Throwable thrown = failure;
        if (thrown != null) {
            throw new Violation("a task of the server failed: " + thrown, thrown);
        }
    }

    private void run() {
        try {
            core.run(task -> Poll.pending());
        } catch (LoopClosedException e) {
            return; // the orderly end
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
    }

    @Override
    public void close() throws IOException {
        core.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IOException("interrupted while the loop was ending", e);
        }
    }
}
