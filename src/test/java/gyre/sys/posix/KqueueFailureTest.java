package gyre.sys.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.natives.Errno;
import gyre.sys.Ready;
import gyre.sys.ResourceLimitException;
import gyre.sys.Source;
import gyre.testing.KqueueLibrary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of changes when the call that carries them fails, or one of them. */
class KqueueFailureTest extends OnKqueue {
    @AfterEach
    @Override
    void close() throws Exception {
        KqueueLibrary.fail(0, 0, 0);
        super.close();
    }

    /** Whether the kernel has no memory for a call, or for some of its changes. */
    @Test
    void whatCouldNotBeAddedIsAddedByALaterCall() throws Exception {
        int[][] failures = {{1, 0}, {3, 0}, {0, 1}, {0, 2}, {0, 3}, {0, 7}, {2, 5}};
        for (int[] failure : failures) {
            for (int error : new int[] {Errno.ENOMEM, Errno.ENOBUFS}) {
                try (PosixPacket first = packet();
                        PosixPacket second = packet()) {
                    told[0] = 0;
                    told[1] = 0;
                    watch(first, 0);
                    watch(second, 1);
                    first.send(Buf.copyOf("x"), second.localAddress());
                    KqueueLibrary.fail(failure[0], failure[1], error);
                    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                    while ((told[0] & Ready.WRITE) == 0 || (told[1] & Ready.READ) == 0) {
                        selector.select(TimeUnit.SECONDS.toNanos(10));
                        assertTrue(System.nanoTime() < deadline, "never told");
                    }
                    selector.deregister(first);
                    selector.deregister(second);
                }
            }
        }
    }

    /** Else a loop whose tasks could free some would stand still, or what is to be added would double at each turn. */
    @Test
    void whileThereIsNoMemoryAWaitEndsAndAsksForEachFilterOnce() throws Exception {
        List<Source> open = new ArrayList<>();
        int sources = 700;
        try {
            for (int i = 0; i < sources; i++) {
                open.add(packet());
                watch(open.get(i), 0);
            }
            KqueueLibrary.fail(0, 5 * 2 * sources, Errno.ENOMEM);
            for (int turns = 0; turns < 5; turns++) {
                selector.select(-1);
                assertEquals(0, told[0]);
            }
            await(0, Ready.WRITE);
        } finally {
            KqueueLibrary.fail(0, 0, 0);
            for (Source each : open) {
                selector.deregister(each);
                each.close();
            }
        }
    }

    /** The kernel has made the changes: a source is told, and once. */
    @Test
    void anInterruptLosesNoChange() throws Exception {
        try (PosixPacket packet = packet()) {
            watch(packet, 0);
            KqueueLibrary.fail(2, 0, Errno.EINTR);
            selector.select(-1);
            assertEquals(Ready.WRITE, told[0] & (Ready.WRITE | Ready.READ));
            selector.deregister(packet);
        }
    }

    @Test
    void aCallThatFailsOtherwiseSaysSoAndLosesNoChange() throws Exception {
        try (PosixPacket packet = packet()) {
            watch(packet, 0);
            KqueueLibrary.fail(1, 0, Errno.EACCES);
            var e = assertThrows(IOException.class, () -> selector.select(-1));
            assertTrue(e.getMessage().contains("kevent"), e.getMessage());
            await(0, Ready.WRITE);
            KqueueLibrary.fail(1, 0, Errno.ENOMEM);
            assertThrows(IOException.class, () -> selector.select(0), "it asked for nothing that needs memory");
            selector.deregister(packet);
        }
    }

    /** What is not a socket is added at once: who registers it hears of it. */
    @Test
    void aRegistrationThatIsRefusedLeavesNothing() throws Exception {
        try (Pipe pipe = Pipe.open();
                Source in = backend.fromDescriptor(pipe.in())) {
            KqueueLibrary.fail(1, 0, Errno.ENOMEM);
            assertThrows(ResourceLimitException.class, () -> watch(in, 0));
            KqueueLibrary.fail(0, 1, Errno.ENOMEM);
            assertThrows(ResourceLimitException.class, () -> watch(in, 0));
            KqueueLibrary.fail(0, 2, Errno.EINVAL);
            assertThrows(IOException.class, () -> watch(in, 0));
            selector.deregister(in);
            selector.select(0);
            watch(in, 1);
            pipe.closeOut();
            await(1, Ready.READ_CLOSED);
            assertEquals(0, told[0]);
            selector.deregister(in);
        }
    }

    private static PosixPacket packet() throws IOException {
        PosixPacket packet = Sockets.packet(StandardProtocolFamily.INET);
        packet.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return packet;
    }
}
