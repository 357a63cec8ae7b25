package gyre.sys.nio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.sys.Ready;
import gyre.sys.Selector;
import gyre.sys.StreamSocket;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Behaviour 54. java.nio looks keys up by descriptor, boxed: 16 bytes an event for those above 127 wherever the compiler
 * can't tell that nobody keeps them, none with {@code -XX:AutoBoxCacheMax}. All else is ours, and is nothing.
 */
class NioAllocationTest {
    private static final int MESSAGES = 5_000;
    private static final int BOXES = 2 * 16;

    private final Buf message = Buf.allocate(100);
    private final Buf into = Buf.allocate(4096);

    @Test
    void anEchoAllocatesNothing() throws Exception {
        String[] open = new File("/proc/self/fd").list();
        double bound = 1 + (open == null || open.length > 100 ? BOXES : 0);
        double bytes = leastBytes() / (double) MESSAGES;
        assertTrue(bytes <= bound, () -> bytes + " bytes an echo, at most " + bound + " were expected");
    }

    @Test
    void withHighDescriptorsOnlyTheirBoxesAreAllocated() throws Exception {
        List<Pair> fill = new ArrayList<>();
        try {
            for (int i = 0; i < 70; i++) {
                fill.add(Pair.open());
            }
            double bytes = leastBytes() / (double) MESSAGES;
            assertTrue(bytes <= 1 + BOXES, () -> bytes + " bytes an echo");
        } finally {
            for (Pair each : fill) {
                each.close();
            }
        }
    }

    /** Of several rounds: the first load classes. Asking takes some 1,000 bytes itself: less than one an echo. */
    private long leastBytes() throws Exception {
        try (Pair pair = Pair.open();
                Selector selector = Pair.NIO.selector()) {
            Told client = new Told();
            Told server = new Told();
            selector.register(pair.client(), client);
            selector.register(pair.server(), server);
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 5; round++) {
                long before = allocated();
                for (int i = 0; i < MESSAGES; i++) {
                    pair.client().write(message.clear().advance(100));
                    receive(selector, pair.server(), server);
                    pair.server().write(into);
                    receive(selector, pair.client(), client);
                }
                least = Math.min(least, allocated() - before);
            }
            return least;
        }
    }

    private void receive(Selector selector, StreamSocket socket, Told told) throws IOException {
        told.bits &= ~Ready.READ;
        while (!told.readable()) {
            selector.rearm(socket, Ready.READ);
            selector.select(-1);
        }
        socket.read(into.clear());
    }

    /** Of this thread. By reflection, since the engine's module does not read jdk.management. */
    private static long allocated() throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        Method bytes = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        return (long) bytes.invoke(threads);
    }
}
