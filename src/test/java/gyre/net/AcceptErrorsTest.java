package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.reactor.JoinHandle;
import gyre.sys.Backend;
import gyre.sys.ResourceLimitException;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import gyre.testing.SpyBackend;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Behaviours 1 to 3: what the system answers to an accept never ends {@code incoming}. */
@EveryBackend
class AcceptErrorsTest extends OnLoop {
    private final SpyBackend spy;

    AcceptErrorsTest(Backend backend) {
        super(new SpyBackend(backend));
        spy = (SpyBackend) super.backend;
    }

    @Test
    void errorsOfOneConnectionAreCountedAndSkipped() throws Exception {
        for (int i = 0; i < 10; i++) {
            spy.acceptErrors.add(new SocketException("Software caused connection abort " + i));
        }
        try (TcpListener listener = listen()) {
            Socket client = client(listener.localAddress());
            TcpStream first = later(run(listener.incoming().take(1).collect()).get(0));
            assertEquals(client.getLocalSocketAddress(), first.remoteAddress());
            assertEquals(10, listener.acceptErrors());
        }
    }

    @Test
    void aLimitPausesAndGoesOnByItself() throws Exception {
        for (int i = 0; i < 3; i++) {
            spy.acceptErrors.add(new ResourceLimitException("accept: too many " + i));
        }
        try (TcpListener listener = listen()) {
            Socket client = client(listener.localAddress());
            long start = System.nanoTime();
            TcpStream first = later(run(listener.accept()));
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertEquals(client.getLocalSocketAddress(), first.remoteAddress());
            assertEquals(3, listener.acceptErrors());
            assertTrue(millis >= 10 + 20 + 40, "paused for " + millis + " ms");
        }
    }

    @Test
    void whoRefusesDoesNotPause() throws Exception {
        try (TcpListener listener = listen()) {
            listener.refuseWhenFull();
            listener.refuseWhenFull();
            JoinHandle<TcpStream> accepting = handle.spawn(listener.accept());
            for (int i = 0; i < 3; i++) {
                spy.acceptErrors.add(new ResourceLimitException("accept: too many " + i));
                Socket refused = client(listener.localAddress());
                while (listener.acceptErrors() == i) {
                    core.turn(null);
                }
                assertEquals(-1, refused.getInputStream().read());
            }
            Socket client = client(listener.localAddress());
            TcpStream served = later(run(accepting));
            assertEquals(client.getLocalSocketAddress(), served.remoteAddress());
            assertEquals(3, listener.acceptErrors());
            served.close();
        }
        settle();
        assertEquals(0, handle.pinned().tasks());
    }

    @Test
    void aSpareDescriptorKeepsNoLoopFromBeingIdle() throws Exception {
        TcpListener listener = listen();
        listener.refuseWhenFull();
        assertTrue(core.runUntilIdle(Duration.ZERO));
        assertEquals(0, handle.pinned().tasks());
    }

    @Test
    void whoRefusesThoughItIsClosedKeepsNoSpareDescriptor() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        TcpListener listener = listen();
        listener.close();
        listener.refuseWhenFull();
        settle();
        before.assertNoMore();
    }

    @Test
    void whoRefusesWhileItIsClosedFromAnotherThreadKeepsNoSpareDescriptor() throws Exception {
        OpenDescriptors before = OpenDescriptors.now();
        TcpListener listener = listen();
        aside(() -> {
                    listener.close();
                    return "";
                })
                .get();
        listener.refuseWhenFull();
        settle();
        before.assertNoMore();
    }

    /** What always fails, whatever it is, must not spin. */
    @Test
    void manyErrorsInARowPauseToo() throws Exception {
        for (int i = 0; i < 18; i++) {
            spy.acceptErrors.add(new SocketException("always " + i));
        }
        try (TcpListener listener = listen()) {
            client(listener.localAddress());
            long start = System.nanoTime();
            later(run(listener.accept()));
            assertTrue(System.nanoTime() - start >= 10_000_000L);
            assertEquals(18, listener.acceptErrors());
        }
    }

    @Test
    void closingDuringAPauseIsHeardAtOnce() throws Exception {
        for (int i = 0; i < 100; i++) {
            spy.acceptErrors.add(new ResourceLimitException("accept: too many " + i));
        }
        TcpListener listener = listen();
        client(listener.localAddress());
        JoinHandle<TcpStream> accepting = handle.spawn(listener.accept());
        while (listener.acceptErrors() < 8) { // the next pause is of 1 s
            core.turn(null);
        }
        long start = System.nanoTime();
        listener.close();
        assertThrows(ClosedChannelException.class, () -> run(accepting));
        uncaught.clear();
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis < 700, "heard after " + millis + " ms");
    }

    @Test
    void everyTaskThatAcceptsGoesOnAfterAPause() throws Exception {
        spy.acceptErrors.add(new ResourceLimitException("accept: too many"));
        try (TcpListener listener = listen()) {
            client(listener.localAddress());
            JoinHandle<TcpStream> one = handle.spawn(listener.accept());
            JoinHandle<TcpStream> two = handle.spawn(listener.accept());
            JoinHandle<TcpStream> gone = handle.spawn(listener.accept());
            while (listener.acceptErrors() == 0) {
                core.turn(null);
            }
            gone.abort(); // it polled last
            later(run(one));
            client(listener.localAddress());
            later(run(two));
        }
    }
}
