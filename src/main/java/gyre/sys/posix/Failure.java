package gyre.sys.posix;

import gyre.natives.Errno;
import gyre.sys.ResourceLimitException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The one place where a negative result becomes an exception. */
final class Failure {
    private Failure() {}

    /**
     * The exception for a call that failed.
     *
     * @param result −errno
     * @param what the call first, then what it was made on
     */
    static IOException of(int result, String what) {
        int errno = -result;
        String limit = limit(errno);
        return limit == null
                ? Errno.exception(errno, what)
                : new ResourceLimitException(what + ": " + limit + " (" + Errno.name(errno) + ")");
    }

    private static @Nullable String limit(int errno) {
        if (errno == Errno.EMFILE) {
            return "the process has as many descriptors open as it may: RLIMIT_NOFILE, see ulimit -n";
        }
        if (errno == Errno.ENFILE) {
            return "the system has as many files open as it may: see /proc/sys/fs/file-max";
        }
        if (errno == Errno.ENOBUFS || errno == Errno.ENOMEM) {
            return "the kernel has no memory for it: see /proc/sys/net/ipv4/tcp_mem and the container's limit";
        }
        if (errno == Errno.ENOSPC) {
            return "the user watches as many descriptors as it may: see /proc/sys/fs/epoll/max_user_watches";
        }
        if (errno == Errno.ETOOMANYREFS) {
            return "the user has as many descriptors on their way as one process may have open: see ulimit -n";
        }
        return null;
    }
}
