package gyre.sys.posix;

import gyre.natives.Bsd;
import gyre.natives.Platform;
import gyre.sys.Selector;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * macOS and FreeBSD by their own system calls. On Linux it works over a library that offers {@code kqueue} and
 * {@code kevent}, which the property {@code gyre.kqueue.library} names: for trying, not for speed.
 */
public final class KqueueBackend extends PosixBackend {
    /** As found by {@link java.util.ServiceLoader}. */
    public KqueueBackend() {}

    @Override
    public String name() {
        return "kqueue";
    }

    @Override
    public int rank() {
        return !Platform.LINUX ? 100 : ELSEWHERE;
    }

    @Override
    public @Nullable String unavailable() {
        try {
            String reason = Bsd.unusable();
            if (reason == null) {
                new KqueueSelector().close();
            }
            return reason;
        } catch (Throwable e) { // a LinkageError too leads to the next backend
            return "opening a selector failed: " + e;
        }
    }

    @Override
    public Selector selector() throws IOException {
        return new KqueueSelector();
    }
}
