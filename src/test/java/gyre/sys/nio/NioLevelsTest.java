package gyre.sys.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.sys.ListenSocket;
import gyre.sys.Ready;
import gyre.sys.Selector;
import gyre.sys.StreamSocket;
import gyre.testing.OpenDescriptors;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How levels look like edges, and what the selector does that its contract leaves open. */
class NioLevelsTest {
    private static final int MANY = 100;
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(20);

    private Selector selector;
    private Pair pair;
    private final Told told = new Told();

    @BeforeEach
    void open() throws IOException {
        selector = Pair.NIO.selector();
        pair = Pair.open();
        selector.register(pair.server(), told);
        selector.select(0);
    }

    @AfterEach
    void close() throws IOException {
        selector.close();
        pair.close();
    }

    @Test
    void anEventThatNobodyWaitsForIsToldTwiceAndNoMore() throws IOException {
        pair.client().write(Buf.copyOf("x"));
        for (int turn = 0; turn < 20; turn++) {
            selector.select(turn == 0 ? -1 : 0);
        }
        assertEquals(2, told.reads);

        long start = System.nanoTime();
        selector.select(TICK);
        assertTrue(System.nanoTime() - start >= TICK, "select returned early for an event that is disarmed");
    }

    @Test
    void rearmTellsWhatIsStillThere() throws IOException {
        anEventThatNobodyWaitsForIsToldTwiceAndNoMore();
        selector.rearm(pair.server(), Ready.READ);
        selector.select(-1);
        assertEquals(3, told.reads);
    }

    @Test
    void aFreshSocketIsToldWritableOnce() throws IOException {
        for (int turn = 0; turn < 10; turn++) {
            selector.select(0);
        }
        assertEquals(1, told.writes);
        assertEquals(0, told.reads);
    }

    @Test
    void writableIsToldOnceAfterEachRearm() throws IOException {
        for (int rearms = 1; rearms <= 3; rearms++) {
            selector.rearm(pair.server(), Ready.WRITE);
            for (int turn = 0; turn < 10; turn++) {
                selector.select(0);
            }
            assertEquals(1 + rearms, told.writes);
        }
    }

    @Test
    void aRefusedWriteIsToldWhenThePeerHasReadSome() throws IOException {
        Buf bytes = Buf.allocate(1 << 16);
        do {
            bytes.clear().advance(bytes.capacity());
        } while (pair.server().write(bytes) != Transfer.NOT_READY);
        selector.rearm(pair.server(), Ready.WRITE);
        selector.select(0);
        assertEquals(1, told.writes, "told writable while nothing fits");

        while (told.writes == 1) {
            pair.client().read(bytes.clear());
            selector.select(0);
        }
        assertTrue(pair.server().write(bytes.clear().advance(1)) > 0);
    }

    @Test
    void finishConnectBeforeTheEventLeavesNothingThatSpins() throws IOException {
        try (ListenSocket listener = Pair.listener();
                var client = Pair.NIO.stream(StandardProtocolFamily.INET)) {
            Told late = new Told();
            boolean connected = client.connect(listener.localAddress());
            selector.register(client, late);
            Pair.finish(client);
            selector.select(connected ? 0 : -1);
            assertTrue(late.writable());
            // Left set on a connected socket, java.nio would return at once, again and again, with nothing to tell.
            assertFalse(((NioSource) client).armed(SelectionKey.OP_CONNECT));

            long start = System.nanoTime();
            selector.select(TICK);
            assertTrue(System.nanoTime() - start >= TICK);

            try (var server = Pair.accept(listener)) {
                server.write(Buf.copyOf("x"));
                selector.select(-1);
                assertTrue(late.readable(), "reading was not watched after the connect");
            }
            selector.deregister(client);
        }
    }

    @Test
    void aFailedConnectIsToldAndThenNeverSpins() throws IOException {
        SocketAddress nobody;
        try (ListenSocket listener = Pair.listener()) {
            nobody = listener.localAddress();
        }
        try (var client = Pair.NIO.stream(StandardProtocolFamily.INET)) {
            Told late = new Told();
            if (client.connect(nobody)) {
                return;
            }
            selector.register(client, late);
            selector.rearm(client, Ready.READ);
            selector.select(-1);
            assertTrue(late.writable());
            long start = System.nanoTime();
            selector.select(TICK);
            assertTrue(System.nanoTime() - start >= TICK);
            selector.deregister(client);
        }
    }

    @Test
    void aClosedListenerFreesItsPortBeforeTheNextSelect() throws IOException {
        ListenSocket first = Pair.listener();
        SocketAddress address = first.localAddress();
        selector.register(first, new Told());
        selector.select(0);
        selector.deregister(first);
        first.close();
        try (ListenSocket second = Pair.NIO.listener(StandardProtocolFamily.INET)) {
            second.listen(address, 1);
            assertEquals(true, second.option(StandardSocketOptions.SO_REUSEADDR));
        }
    }

    /** A look for each of them would see all of the others each time. */
    @Test
    void ofManyThatGoAtOnceTheLastAreFreedByTheNextSelect() throws IOException {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            pairs.add(Pair.open());
            selector.register(pairs.get(i).server(), new Told());
        }
        OpenDescriptors before = OpenDescriptors.now();
        for (Pair each : pairs) {
            selector.deregister(each.server());
        }
        Told again = new Told();
        StreamSocket last = pairs.get(MANY - 1).server();
        selector.register(last, again);
        selector.select(0);
        assertEquals(1, again.writes);
        for (Pair each : pairs) {
            if (each.server() != last) {
                each.server().close();
            }
        }
        assertEquals(before.count() - (MANY - 1), OpenDescriptors.now().count());
        selector.deregister(last);
        for (Pair each : pairs) {
            each.close();
        }
        assertEquals(before.count() - 2 * MANY, OpenDescriptors.now().count());
    }

    @Test
    void aWakeUpOutlivesTheSelectInsideDeregister() throws IOException {
        selector.wakeup();
        selector.deregister(pair.server());
        selector.select(-1);

        long start = System.nanoTime();
        selector.select(TICK);
        assertTrue(System.nanoTime() - start >= TICK, "one wake-up ended two selects");
    }

    @Test
    void wakeUpAfterCloseDoesNothing() throws IOException {
        selector.close();
        selector.wakeup();
        selector.close();
        selector.deregister(pair.server());
        assertFalse(selector.interrupted());
    }
}
