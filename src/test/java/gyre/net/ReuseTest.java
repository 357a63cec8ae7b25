package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.testing.ChildJvm;
import gyre.testing.KqueueLibrary;
import gyre.testing.Tool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A kqueue that keeps the filters of what is closed, as libkqueue does: a loop that leaves them there can't use the number again. */
@EnabledOnOs(OS.LINUX)
class ReuseTest {
    @Test
    void filtersAreDeletedBeforeADescriptorIsClosedOrWhenItsNumberComesAgain() throws Exception {
        Tool.need("gcc", "--version");
        Path library = KqueueLibrary.emulation("LIKE_LIBKQUEUE");
        List<String> jvm = List.of("-Dgyre.backend=kqueue", "-Dgyre.kqueue.library=" + library);
        try (ChildJvm child = ChildJvm.start(ChildJvm.command(ChildJvm.classPath(), jvm, ReuseMain.class))) {
            assertEquals("10", child.line("told "));
            assertEquals("kqueue", child.line("backend "));
            for (int i = 0; i < 100; i++) {
                assertEquals("ping", child.line());
            }
            assertEquals(0, child.await());
        }
    }
}
