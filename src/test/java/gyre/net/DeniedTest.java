package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.testing.ChildJvm;
import gyre.testing.Denied;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Behaviour 52: under a filter of system calls, or with an older C library, it works otherwise or says in one line why not. */
@EnabledOnOs(OS.LINUX)
class DeniedTest {
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    @TempDir
    private Path folder;

    /** Waits by milliseconds; makes its calls through JNA; maps its code without a file. */
    @ParameterizedTest
    @ValueSource(strings = {"epoll_pwait2", "epoll_pwait", "memfd_create"})
    void aCallThatCanBeDoneWithoutIsNotMissed(String call) throws Exception {
        for (int error : new int[] {EPERM, ENOSYS}) {
            EchoOnce served = EchoOnce.of(Denied.call(call, error, echo("-Dgyre.backend=auto")));
            assertEquals(new EchoOnce("epoll", List.of()), served);
        }
    }

    /** Before anybody is accepted: a listener goes on after errors that can be those of one connection. */
    @ParameterizedTest
    @CsvSource({"1, Operation not permitted (EPERM)", "38, Function not implemented (ENOSYS)"})
    void withoutAccept4NioServes(int error, String text) throws Exception {
        EchoOnce served = EchoOnce.of(Denied.call("accept4", error, echo("-Dgyre.backend=auto")));
        assertEquals(new EchoOnce("nio", List.of(unusable("accept4: " + text))), served);
    }

    @ParameterizedTest
    @CsvSource({
        "accept4, 1, Operation not permitted (EPERM)",
        "accept4, 38, Function not implemented (ENOSYS)",
        "eventfd2, 1, Operation not permitted (EPERM)",
        "eventfd2, 38, Function not implemented (ENOSYS)",
        "epoll_create1, 1, Operation not permitted (EPERM)"
    })
    void whoNamesEpollIsToldWhichCallIsDenied(String call, int error, String text) throws Exception {
        String function = call.equals("eventfd2") ? "eventfd" : call;
        assertFails(
                "java.lang.UnsupportedOperationException: the epoll backend can't be used: " + function + ": " + text,
                Denied.call(call, error, echo("-Dgyre.backend=epoll")));
    }

    /** The JDK's selector wants the same: then nothing can serve, and both say so. */
    @ParameterizedTest
    @CsvSource({"1, Operation not permitted", "38, Function not implemented"})
    void withoutAnEpollInstanceNobodyServes(int error, String text) throws Exception {
        List<String> why = assertFails(
                "java.io.IOException: java.nio can't open a selector: " + text,
                Denied.call("epoll_create1", error, echo("-Dgyre.backend=auto")));
        assertEquals(1, why.size(), why.toString());
        assertTrue(why.get(0).startsWith(unusable("epoll_create1: " + text)), why.toString());
    }

    /** The JDK's selector opens, and would never hear of anybody. */
    @Test
    void withoutWatchingNobodyServesAndBothSayWhy() throws Exception {
        String text = "epoll_ctl eventfd: Operation not permitted (EPERM)";
        assertFails(
                "java.lang.UnsupportedOperationException: no backend can be used here: epoll: " + text
                        + "; nio: java.nio's selector hears nothing of a pipe with a byte in it",
                Denied.call("epoll_ctl", EPERM, echo("-Dgyre.kqueue.library=none")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventfd", "accept4", "writev", "epoll_wait", "getpagesize"})
    void aFunctionThatTheCLibraryLacksIsNamed(String function) throws Exception {
        List<String> why = EchoOnce.of(Denied.function(function, echo("-Dgyre.backend=auto")))
                .reasons();
        assertEquals(1, why.size(), why.toString());
        String lacks = "the C library lacks what Gyre calls: Error looking up function '" + function + "'";
        assertTrue(why.get(0).startsWith(unusable(lacks)), why.toString());
    }

    /** As on Amazon Linux 2, whose kernel has it. */
    @Test
    void aCLibraryOlderThanMemfdCreateIsEnough() throws Exception {
        EchoOnce served = EchoOnce.of(Denied.function("memfd_create", echo("-Dgyre.natives=stub")));
        assertEquals(new EchoOnce("epoll", List.of()), served);
    }

    private List<String> echo(String argument) throws IOException {
        List<String> jvm = new ArrayList<>(EchoOnce.logging(folder));
        jvm.add(argument);
        return ChildJvm.command(ChildJvm.classPath(), jvm, EchoMain.class);
    }

    private static String unusable(String reason) {
        return "LOG gyre.sys.Backends INFO the epoll backend can't be used: " + reason;
    }

    /** With this at the start of the first line of its one exception; what it logged before. */
    private static List<String> assertFails(String exception, List<String> command) throws Exception {
        try (ChildJvm child = ChildJvm.start(command)) {
            assertEquals(1, child.await());
            String errors = child.errors();
            assertTrue(
                    errors.lines().anyMatch(line -> line.startsWith("Exception in thread \"main\" " + exception)),
                    errors);
            return EchoOnce.reasons(child);
        }
    }
}
