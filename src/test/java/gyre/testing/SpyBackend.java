package gyre.testing;

import gyre.buffer.Transfer;
import gyre.sys.Backend;
import gyre.sys.ListenSocket;
import gyre.sys.PacketSocket;
import gyre.sys.Selector;
import gyre.sys.SocketPair;
import gyre.sys.Source;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SelectableChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Another backend that counts sleeps, looks, wake-ups and rearms, and whose sockets fail as they are told. */
public class SpyBackend implements Backend {
    public final AtomicLong sleeps = new AtomicLong();
    public final AtomicLong looks = new AtomicLong();
    public final AtomicLong wakeups = new AtomicLong();
    public final AtomicLong rearms = new AtomicLong();

    /** What the next accepts fail with; loop thread. */
    public final Deque<IOException> acceptErrors = new ArrayDeque<>();

    /** How many of the next datagrams find no room; loop thread. */
    public int refusals;

    private final Backend real;

    public SpyBackend(Backend real) {
        this.real = real;
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public int rank() {
        return real.rank();
    }

    @Override
    public String unavailable() {
        return real.unavailable();
    }

    @Override
    public Selector selector() throws IOException {
        return new SpySelector(real.selector());
    }

    @Override
    public StreamSocket stream(ProtocolFamily family) throws IOException {
        return real.stream(family);
    }

    @Override
    public ListenSocket listener(ProtocolFamily family) throws IOException {
        return new SpyListener(real.listener(family));
    }

    @Override
    public PacketSocket packet(ProtocolFamily family) throws IOException {
        return (PacketSocket) Proxy.newProxyInstance(
                SpyBackend.class.getClassLoader(),
                new Class<?>[] {PacketSocket.class},
                new SpyPacket(real.packet(family)));
    }

    @Override
    public SocketPair<StreamSocket> streamPair() throws IOException {
        return real.streamPair();
    }

    @Override
    public SocketPair<PacketSocket> packetPair() throws IOException {
        return real.packetPair();
    }

    @Override
    public Source fromDescriptor(int descriptor) throws IOException {
        return real.fromDescriptor(descriptor);
    }

    @Override
    public Source fromChannel(SelectableChannel channel) throws IOException {
        return real.fromChannel(channel);
    }

    @Override
    public Source watch(SelectableChannel channel) throws IOException {
        return real.watch(channel);
    }

    private static Source unwrap(Source source) {
        if (Proxy.isProxyClass(source.getClass()) && Proxy.getInvocationHandler(source) instanceof SpyPacket spy) {
            return spy.socket;
        }
        return source instanceof SpyListener spy ? spy.socket : source;
    }

    private final class SpyPacket implements InvocationHandler {
        private final PacketSocket socket;

        SpyPacket(PacketSocket socket) {
            this.socket = socket;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("send") && refusals > 0) {
                refusals--;
                return Transfer.NOT_READY;
            }
            try {
                return method.invoke(socket, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    private final class SpySelector extends ForwardingSelector {
        SpySelector(Selector selector) {
            super(selector);
        }

        @Override
        protected Source unwrap(Source source) {
            return SpyBackend.unwrap(source);
        }

        @Override
        public void rearm(Source source, int bits) {
            rearms.incrementAndGet();
            super.rearm(source, bits);
        }

        @Override
        public void select(long nanos) throws IOException {
            (nanos == 0 ? looks : sleeps).incrementAndGet();
            super.select(nanos);
        }

        @Override
        public void wakeup() {
            wakeups.incrementAndGet();
            super.wakeup();
        }
    }

    private final class SpyListener implements ListenSocket {
        private final ListenSocket socket;

        SpyListener(ListenSocket socket) {
            this.socket = socket;
        }

        @Override
        public StreamSocket accept() throws IOException {
            IOException error = acceptErrors.poll();
            if (error != null) {
                throw error;
            }
            return socket.accept();
        }

        @Override
        public void listen(SocketAddress local, int backlog) throws IOException {
            socket.listen(local, backlog);
        }

        @Override
        public SocketAddress localAddress() throws IOException {
            return socket.localAddress();
        }

        @Override
        public <T> void option(SocketOption<T> option, T value) throws IOException {
            socket.option(option, value);
        }

        @Override
        public <T> T option(SocketOption<T> option) throws IOException {
            return socket.option(option);
        }

        @Override
        public Set<SocketOption<?>> options() {
            return socket.options();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        @Override
        public boolean isOpen() {
            return socket.isOpen();
        }
    }
}
