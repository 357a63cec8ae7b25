package gyre.sys.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.sys.Ready;
import gyre.sys.Selector;
import gyre.sys.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the events of epoll become. */
@EnabledOnOs(OS.LINUX)
class EpollEventsTest {
    private final EpollBackend backend = new EpollBackend();

    @Test
    void moreEventsThanABatchHoldsAreAllTold() throws IOException {
        int sources = 2_500;
        List<Source> open = new ArrayList<>();
        int[] told = new int[sources];
        try (Pipe pipe = Pipe.open();
                Selector selector = backend.selector();
                PosixFile out = new PosixFile(Sockets.adopt(pipe.out()).fd.number())) {
            out.write(Buf.copyOf("x"));
            for (int i = 0; i < sources; i++) {
                int source = i;
                open.add(backend.fromDescriptor(pipe.in()));
                selector.register(open.get(i), bits -> told[source] |= bits);
            }
            for (int turns = 0; turns < 3; turns++) {
                selector.select(0);
            }
            for (int bits : told) {
                assertEquals(Ready.READ, bits);
            }
            for (Source source : open) {
                selector.deregister(source);
                source.close();
            }
        }
    }

    @Test
    void aPipesEndIsAnErrorToItsWriterAndAClosingToItsReader() throws IOException {
        int[] told = new int[2];
        try (Selector selector = backend.selector();
                Pipe first = Pipe.open();
                Pipe second = Pipe.open();
                Source in = backend.fromDescriptor(first.in());
                Source out = backend.fromDescriptor(second.out())) {
            selector.register(in, bits -> told[0] = bits);
            selector.register(out, bits -> told[1] = bits);
            first.closeOut();
            second.closeIn();
            while (told[0] == 0 || (told[1] & Ready.ERROR) == 0) {
                selector.select(-1);
            }
            assertEquals(Ready.READ | Ready.WRITE | Ready.READ_CLOSED | Ready.WRITE_CLOSED, told[0]);
            assertEquals(Ready.READ | Ready.WRITE | Ready.ERROR, told[1]);
        }
    }

    @Test
    void aPeersEndAndAResetComeWithStickyBits() throws IOException {
        int[] told = new int[1];
        try (Selector selector = backend.selector();
                PosixListener listener = Sockets.listener(StandardProtocolFamily.INET)) {
            PosixStream client = Sockets.stream(StandardProtocolFamily.INET);
            listener.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
            client.connect(listener.localAddress());
            Source server = listener.accept();
            while (server == null) {
                server = listener.accept();
            }
            selector.register(server, bits -> told[0] |= bits);
            client.shutdownOutput();
            while ((told[0] & Ready.READ_CLOSED) == 0) {
                selector.select(-1);
            }
            assertEquals(0, told[0] & (Ready.WRITE_CLOSED | Ready.ERROR));
            client.option(StandardSocketOptions.SO_LINGER, 0);
            client.close();
            while ((told[0] & (Ready.WRITE_CLOSED | Ready.ERROR)) != (Ready.WRITE_CLOSED | Ready.ERROR)) {
                selector.select(-1);
            }
            selector.deregister(server);
            server.close();
        }
    }

    /** A stop and a continue end epoll's wait with EINTR. */
    @Test
    void aSignalDoesNotShortenAWait() throws Exception {
        long pid = ProcessHandle.current().pid();
        for (boolean pwait2 : new boolean[] {true, false}) {
            Process signals = new ProcessBuilder(
                            "sh", "-c", "sleep 0.1; kill -STOP " + pid + "; sleep 0.05; kill -CONT " + pid)
                    .inheritIO()
                    .start();
            try (Selector selector = new EpollBackend(pwait2).selector()) {
                long wait = TimeUnit.MILLISECONDS.toNanos(400);
                long start = System.nanoTime();
                selector.select(wait);
                assertTrue(System.nanoTime() - start >= wait);
            }
            assertEquals(0, signals.waitFor());
        }
    }
}
