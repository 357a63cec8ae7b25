package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import gyre.sys.Backend;
import gyre.testing.ChildJvm;
import gyre.testing.EveryBackend;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Behaviour 53: class loaders that each have their Gyre don't disturb each other. */
@EveryBackend
class TwoCopiesTest {
    private final Backend backend;

    TwoCopiesTest(Backend backend) {
        this.backend = backend;
    }

    @Test
    void bothServeWhicheverCloses() throws Exception {
        try (URLClassLoader one = copy();
                URLClassLoader two = copy()) {
            AutoCloseable first = core(one);
            AutoCloseable second = core(two);
            assertNotSame(first.getClass(), second.getClass());
            turn(first);
            turn(second);
            first.close();
            turn(second);
            second.close();
            try (AutoCloseable again = core(one)) {
                turn(again);
            }
        }
    }

    private static URLClassLoader copy() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String place : ChildJvm.classPath()) {
            urls.add(Path.of(place).toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(new URL[0]), null); // the JDK's own loaders find modules, this one too
    }

    private AutoCloseable core(ClassLoader loader) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader); // a ServiceLoader looks there
        try {
            Class<?> type = loader.loadClass("gyre.reactor.Core");
            Object builder = type.getMethod("builder").invoke(null);
            Object named = builder.getClass().getMethod("backend", String.class).invoke(builder, backend.name());
            return (AutoCloseable) named.getClass().getMethod("open").invoke(named);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Selects, so that the backend's natives are called. */
    private static void turn(AutoCloseable core) throws Exception {
        long start = System.nanoTime();
        core.getClass().getMethod("turn", Duration.class).invoke(core, Duration.ofMillis(5));
        assertEquals(true, System.nanoTime() - start >= 5_000_000, "waited");
    }
}
