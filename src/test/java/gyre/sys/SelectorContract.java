package gyre.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How a selector tells, waits and wakes, on any backend. */
abstract class SelectorContract extends BackendContract {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(20);

    @Test
    void readableIsToldAgainAfterItWasUsedUp() throws IOException {
        Pair pair = pair();
        Buf into = Buf.allocate(16);
        for (int round = 0; round < 3; round++) {
            assertEquals(Transfer.NOT_READY, pair.server().socket().read(into.clear()));
            pair.client().write(Buf.copyOf("x"));
            turns.await(pair.server().socket(), pair.server().told(), Ready.READ);
            assertEquals(1, pair.server().socket().read(into));
        }
    }

    @Test
    void bytesThatCameBeforeTheRegistrationAreTold() throws IOException {
        ListenSocket listener = listen();
        Link client = connect(stream(), listener.localAddress());
        StreamSocket server = accept(listener);
        client.write(Buf.copyOf("early"));
        Buf peeked = Buf.allocate(8);
        while (server.peek(peeked.clear()) == Transfer.NOT_READY) {
            Thread.onSpinWait();
        }
        Recorder told = new Recorder();
        selector.register(server, told);
        turns.until(() -> told.told(Ready.READ), "readable");
    }

    @Test
    void writableIsToldWhenThePeerMakesRoom() throws IOException {
        Pair pair = pair();
        long taken = pair.client().fill();
        Recorder told = pair.client().told();
        told.forget(Ready.WRITE);
        selector.rearm(pair.client().socket(), Ready.WRITE);
        selector.select(0);
        assertFalse(told.told(Ready.WRITE), "told writable while nothing fits");

        Buf into = Buf.allocate(1 << 20);
        for (long left = taken; left > 0; ) {
            left -= pair.server().read(into.clear());
        }
        turns.until(() -> told.told(Ready.WRITE), "writable");
        assertTrue(pair.client().socket().write(Buf.copyOf("x")) > 0);
    }

    @Test
    void aListenerIsToldOfEachNewcomer() throws IOException {
        ListenSocket listener = listen();
        Recorder told = new Recorder();
        selector.register(listener, told);
        for (int round = 0; round < 3; round++) {
            connect(stream(), listener.localAddress());
            turns.until(() -> told.told(Ready.READ), "a newcomer");
            accept(listener);
            assertEquals(null, listener.accept());
            told.forget(Ready.READ);
            selector.rearm(listener, Ready.READ);
        }
    }

    @Test
    void thePeersEndIsTold() throws IOException {
        Pair pair = pair();
        assertEquals(Transfer.NOT_READY, pair.server().socket().read(Buf.allocate(1)));
        pair.client().socket().shutdownOutput();
        turns.await(pair.server().socket(), pair.server().told(), Ready.READ);
        assertEquals(Transfer.END, pair.server().socket().read(Buf.allocate(1)));
    }

    @Test
    void aDeregisteredSourceIsNeverToldAgain() throws IOException {
        Pair pair = pair();
        selector.select(0);
        selector.deregister(pair.server().socket());
        int before = pair.server().told().calls;
        pair.client().write(Buf.copyOf("x"));
        while (pair.server().socket().peek(Buf.allocate(1)) == Transfer.NOT_READY) {
            selector.select(0);
        }
        selector.select(TICK);
        assertEquals(before, pair.server().told().calls);
    }

    /** Row 22 of the behaviours: A is closed while B's event of the same batch is handled. */
    @Test
    void aSourceDeregisteredInTheBatchIsNotTold() throws IOException {
        StreamSocket[] ready = twoReadable();
        Recorder[] told = {new Recorder(), new Recorder()};
        for (int i = 0; i < 2; i++) {
            int me = i;
            selector.register(ready[me], bits -> closing(ready[1 - me], told[me], bits));
        }
        turns.until(() -> told[0].calls + told[1].calls > 0, "one of two");
        selector.select(TICK);
        assertTrue(told[0].calls == 0 || told[1].calls == 0, "each closed the other");
    }

    /** Row 23: the descriptor's number comes back in the same batch and belongs to someone else. */
    @Test
    void theEventsOfAClosedSourceAreNotToldToItsSuccessor() throws IOException {
        StreamSocket[] ready = twoReadable();
        Recorder told = new Recorder();
        Recorder successor = new Recorder();
        for (int i = 0; i < 2; i++) {
            StreamSocket other = ready[1 - i];
            int number = number(other);
            selector.register(ready[i], bits -> {
                if (closing(other, told, bits) == 0 && told.calls == 1) {
                    register(successor, number);
                }
                return 0;
            });
        }
        while (told.calls == 0) {
            selector.select(-1);
        }
        assertFalse(successor.told(Ready.READ), "told the readiness of its predecessor");
    }

