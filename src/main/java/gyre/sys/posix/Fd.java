package gyre.sys.posix;

import gyre.natives.Errno;
import gyre.natives.Libc;
import java.io.IOException;

/** Owns an open descriptor and closes it once. Loop thread only. */
final class Fd {
    private int number;

    Fd(int number) {
        this.number = number;
    }

    /** The number; −1 once closed, so that a late call gets EBADF and never meets the number's next owner. */
    int number() {
        return number;
    }

    boolean isOpen() {
        return number >= 0;
    }

    void close() throws IOException {
        if (number < 0) {
            return;
        }
        int closing = number;
        number = -1;
        int result = Libc.close(closing);
        // After EINTR the number is free too: a second try could hit another thread's new descriptor.
        if (result < 0 && result != -Errno.EINTR) {
            throw Failure.of(result, "close");
        }
    }
}
