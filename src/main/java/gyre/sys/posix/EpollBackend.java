package gyre.sys.posix;

import gyre.natives.Platform;
import gyre.sys.Backend;
import gyre.sys.ListenSocket;
import gyre.sys.PacketSocket;
import gyre.sys.Selector;
import gyre.sys.SocketPair;
import gyre.sys.Source;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.ProtocolFamily;
import org.jspecify.annotations.Nullable;

/** Linux by its own system calls. The property {@code gyre.epoll.pwait2=false} makes it wait in whole milliseconds. */
public final class EpollBackend implements Backend {
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
        return 100;
    }

    @Override
    public @Nullable String unavailable() {
        try {
            String reason = Platform.unusable();
            if (reason != null) {
                return reason;
            }
            new EpollSelector(pwait2).close();
            return null;
        } catch (Throwable e) { // a LinkageError too leads to the next backend
            return "opening a selector failed: " + e;
        }
    }

    @Override
    public Selector selector() throws IOException {
        return new EpollSelector(pwait2);
    }

    @Override
    public StreamSocket stream(ProtocolFamily family) throws IOException {
        return Sockets.stream(family);
    }

    @Override
    public ListenSocket listener(ProtocolFamily family) throws IOException {
        return Sockets.listener(family);
    }

    @Override
    public PacketSocket packet(ProtocolFamily family) throws IOException {
        return Sockets.packet(family);
    }

    @Override
    public SocketPair<StreamSocket> streamPair() throws IOException {
        return Sockets.streamPair();
    }

    @Override
    public SocketPair<PacketSocket> packetPair() throws IOException {
        return Sockets.packetPair();
    }

    @Override
    public Source fromDescriptor(int descriptor) throws IOException {
        return Sockets.adopt(descriptor);
    }

    @Override
    public String toString() {
        return name();
    }
}
