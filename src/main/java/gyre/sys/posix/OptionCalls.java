package gyre.sys.posix;

import gyre.natives.Errno;
import gyre.natives.Libc;
import java.io.IOException;
import java.net.SocketOption;

/**
 * The calls that set and read what a user has asked for, whose refusals name it. What this system or this kernel does not
 * know is an {@link UnsupportedOperationException}, as if the table had not listed it.
 */
final class OptionCalls {
    private OptionCalls() {}

    static void set(PosixSource socket, SocketOption<?> option, int level, int number, int value) throws IOException {
        Scratch.get().putInt(Scratch.VALUE, value);
        set(socket, option, level, number, Scratch.VALUE, Integer.BYTES);
    }

    /** Sets it to what lies there in the scratch memory. */
    static void set(PosixSource socket, SocketOption<?> option, int level, int number, int at, int length)
            throws IOException {
        long value = Scratch.address(Scratch.get(), at);
        int result = Libc.setsockopt(socket.fd.number(), level, number, value, length);
        if (result < 0) {
            throw refused(socket, result, "set ", option);
        }
    }

    /** The first {@code int} of its value; a shorter one is filled up with zeros. */
    static int get(PosixSource socket, SocketOption<?> option, int level, int number, int length) throws IOException {
        Scratch.get().putLong(Scratch.VALUE, 0);
        read(socket, option, level, number, Scratch.VALUE, length);
        return Scratch.get().getInt(Scratch.VALUE);
    }

    /** Reads its value to that place in the scratch memory; answers how many of the bytes there are. */
    static int read(PosixSource socket, SocketOption<?> option, int level, int number, int at, int length)
            throws IOException {
        int result = SocketCalls.tryGet(socket.fd.number(), level, number, at, length);
        if (result < 0) {
            throw refused(socket, result, "read ", option);
        }
        return Scratch.get().getInt(Scratch.LENGTH);
    }

    private static IOException refused(PosixSource socket, int result, String action, SocketOption<?> option) {
        if (result == -Errno.ENOPROTOOPT || result == -Errno.EOPNOTSUPP) {
            throw new UnsupportedOperationException("cannot " + action + option.name()
                    + ": this system does not know it for such a socket (" + Errno.name(-result) + ")");
        }
        return socket.failure(result, action + option.name());
    }
}
