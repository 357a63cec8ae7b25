package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import gyre.sys.Backend;
import gyre.testing.ChildJvm;
import gyre.testing.EveryBackend;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
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
            IntSupplier first = server(one);
            IntSupplier second = server(two);
            assertNotSame(first.getClass(), second.getClass());
            try (Socket kept = client(second)) {
                assertServed(kept);
                try (Socket client = client(first)) {
                    assertServed(client);
                }
                ((AutoCloseable) first).close();
                assertServed(kept);
                try (Socket client = client(second)) {
                    assertServed(client);
                }
            }
            ((AutoCloseable) second).close();
            IntSupplier again = server(one);
            try (Socket client = client(again)) {
                assertServed(client);
            }
            ((AutoCloseable) again).close();
        }
    }

    private static URLClassLoader copy() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String place : ChildJvm.classPath()) {
            urls.add(Path.of(place).toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(new URL[0]), null); // the JDK's own loaders find modules, this one too
    }

    private IntSupplier server(ClassLoader loader) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader); // a ServiceLoader looks there
        try {
            Class<?> type = loader.loadClass(EchoCopy.class.getName());
            return (IntSupplier) type.getConstructor(String.class).newInstance(backend.name());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Socket client(IntSupplier server) throws Exception {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.getAsInt());
        client.setSoTimeout(20_000);
        return client;
    }

    private static void assertServed(Socket client) throws Exception {
        client.getOutputStream().write("copy?".getBytes(StandardCharsets.US_ASCII));
        assertEquals("copy?", new String(client.getInputStream().readNBytes(5), StandardCharsets.US_ASCII));
    }
}
