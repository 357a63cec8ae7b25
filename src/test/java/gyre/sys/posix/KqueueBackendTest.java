package gyre.sys.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.sys.Backend;
import gyre.sys.Backends;
import gyre.testing.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Where the backend can be used, and which one is preferred where. Each answer comes from a JVM of its own. */
@EnabledOnOs(OS.LINUX)
class KqueueBackendTest {
    /** Prints the backends, the preferred one first, each with why it can't be used or null. */
    static final class Show {
        private Show() {}

        public static void main(String[] args) {
            for (Backend backend : Backends.all()) {
                System.out.println(backend.name() + ": " + backend.unavailable());
            }
        }
    }

    @Test
    void onLinuxALibraryHasToBeNamed() throws Exception {
        List<String> lines = show("-Dgyre.kqueue.library=");
        assertEquals(
                List.of(
                        "epoll: null",
                        "nio: null",
                        "kqueue: Linux has no kqueue of its own: -Dgyre.kqueue.library=PATH names a library that offers it"),
                lines);
    }

    @Test
    void aLibraryThatIsMissingOrHasNoKqueueIsNamed() throws Exception {
        assertSays("/nowhere/libkqueue.so", show("-Dgyre.kqueue.library=/nowhere/libkqueue.so"));
        assertSays("kqueue", show("-Dgyre.kqueue.library=libm.so.6"));
    }

    private static void assertSays(String word, List<String> lines) {
        String line = lines.get(2);
        assertTrue(line.startsWith("kqueue: kqueue can't be loaded from ") && line.contains(word), line);
    }

    /** There JNA looks for libraries of that system, which are not here. */
    @Test
    void whereItIsTheSystemsOwnItIsPreferredAndNobodyIsToldOfEpoll() throws Exception {
        for (String system : List.of("Mac OS X", "FreeBSD")) {
            List<String> names = show("-Dos.name=" + system).stream()
                    .map(line -> line.substring(0, line.indexOf(':')))
                    .toList();
            assertEquals(List.of("kqueue", "nio", "epoll"), names);
        }
    }

    private static List<String> show(String flag) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        try (ChildJvm child = ChildJvm.start(ChildJvm.command(ChildJvm.classPath(), List.of(flag), Show.class))) {
            for (int i = 0; i < 3; i++) {
                lines.add(child.line());
            }
            assertEquals(0, child.await());
        }
        return lines;
    }
}
