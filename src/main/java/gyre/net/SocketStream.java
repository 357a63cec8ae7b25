package gyre.net;

import gyre.buffer.Buf;
import gyre.future.Task;
import gyre.reactor.PollEvented;
import gyre.sys.FileSender;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.FileChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connected stream socket, TCP or Unix: {@link gyre.io.Io} with two ends and options. */
public abstract sealed class SocketStream extends EventedIo<StreamSocket> permits TcpStream, UnixStream {
    SocketStream(PollEvented<StreamSocket> evented) {
        super(evented);
    }

    /** Appends what has arrived and leaves it in the socket; answers as {@link #read}. */
    public final int peek(Task task, Buf into) throws IOException {
        if (into.writable() == 0) {
            throw new IllegalArgumentException("there is no room to read into: " + into);
        }
        if (!evented.pollRead(task)) {
            return NOT_READY;
        }
        return took(task, stream.peek(into));
    }

    /** What a read has answered that shows by nothing whether more is there. */
    final int took(Task task, int count) {
        if (count > 0) {
            evented.didRead(task, count, false);
        } else if (count == NOT_READY) {
            evented.needRead(task);
        }
        return count;
    }

    /** Sends from a file what is taken now, as {@link #write}; {@code END} if the file has nothing there. */
    final int send(Task task, FileSender sender, FileChannel from, long position, int most) throws IOException {
        return evented.pollWrite(task) ? wrote(task, sender.send(from, position, most), 0) : NOT_READY;
    }

    /** The peer sees the end after what was written; reading goes on. Never {@code NOT_READY}. */
    @Override
    public final int shutdownOutput(Task task) throws IOException {
        stream.shutdownOutput();
        return 0;
    }

    /** Reads answer {@code END} from now on, and wake up to do so. */
    public final void shutdownInput() throws IOException {
        stream.shutdownInput();
    }

    /** This end. */
    public abstract SocketAddress localAddress() throws IOException;

    /** The peer, also after it has gone. */
    public abstract SocketAddress remoteAddress();

    /** Sets an option of {@link #options}; errors as in {@link StreamSocket#option(SocketOption, Object)}. */
    public abstract <T> SocketStream option(SocketOption<T> option, T value) throws IOException;

    /** An option's value; null for one that is off and has none, as {@code SO_LINGER}. */
    public final <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return stream.option(option);
    }

    /** The options that the backend has. */
    public final Set<SocketOption<?>> options() {
        return stream.options();
    }
}
