package gyre.sys.posix;

import gyre.natives.Errno;
import gyre.natives.Platform;
import gyre.natives.Sys;
import gyre.sys.CpuBinding;
import gyre.sys.Selector;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Linux by its own system calls. The property {@code gyre.epoll.pwait2=false} makes it wait in whole milliseconds. */
public final class EpollBackend extends PosixBackend {
    private final boolean pwait2;

    /** As found by {@link java.util.ServiceLoader}. */
    public EpollBackend() {
        this(!"false".equals(System.getProperty("gyre.epoll.pwait2")));
    }

    /**
     * One that is told how to wait.
     *
     * @param pwait2 whether to use {@code epoll_pwait2} where the kernel has it
     */
    public EpollBackend(boolean pwait2) {
        this.pwait2 = pwait2;
    }

    @Override
    public String name() {
        return "epoll";
    }

    @Override
    public int rank() {
        return Platform.LINUX ? 100 : ELSEWHERE;
    }

    @Override
    public @Nullable String unavailable() {
        try {
            String reason = Platform.unusable();
            if (reason != null) {
                return reason;
            }
            if (!Platform.LINUX) {
                return "epoll is Linux's";
            }
            new EpollSelector(pwait2).close();
            // A sandbox that refuses it would look like one connection that is lost, and the next, for ever.
            int accepted = Sys.accept4(-1, 0, 0, 0);
            return accepted == -Errno.EBADF
                    ? null
                    : Failure.of(accepted, "accept4").getMessage();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (Throwable e) { // a LinkageError too leads to the next backend
            return "opening a selector failed: " + e;
        }
    }

    @Override
    public Selector selector() throws IOException {
        return new EpollSelector(pwait2);
    }

    @Override
    public @Nullable CpuBinding cpuBinding(int cpu) throws IOException {
        return Platform.LINUX && Platform.unusable() == null ? new Affinity(cpu) : null;
    }
}