    /** Where nobody but the JDK knows it, 0. */
    private static int number(StreamSocket socket) throws IOException {
        try {
            return socket.descriptor();
        } catch (UnsupportedOperationException e) {
            return 0;
        }
    }

    private void register(Recorder successor, int number) {
        try {
            StreamSocket young = stream();
            assertEquals(number, number(young), "the number has not come back");
            selector.register(young, successor);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private int closing(StreamSocket other, Recorder told, int bits) {
        try {
            told.ready(bits);
            selector.deregister(other);
            other.close();
            return 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Two accepted sockets, not watched, that both have something to read. */
    private StreamSocket[] twoReadable() throws IOException {
        ListenSocket listener = listen();
        StreamSocket[] ready = new StreamSocket[2];
        for (int i = 0; i < 2; i++) {
            StreamSocket client = stream();
            boolean connected = client.connect(listener.localAddress());
            ready[i] = accept(listener);
            while (!connected) {
                connected = client.finishConnect();
            }
            assertEquals(1, client.write(Buf.copyOf("x")));
            Buf peeked = Buf.allocate(1);
            while (ready[i].peek(peeked.clear()) == Transfer.NOT_READY) {
                Thread.onSpinWait();
            }
        }
        return ready;
    }

    @Test
    void aSourceOfAnotherBackendIsRefused() {
        Source foreign = new Source() {
            @Override
            public void close() {}

            @Override
            public boolean isOpen() {
                return true;
            }
        };
        assertThrows(IllegalArgumentException.class, () -> selector.register(foreign, bits -> 0));
    }

    @Test
    void aSourceIsRegisteredOnce() throws IOException {
        ListenSocket listener = listen();
        selector.register(listener, bits -> 0);
        assertThrows(IllegalStateException.class, () -> selector.register(listener, bits -> 0));
    }

    @Test
    void aWaitIsNeverEarly() throws IOException {
        // The longest first: a fresh selector too waits.
        long[] waits = {3_500_000, 1, 999, 1_000, 77_777, 999_999, 1_000_000, 1_000_001};
        for (int round = 0; round < 5; round++) {
            for (long wait : waits) {
                long start = System.nanoTime();
                selector.select(wait);
                long took = System.nanoTime() - start;
                assertTrue(took >= wait, () -> "waited " + took + " ns of " + wait);
            }
        }
    }

    @Test
    void aWaitOfZeroOnlyLooks() throws IOException {
        Pair pair = pair();
        pair.client().write(Buf.copyOf("x"));
        Recorder told = pair.server().told();
        while (!told.told(Ready.READ)) {
            selector.select(0);
        }
        selector.select(0);
    }

    @Test
    void aWakeUpBeforeSelectEndsItAndNoOther() throws IOException {
        selector.wakeup();
        selector.wakeup();
        selector.select(-1);
        long start = System.nanoTime();
        selector.select(TICK);
        assertTrue(System.nanoTime() - start >= TICK, "one wake-up ended two selects");
    }

    /** Row 25, as far as a selector can show it: a wake-up that is lost hangs this. */
    @Test
    void everyWakeUpFromAnotherThreadEndsASelect() throws Exception {
        int rounds = 5_000;
        Semaphore go = new Semaphore(0);
        Thread waker = new Thread(() -> {
            for (int i = 0; i < rounds; i++) {
                go.acquireUninterruptibly();
                selector.wakeup();
            }
        });
        waker.start();
        for (int i = 0; i < rounds; i++) {
            go.release();
            selector.select(-1);
        }
        waker.join();
    }

    @Test
    void deregisterAfterCloseDoesNothing() throws IOException {
        ListenSocket listener = listen();
        selector.register(listener, bits -> 0);
        selector.close();
        selector.deregister(listener);
        assertTrue(listener.isOpen());
    }

    @Test
    void wakeUpAfterCloseDoesNothing() throws IOException {
        selector.close();
        selector.wakeup();
        selector.close();
    }

    /** Its descriptors' numbers go to the next selector, which nobody wakes. */
    @Test
    void aClosedSelectorsWakeUpsDoNotReachItsSuccessor() throws Exception {
        Selector[] ringing = {keep(backend().selector())};
        AtomicBoolean done = new AtomicBoolean();
        Thread ringer = new Thread(() -> {
            Selector mine = ringing[0];
            while (!done.get()) {
                mine.wakeup();
            }
        });
        ringer.start();
        ringing[0].select(-1);
        ringing[0].close();
        int early = 0;
        for (int round = 0; round < 20; round++) {
            try (Selector successor = backend().selector()) {
                long start = System.nanoTime();
                successor.select(1_000_000);
                early += System.nanoTime() - start < 1_000_000 ? 1 : 0;
            }
        }
        done.set(true);
        ringer.join();
        assertEquals(0, early);
    }
}
