package gyre.sys.posix;

import static gyre.natives.Layout.F_GETPIPE_SZ;
import static gyre.natives.Layout.O_CLOEXEC;
import static gyre.natives.Layout.SPLICE_F_NONBLOCK;

import gyre.buffer.Transfer;
import gyre.natives.Errno;
import gyre.natives.Libc;
import gyre.natives.Platform;
import gyre.sys.FileSender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Sends a file through a pipe, on Linux. The JDK doesn't tell a {@link FileChannel}'s descriptor, which {@code sendfile}
 * would need; but it makes that call itself between two files, and the second may be a pipe of ours, opened anew through
 * {@code /proc}. Into a pipe the call puts references to the file's pages, and {@code splice} hands these on to the socket:
 * no byte is copied.
 *
 * <p>The JDK's end would block where the pipe is full. So it is filled only when it is empty, and by one page less than it
 * holds: bytes that don't begin with a page touch one page more.
 */
final class FilePipe implements FileSender {
    /** Through a pipe of less the bytes go by more calls than if they are read and written: beyond {@code pipe-user-pages-soft}. */
    private static final int FEW = 32 << 10;

    private final PosixStream socket;
    private final Fd output;
    private final FileChannel input;
    private final int capacity;
    private int held; // bytes in the pipe

    private FilePipe(PosixStream socket, Fd output, FileChannel input, int capacity) {
        this.socket = socket;
        this.output = output;
        this.input = input;
        this.capacity = capacity;
    }

    /** Null where there is no {@code splice} or no {@code /proc}, or the user has too many descriptors or pipes already. */
    static @Nullable FilePipe open(PosixStream socket) {
        if (!Platform.LINUX) {
            return null;
        }
        ByteBuffer scratch = Scratch.get();
        if (Libc.pipe2(Scratch.address(scratch, Scratch.VALUE), O_CLOEXEC) < 0) {
            return null;
        }
        int output = scratch.getInt(Scratch.VALUE);
        int input = scratch.getInt(Scratch.VALUE + Integer.BYTES);
        int capacity = Libc.fcntl(output, F_GETPIPE_SZ, 0) - Libc.pageSize();
        FileChannel reopened = capacity >= FEW ? reopened(input) : null;
        Libc.close(input);
        if (reopened == null) {
            Libc.close(output);
            return null;
        }
        return new FilePipe(socket, new Fd(output), reopened, capacity);
    }

    private static @Nullable FileChannel reopened(int input) {
        try {
            return FileChannel.open(Path.of("/proc/self/fd/" + input), StandardOpenOption.WRITE);
        } catch (IOException e) {
            return null; // there is another way to send, and it will say what is wrong with the file
        }
    }

    @Override
    public int send(FileChannel file, long position, int most) throws IOException {
        if (held == 0) {
            held = (int) file.transferTo(position, Math.min(most, capacity), input);
            if (held == 0) {
                return Transfer.END;
            }
        }
        int n;
        do {
            n = Libc.splice(output.number(), socket.descriptor(), Math.min(most, held), SPLICE_F_NONBLOCK);
        } while (n == -Errno.EINTR);
        if (n > 0) {
            held -= n;
            return n;
        }
        // The pages in the pipe are no longer the file's: it was cut short.
        return n == 0 ? Transfer.END : socket.refused(n);
    }

    @Override
    public void close() throws IOException {
        output.close();
        input.close();
    }
}
