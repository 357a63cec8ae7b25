package gyre.sys.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.sys.Ready;
import gyre.sys.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the events of kqueue become, and what becomes of registrations. */
class KqueueEventsTest extends OnKqueue {
    /** More changes than one call makes, more events than one call brings. */
    @Test
    void moreSourcesThanABatchHoldsAreAllTold() throws IOException {
        int[] told = new int[2_500];
        List<Source> open = new ArrayList<>();
        try (Pipe pipe = Pipe.open()) {
            Source out = backend.fromDescriptor(pipe.out());
            ((PosixFile) out).write(Buf.copyOf("x"));
            open.add(out);
            for (int i = 0; i < told.length; i++) {
                int source = i;
                open.add(backend.fromDescriptor(pipe.in()));
                selector.register(open.get(i + 1), bits -> told[source] |= bits);
            }
            for (int turns = 0; turns < 20; turns++) {
                selector.select(0);
            }
            for (int bits : told) {
                assertEquals(Ready.READ, bits & Ready.READ);
            }
            for (Source source : open) {
                selector.deregister(source);
                source.close();
            }
        }
    }

    /** Row 37: neither end of a pipe has both filters. */
    @Test
    void aPipesEndIsToldToBothEnds() throws IOException {
        try (Pipe first = Pipe.open();
                Pipe second = Pipe.open();
                Source in = backend.fromDescriptor(first.in());
                Source out = backend.fromDescriptor(second.out())) {
            watch(in, 0);
            watch(out, 1);
            selector.select(0);
            told[0] = 0;
            told[1] = 0;
            first.closeOut();
            second.closeIn();
            await(0, Ready.READ | Ready.READ_CLOSED);
            await(1, Ready.WRITE | Ready.WRITE_CLOSED);
            assertEquals(0, told[0] & Ready.WRITE_CLOSED);
            assertEquals(0, told[1] & Ready.READ_CLOSED);
            selector.deregister(in);
            selector.deregister(out);
        }
    }

    /** A kqueue that takes a file has it always ready. */
    @Test
    void aFileIsReadyOrRefused() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"));
                Source source = backend.fromDescriptor(open.filter(Files::isRegularFile)
                        .mapToInt(file -> Integer.parseInt(file.getFileName().toString()))
                        .findFirst()
                        .orElseThrow())) {
            try {
                watch(source, 0);
            } catch (IOException e) {
                assertTrue(e.getMessage().contains("can't be watched"), e.getMessage());
                selector.deregister(source);
                assertThrows(IOException.class, () -> watch(source, 0));
                return;
            }
            await(0, Ready.READ);
            selector.deregister(source);
        }
    }

    @Test
    void aPeersEndAndAResetComeWithStickyBits() throws IOException {
        try (PosixListener listener = Sockets.listener(StandardProtocolFamily.INET)) {
            PosixStream client = Sockets.stream(StandardProtocolFamily.INET);
            listener.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
            client.connect(listener.localAddress());
            Source server = listener.accept();
            while (server == null) {
                server = listener.accept();
            }
            watch(server, 0);
            client.write(Buf.copyOf("before the end"));
            client.shutdownOutput();
            await(0, Ready.READ | Ready.READ_CLOSED);
            assertEquals(0, told[0] & (Ready.WRITE_CLOSED | Ready.ERROR));
            Buf into = Buf.allocate(64);
            assertEquals(14, ((PosixStream) server).read(into));
            assertEquals(-1, ((PosixStream) server).read(into));
            client.option(StandardSocketOptions.SO_LINGER, 0);
            client.close();
            await(0, Ready.WRITE_CLOSED | Ready.ERROR);
            selector.deregister(server);
            server.close();
        }
    }

    /** A short read ends before urgent data, and there is no filter for it: none may be taken for the last. */
    @Test
    void aShortReadIsNeverTakenForTheLast() throws IOException {
        try (PosixListener listener = Sockets.listener(StandardProtocolFamily.INET)) {
            listener.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
            InetSocketAddress to = (InetSocketAddress) listener.localAddress();
            try (Socket client = new Socket(to.getAddress(), to.getPort())) {
                Source server = listener.accept();
                while (server == null) {
                    server = listener.accept();
                }
                watch(server, 0);
                client.getOutputStream().write('a');
                client.sendUrgentData('!');
                client.getOutputStream().write('b');
                await(0, Ready.READ);
                assertTrue((told[0] & Ready.STICKY) != 0);
                selector.deregister(server);
                server.close();
            }
        }
    }

    @Test
    void aSourceThatGoesBeforeTheNextWaitIsNotTold() throws IOException {
        try (Pipe pipe = Pipe.open();
                Source first = backend.fromDescriptor(pipe.out())) {
            Source second = backend.fromDescriptor(pipe.out());
            watch(first, 0);
            selector.deregister(first);
            watch(first, 1);
            selector.deregister(first);
            watch(second, 0);
            second.close();
            selector.select(TimeUnit.MILLISECONDS.toNanos(20));
            assertEquals(0, told[0]);
            assertEquals(0, told[1]);
            watch(first, 1);
            await(1, Ready.WRITE);
            selector.deregister(first);
        }
    }

    /** A stop and a continue end kevent's wait with EINTR. */
    @Test
    void aSignalDoesNotShortenAWait() throws Exception {
        long pid = ProcessHandle.current().pid();
        Process signals = new ProcessBuilder(
                        "sh", "-c", "sleep 0.1; kill -STOP " + pid + "; sleep 0.05; kill -CONT " + pid)
                .inheritIO()
                .start();
        long wait = TimeUnit.MILLISECONDS.toNanos(400);
        long start = System.nanoTime();
        selector.select(wait);
        assertTrue(System.nanoTime() - start >= wait);
        assertEquals(0, signals.waitFor());
    }
}
