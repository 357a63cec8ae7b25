package gyre.latency;

import gyre.future.Futures;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import gyre.reactor.LoopClosedException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A loop on a thread of its own, for benchmarks that talk to it from another one. */
public final class LoopThread implements Closeable {
    private final Core core;

    public LoopThread(String backend) throws IOException {
        core = Core.builder().backend(backend).open();
        Thread thread = new Thread(this::run, "loop");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            core.run(Futures.never());
        } catch (LoopClosedException e) {
            return; // the orderly end
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Handle handle() {
        return core.handle();
    }

    @Override
    public void close() throws IOException {
        core.close();
    }
}
