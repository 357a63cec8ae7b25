package gyre.sys;

import gyre.buffer.Buf;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A TCP or Unix stream socket, non-blocking from the start. */
public interface StreamSocket extends ByteStream {
    /** Gives it a local address, before {@link #connect}. */
    void bind(SocketAddress local) throws IOException;

    /**
     * Begins to connect. To be called before the socket is registered.
     *
     * @return whether it is connected already; if not, {@link Ready#WRITE} tells when {@link #finishConnect} will know
     */
    boolean connect(SocketAddress remote) throws IOException;

    /** Whether the connect has succeeded; false if it is still under way. Fails if the connect did. */
    boolean finishConnect() throws IOException;

    /** Like {@link #read}, but the bytes stay in the socket. */
    int peek(Buf into) throws IOException;

    /** No more bytes will be written; the peer sees the end after those already accepted. */
    void shutdownOutput() throws IOException;

    /** No more bytes will be read: reads answer {@code END}. */
    void shutdownInput() throws IOException;

    /** The address that it is bound to. */
    SocketAddress localAddress() throws IOException;

    /** The peer's address, or null if not connected. Known from the connect or accept on: still there when the peer has gone. */
    @Nullable SocketAddress remoteAddress();

    /**
     * Sets an option.
     *
     * @throws UnsupportedOperationException if the backend doesn't have it
     * @throws IllegalArgumentException if the value is out of its range
     */
    <T> void option(SocketOption<T> option, T value) throws IOException;

    /** Reads an option back; null where the option is off and has no value, as {@code SO_LINGER}. */
    <T> @Nullable T option(SocketOption<T> option) throws IOException;

    /** The options that {@link #option} takes. */
    Set<SocketOption<?>> options();
}
