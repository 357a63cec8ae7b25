package gyre.net;

import gyre.future.Futures;
import gyre.io.Copy;
import gyre.reactor.Core;
import gyre.reactor.CoreGroup;
import gyre.reactor.Handle;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;

/** An echo server on a loop of its own; {@link TwoCopiesTest} makes it by other class loaders and sees what the JDK knows. */
public final class EchoCopy implements IntSupplier, Closeable {
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CoreGroup group;

    public EchoCopy(String backend) throws Exception {
        group = CoreGroup.builder()
                .size(1)
                .core(Core.builder().backend(backend))
                .start(pinned -> {
                    Handle handle = pinned.handle();
                    TcpListener listener =
                            TcpListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handle);
                    port.complete(listener.localAddress().getPort());
                    handle.spawn(listener.incoming().forEach(socket -> handle.spawn(Copy.copy(socket, socket))));
                    return Futures.done();
                });
    }

    /** Where it listens. */
    @Override
    public int getAsInt() {
        return port.join();
    }

    @Override
    public void close() {
        group.close();
    }
}
