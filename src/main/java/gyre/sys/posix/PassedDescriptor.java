package gyre.sys.posix;

import gyre.natives.Errno;
import gyre.natives.Libc;
import gyre.sys.Descriptor;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Closed once, by whichever thread takes the number first. */
final class PassedDescriptor extends Descriptor {
    private final AtomicInteger number;

    PassedDescriptor(int number) {
        this.number = new AtomicInteger(number);
    }

    @Override
    public int number() {
        return number.get();
    }

    @Override
    public void close() throws IOException {
        int closing = number.getAndSet(-1);
        if (closing < 0) {
            return;
        }
        int result = Libc.close(closing);
        if (result < 0 && result != -Errno.EINTR) {
            throw Failure.of(result, "close");
        }
    }
}
