package gyre.sys.nio;

import gyre.sys.Backend;
import gyre.sys.ListenSocket;
import gyre.sys.PacketSocket;
import gyre.sys.Selector;
import gyre.sys.SocketPair;
import gyre.sys.Source;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** The fallback: whatever {@code java.nio} runs on. Can adopt any selectable channel, and no descriptor. */
public final class NioBackend implements Backend {
    private static final long PROBE_MILLIS = 1_000;

    /** For {@link java.util.ServiceLoader}. */
    public NioBackend() {}

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public int rank() {
        return 0;
    }

    /**
     * The JDK's selector on Linux does not look at what epoll_ctl answers: where a sandbox denies it, who registers would wait
     * for ever. Whether a selector opens at all is for {@link #selector} to say.
     */
    @Override
    public @Nullable String unavailable() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return null;
        }
        try (java.nio.channels.Selector selector = java.nio.channels.Selector.open()) {
            Pipe pipe = Pipe.open();
            try (Pipe.SourceChannel in = pipe.source();
                    Pipe.SinkChannel out = pipe.sink()) {
                in.configureBlocking(false).register(selector, SelectionKey.OP_READ);
                out.write(ByteBuffer.allocate(1));
                return selector.select(PROBE_MILLIS) == 1
                        ? null
                        : "java.nio's selector hears nothing of a pipe with a byte in it";
            }
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * The JDK's first close of a channel loads a class that needs a descriptor of its own. If none is left by then, no
     * channel of this process can ever be closed: so the first close is here.
     */
    @Override
    public Selector selector() throws IOException {
        try {
            SocketChannel.open().close();
            return new NioSelector(java.nio.channels.Selector.open());
        } catch (IOException e) {
            IOException limit = Failures.limit("selector", e);
            throw limit != e ? limit : new IOException("java.nio can't open a selector: " + e.getMessage(), e);
        }
    }

    @Override
    public StreamSocket stream(ProtocolFamily family) throws IOException {
        return made(() -> SocketChannel.open(family), channel -> {
            if (family != StandardProtocolFamily.UNIX) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            return new NioStream(channel, false);
        });
    }

    /** SO_REUSEADDR is on where it means that a restart may bind at once: {@code java.nio} sees to it. */
    @Override
    public ListenSocket listener(ProtocolFamily family) throws IOException {
        return made(() -> ServerSocketChannel.open(family), NioListener::new);
    }

    @Override
    public PacketSocket packet(ProtocolFamily family) throws IOException {
        if (family == StandardProtocolFamily.UNIX) {
            throw noPackets();
        }
        return made(() -> DatagramChannel.open(family), NioPacket::new);
    }

    private interface Opening<C> {
        C open() throws IOException;
    }

    private interface Making<C, S> {
        S from(C channel) throws IOException;
    }

    /** What is made of a channel that was opened for it, and is closed if that fails. */
    private static <C extends Channel, S> S made(Opening<C> opening, Making<C, S> making) throws IOException {
        try {
            C channel = opening.open();
            try {
                return making.from(channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw Failures.limit("socket", e);
        }
    }

    @Override
    public SocketPair<StreamSocket> streamPair() throws IOException {
        return NioPair.open();
    }

    @Override
    public SocketPair<PacketSocket> packetPair() {
        throw noPackets();
    }

    @Override
    public Source fromChannel(SelectableChannel channel) throws IOException {
        return made(() -> channel, NioBackend::source);
    }

    private static NioSource source(SelectableChannel channel) throws IOException {
        if (channel instanceof SocketChannel socket) {
            return new NioStream(socket, true);
        }
        if (channel instanceof ServerSocketChannel socket) {
            return new NioListener(socket);
        }
        if (channel instanceof DatagramChannel socket) {
            return new NioPacket(socket);
        }
        return new NioBytes(channel);
    }

    @Override
    public Source watch(SelectableChannel channel) throws IOException {
        return new NioChannel(channel);
    }

    private static UnsupportedOperationException noPackets() {
        return new UnsupportedOperationException(
                "the nio backend has no Unix datagram sockets, as the JDK has none: epoll and kqueue can");
    }
}
