package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.sys.Backend;
import gyre.testing.ChildJvm;
import gyre.testing.EveryBackend;
import gyre.testing.Faults;
import gyre.testing.Tool;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The whole engine over a kernel that answers what kernels seldom do. {@code gyre.test.seeds} says how many times. */
@EveryBackend
@EnabledOnOs(OS.LINUX)
class FaultInjectionTest {
    private static final int SEEDS = Integer.getInteger("gyre.test.seeds", 30);

    private final Backend backend;

    FaultInjectionTest(Backend backend) {
        this.backend = backend;
    }

    @Test
    void whateverTheKernelAnswersNothingIsLostAndTheLoopLives() throws Exception {
        String first = "" + Long.getLong("gyre.test.seed", 1);
        List<String> command =
                Faults.command(ChildJvm.classPath(), FaultsMain.class, backend.name(), first, "" + SEEDS);
        if (command == null) {
            Tool.skip("FaultInjectionTest: there is no gcc to build the faults with");
        }
        try (ChildJvm child = ChildJvm.start(command)) {
            String line;
            StringBuilder bad = new StringBuilder();
            while (!(line = child.line()).startsWith("bad ")) {
                bad.append(line).append("\n");
            }
            String seeds = bad.toString();
            assertEquals("", seeds, child.errors());
            assertTrue(line.startsWith("bad 0 of "), line);
            assertTrue(Integer.parseInt(child.line("connections ")) > SEEDS);
            String[] faults = child.line("faults ").split("\\D+");
            assertTrue(Integer.parseInt(faults[0]) > SEEDS, "harmless ones: " + faults[0]);
            assertTrue(Integer.parseInt(faults[1]) > 0 && Integer.parseInt(faults[2]) > 0, "none has failed a call");
            assertEquals(0, child.await());
        }
    }
}
