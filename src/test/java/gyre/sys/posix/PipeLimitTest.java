package gyre.sys.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.testing.ChildJvm;
import gyre.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Linux gives a user so many pages of pipes, and then pipes that hold next to nothing. */
@EnabledOnOs(OS.LINUX)
class PipeLimitTest {
    private static final int PAGES_OF_A_PIPE = 16;
    private static final int FURTHER = 20;
    private static final int MOST = 2_000;

    /** The limit isn't for those with privileges. */
    private static final List<String> UNPRIVILEGED = List.of(
            "sh",
            "-c",
            "[ $(id -u) != 0 ] || set -- setpriv --bounding-set -all --inh-caps -all \"$@\"; exec \"$@\"",
            "sh");

    @Test
    void aPipeThatHoldsLittleIsNotUsed() throws Exception {
        int pages = Integer.parseInt(
                Files.readAllLines(Path.of("/proc/sys/fs/pipe-user-pages-soft")).get(0));
        int pipes = pages / PAGES_OF_A_PIPE;
        if (pages == 0 || pipes > MOST) {
            Tool.skip("PipeLimitTest: fs.pipe-user-pages-soft is " + pages);
        }
        List<String> command = new ArrayList<>(UNPRIVILEGED);
        command.add("true");
        Tool.need(command.toArray(String[]::new));
        command.remove("true");
        command.addAll(ChildJvm.command(ChildJvm.classPath(), List.of(), PipeLimitMain.class, "" + (pipes + FURTHER)));
        try (ChildJvm child = ChildJvm.start(command)) {
            int opened = Integer.parseInt(child.line("opened "));
            assertTrue(opened <= pipes, () -> opened + " of " + pipes);
            assertEquals(0, child.await());
        }
    }
}
