package gyre.net;

import gyre.future.Futures;
import gyre.io.Copy;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import gyre.reactor.Interval;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** An echo server for a JVM with few descriptors, {@code BACKEND [refuse]}: says each half second what accepting and the loop have cost. */
final class FullMain {
    private FullMain() {}

    public static void main(String[] args) throws Exception {
        try (Core core = Core.builder().backend(args[0]).open()) {
            Handle handle = core.handle();
            TcpListener listener = TcpListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handle);
            if (args.length > 1) {
                listener.refuseWhenFull();
            }
            cpuMillis(); // loads a library, for which there will be no descriptor
            System.out.println("port " + listener.localAddress().getPort());
            handle.spawn(listener.incoming()
                    .forEach(socket -> handle.spawn(Futures.using(socket, s -> Copy.copy(s, s)))));
            core.run(Interval.every(Duration.ofMillis(500), handle)
                    .forEach(tick ->
                            System.out.println("cost " + listener.acceptErrors() + " errors, " + cpuMillis() + " ms")));
        }
    }

    /** By reflection, since the engine's module does not read java.management. */
    private static long cpuMillis() throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        return (long) Class.forName("java.lang.management.ThreadMXBean")
                        .getMethod("getCurrentThreadCpuTime")
                        .invoke(threads)
                / 1_000_000;
    }
}
