package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Future;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Signals that this JVM sends to itself: those that nobody else here cares for. */
@EveryBackend
class SignalsTest extends Turning {
    SignalsTest(Backend backend) {
        super(backend);
    }

    @Test
    void aSignalWakesALoopThatSleeps() throws Exception {
        Signals signals = later(Signals.of("WINCH"));
        for (int i = 0; i < 3; i++) {
            Thread sender = new Thread(() -> raise("WINCH"));
            sender.start();
            assertEquals("WINCH", run(next(signals)));
            sender.join();
        }
    }

    @Test
    void eachIsGivenByItsName() throws Exception {
        Signals signals = later(Signals.of("WINCH", "CONT", "WINCH"));
        raise("CONT");
        assertEquals("CONT", run(next(signals)));
        raise("WINCH");
        assertEquals("WINCH", run(next(signals)));
    }

    @Test
    void thoseThatNobodyTookAreOne() throws Exception {
        Signals signals = later(Signals.of("WINCH", "CONT"));
        Signals counter = later(Signals.of("WINCH"));
        for (int i = 0; i < 3; i++) {
            raise("WINCH");
            assertEquals("WINCH", run(next(counter))); // so it has arrived
        }
        raise("CONT");
        Set<String> given = new TreeSet<>(List.of(run(next(signals)), run(next(signals))));
        assertEquals(Set.of("CONT", "WINCH"), given);
        assertTrue(signals.poll(() -> {}).isPending(), "three of one name were one");
    }

    @Test
    void streamsAndLoopsAreAllTold() throws Exception {
        Signals here = later(Signals.of("WINCH"));
        Signals there = later(Signals.of("CONT", "WINCH"));
        try (Core other = Core.builder().backend(backend).open()) {
            raise("WINCH");
            assertEquals("WINCH", run(next(here)));
            assertEquals("WINCH", other.run(next(there)));
        }
    }

    @Test
    void theLastToCloseRestoresTheFormerHandler() throws Exception {
        Object mine = handler();
        Object before = install("WINCH", mine);
        try {
            Signals first = later(Signals.of("WINCH"));
            Signals second = later(Signals.of("WINCH"));
            first.close();
            first.close();
            assertTrue(first.poll(() -> {}).isEnd());
            raise("WINCH");
            assertEquals("WINCH", run(next(second)));
            second.cancel();
            assertSame(mine, install("WINCH", mine));
        } finally {
            install("WINCH", before);
        }
    }

    @Test
    void aHandlerThatSomeoneElseInstalledMeanwhileStays() throws Exception {
        Object mine = handler();
        Signals signals = later(Signals.of("WINCH"));
        try {
            assertNotSame(mine, install("WINCH", mine));
            signals.close();
            assertSame(mine, install("WINCH", mine));
        } finally {
            install(
                    "WINCH",
                    Class.forName("sun.misc.SignalHandler").getField("SIG_DFL").get(null));
        }
    }

    @Test
    void theEndWakesWhoWaits() throws Exception {
        Signals signals = later(Signals.of("WINCH"));
        var waiting = handle.spawn(signals.intoFuture());
        settle();
        assertFalse(waiting.isDone());
        Thread closer = new Thread(signals::close);
        closer.start();
        assertTrue(run(waiting).isEnd());
        closer.join();
    }

    @Test
    void whatArrivedBeforeTheEndIsGiven() throws Exception {
        Signals signals = later(Signals.of("WINCH"));
        Signals counter = later(Signals.of("WINCH"));
        raise("WINCH");
        run(next(counter));
        signals.close();
        assertEquals("WINCH", run(next(signals)));
        assertTrue(signals.poll(() -> {}).isEnd());
    }

    @Test
    void theFirstRestoresAtOnce() throws Exception {
        Object mine = handler();
        Object before = install("WINCH", mine);
        try {
            Future<String> first = Signals.first("WINCH", "CONT");
            raise("WINCH");
            assertEquals("WINCH", run(first));
            assertSame(mine, install("WINCH", mine));
        } finally {
            install("WINCH", before);
        }
    }

    @Test
    void theFirstRestoresAllThoughItArrivesWhileTheyAreInstalled() throws Exception {
        Object mine = handler();
        Object before = install("WINCH", mine);
        try {
            Signals first = later(new Signals(
                    true,
                    (name, signals) -> {
                        SignalHook.add(name, signals);
                        if (name.equals("CONT")) {
                            signals.arrived(name);
                        }
                    },
                    "CONT",
                    "WINCH"));
            assertSame(mine, install("WINCH", mine));
            assertEquals("CONT", run(next(first)));
        } finally {
            install("WINCH", before);
        }
    }

    @Test
    void cancellingTheFirstRestoresToo() throws Exception {
        Object mine = handler();
        Object before = install("WINCH", mine);
        try {
            Signals.first("CONT", "WINCH").cancel();
            assertSame(mine, install("WINCH", mine));
        } finally {
            install("WINCH", before);
        }
    }

    @Test
    void unknownAndReservedSignalsAreNamed() throws Exception {
        Object mine = handler();
        Object before = install("WINCH", mine);
        try {
            for (String bad : List.of("QUIT", "KILL", "SEGV", "SIGTERM", "term", "")) {
                var e = assertThrows(IllegalArgumentException.class, () -> Signals.of("WINCH", bad));
                assertTrue(e.getMessage().startsWith("can't listen to signal \"" + bad + "\""), e.getMessage());
                assertSame(mine, install("WINCH", mine), "what was installed is put back");
            }
        } finally {
            install("WINCH", before);
        }
        assertThrows(IllegalArgumentException.class, Signals::of);
        assertThrows(NullPointerException.class, () -> Signals.of("WINCH", null));
    }

    // ---

    private static Future<String> next(Signals signals) {
        return signals.intoFuture().map(next -> next.item());
    }

    private static void raise(String name) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            type.getMethod("raise", type)
                    .invoke(null, type.getConstructor(String.class).newInstance(name));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object handler() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> null);
    }

    private static Object install(String name, Object handler) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Signal");
        return type.getMethod("handle", type, Class.forName("sun.misc.SignalHandler"))
                .invoke(null, type.getConstructor(String.class).newInstance(name), handler);
    }
}
