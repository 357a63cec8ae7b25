package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import gyre.sys.Backend;
import gyre.testing.ChildJvm;
import gyre.testing.EveryBackend;
import java.io.Closeable;
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
            try (Closeable second = server(two);
                    Socket kept = client(second)) {
                try (Closeable first = server(one);
                        Socket client = client(first)) {
                    assertNotSame(first.getClass(), second.getClass());
                    assertServed(kept);
                    assertServed(client);
                }
                assertServed(kept);
                try (Socket client = client(second)) {
                    assertServed(client);
                }
            }
            try (Closeable again = server(one);
                    Socket client = client(again)) {
                assertServed(client);
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

    private Closeable server(ClassLoader loader) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader); // a ServiceLoader looks there
        try {
            Class<?> type = loader.loadClass(EchoCopy.class.getName());
            return (Closeable) type.getConstructor(String.class).newInstance(backend.name());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Socket client(Closeable server) throws Exception {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), ((IntSupplier) server).getAsInt());
        client.setSoTimeout(20_000);
        return client;
    }

    private static void assertServed(Socket client) throws Exception {
        client.getOutputStream().write("copy?".getBytes(StandardCharsets.US_ASCII));
        assertEquals("copy?", new String(client.getInputStream().readNBytes(5), StandardCharsets.US_ASCII));
    }
}
