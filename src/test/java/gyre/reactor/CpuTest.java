package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Futures;
import gyre.sys.Backend;
import gyre.testing.Call;
import gyre.testing.ChildJvm;
import gyre.testing.EveryBackend;
import gyre.testing.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Linux only, as what it tests. */
@EveryBackend
class CpuTest {
    /** The first and the last that this process may use; the same where there is one. */
    private static final int FIRST = usable().nextSetBit(0), LAST = usable().length() - 1;

    private final Backend backend;

    CpuTest(Backend backend) {
        this.backend = backend;
    }

    private CoreBuilder builder() {
        return Core.builder().backend(backend);
    }

    /** Those of the calling thread, as the kernel lists them: {@code 0-1,4}. */
    private static String mine() throws IOException {
        String key = "Cpus_allowed_list:";
        return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.startsWith(key))
                .findFirst()
                .orElseThrow()
                .substring(key.length())
                .strip();
    }

    private static BitSet usable() {
        BitSet cpus = new BitSet();
        try {
            for (String range : mine().split(",")) {
                String[] ends = range.split("-");
                cpus.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
            }
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
        return cpus;
    }

    @Test
    void theThreadIsBoundWhileItIsInside() throws Exception {
        String before = mine();
        for (int cpu : new int[] {FIRST, LAST}) {
            try (Core core = builder().cpu(cpu).open()) {
                assertEquals(before, mine());
                for (int i = 0; i < 3; i++) {
                    assertEquals("" + cpu, core.run(Call.of(CpuTest::mine)));
                    assertEquals(before, mine());
                }
                JoinHandle<String> spawned = core.handle().spawn(Call.of(CpuTest::mine));
                core.turn(Duration.ZERO);
                assertEquals("" + cpu, spawned.toCompletableFuture().get());
                assertTrue(core.runUntilIdle(null));
                assertThrows(ArithmeticException.class, () -> core.run(Futures.failed(new ArithmeticException())));
                assertEquals(before, mine());
            }
            assertEquals(before, mine());
        }
    }

    @Test
    void closingInsideATaskGivesTheThreadItsCpusBack() throws Exception {
        String before = mine();
        Core core = builder().cpu(LAST).open();
        core.handle().execute(core::closeLater);
        assertThrows(LoopClosedException.class, () -> core.run(Futures.never()));
        assertEquals(before, mine());
    }

    @Test
    void anotherThreadThatTakesTheLoopOverIsBound() throws Exception {
        String before = mine();
        try (Core core = builder().cpu(LAST).open()) {
            assertEquals("" + LAST, core.run(Call.of(CpuTest::mine)));
            Threads other = new Threads();
            other.start(() -> {
                assertEquals("" + LAST, core.run(Call.of(CpuTest::mine)));
                assertEquals(before, mine());
                return null;
            });
            other.join();
            assertEquals(before, mine());
        }
    }

    @Test
    void coresInTurnOnOneThreadEachHaveTheirOwn() throws Exception {
        try (Core a = builder().cpu(FIRST).open();
                Core b = builder().cpu(LAST).open();
                Core free = builder().open()) {
            String before = mine();
            for (int i = 0; i < 2; i++) {
                assertEquals("" + FIRST, a.run(Call.of(CpuTest::mine)));
                assertEquals("" + LAST, b.run(Call.of(CpuTest::mine)));
                assertEquals(before, free.run(Call.of(CpuTest::mine)));
            }
        }
    }

    @Test
    void everyLoopOfAGroupHasItsCpu() throws Exception {
        int[] cpus = {LAST, FIRST, LAST};
        try (CoreGroup group = CoreGroup.builder().core(builder()).cpus(cpus).start()) {
            assertEquals(cpus.length, group.handles().size());
            for (int i = 0; i < cpus.length; i++) {
                assertEquals(
                        "" + cpus[i],
                        group.handles()
                                .get(i)
                                .spawn(Call.of(CpuTest::mine))
                                .toCompletableFuture()
                                .get());
            }
        }
    }

    @Test
    void aGroupRefusesWhatDoesNotFit() {
        assertThrows(IllegalArgumentException.class, () -> CoreGroup.builder().cpus());
        assertThrows(IllegalArgumentException.class, () -> CoreGroup.builder().cpus(0, -1));
        CoreGroupBuilder three =
                CoreGroup.builder().core(builder()).cpus(FIRST, FIRST).size(3);
        String message =
                assertThrows(IllegalArgumentException.class, three::start).getMessage();
        assertTrue(message.contains("3 loops") && message.contains("2 CPUs"), message);
    }

    @Test
    void aCpuThatIsNotThereIsRefusedWithThoseThatAre() throws Exception {
        String before = mine();
        for (int cpu : new int[] {1023, 8191, 8192, Integer.MAX_VALUE}) {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> builder().cpu(cpu).open())
                    .getMessage();
            assertTrue(message.contains("CPU " + cpu + ","), message);
            assertTrue(message.contains("" + LAST), message);
            assertEquals(before, mine());
        }
        assertThrows(IllegalArgumentException.class, () -> builder().cpu(-1));
    }

    /** The message of a JVM that can make no native calls. */
    static final class WithoutNatives {
        public static void main(String[] args) throws IOException {
            try (Core core = Core.builder().backend("nio").cpu(0).open()) {
                System.out.println("opened " + core);
            } catch (UnsupportedOperationException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void withoutNativeCallsNoThreadCanBeBound() throws Exception {
        try (ChildJvm child =
                ChildJvm.start(ChildJvm.command(ChildJvm.withoutJna(), List.of(), WithoutNatives.class))) {
            assertEquals("a thread can be bound to CPU 0 only on Linux, and with native access", child.line());
        }
    }
}
