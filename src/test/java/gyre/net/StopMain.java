package gyre.net;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.Copy;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import gyre.reactor.LoopClosedException;
import gyre.reactor.Signals;
import gyre.testing.OpenDescriptors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An echo server that at SIGTERM closes its Core as it is told to, and says which thread is its loop, and which descriptors it
 * had before and has after.
 */
final class StopMain {
    enum Way {
        AFTER_RUN,
        IN_A_TASK,
        BY_TWO_THREADS
    }

    private StopMain() {}

    public static void main(String[] args) throws Exception {
        Core.builder().backend(args[0]).open().close(); // what the JVM opens once, it opens here
        List<String> before = OpenDescriptors.now().kinds();
        Core core = Core.builder().backend(args[0]).open();
        try (core) {
            Handle handle = core.handle();
            TcpListener listener = TcpListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handle);
            var stop = Signals.first("TERM");
            System.out.println("loop " + Files.readSymbolicLink(Path.of("/proc/thread-self")));
            System.out.println("port " + listener.localAddress().getPort());
            var server = listener.incoming()
                    .forEach(socket -> handle.spawn(Futures.using(socket, s -> Copy.copy(s, s))
                            .recover(reset -> 0L))); // by a client that goes first
            switch (Way.valueOf(args[1])) {
                case AFTER_RUN -> core.run(server.race(stop.andThen(signal -> Futures.done())));
                case IN_A_TASK -> runUntilClosed(core, stop.inspect(signal -> closeTwice(core)), server);
                case BY_TWO_THREADS -> runUntilClosed(core, stop.inspect(signal -> closeByTwo(core)), server);
            }
        }
        core.close();
        System.out.println("before " + before);
        System.out.println("after " + OpenDescriptors.now().kinds());
    }

    private static void runUntilClosed(Core core, Future<?> closing, Future<Void> server) throws IOException {
        core.handle().spawn(closing);
        try {
            core.run(server);
            throw new IllegalStateException("nothing closed it");
        } catch (LoopClosedException e) {
            System.out.println("closed during run");
        }
    }

    private static void closeTwice(Core core) throws IOException {
        core.close();
        core.close();
    }

    private static void closeByTwo(Core core) {
        for (int i = 0; i < 2; i++) {
            new Thread(() -> {
                        try {
                            closeTwice(core);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .start();
        }
    }
}
