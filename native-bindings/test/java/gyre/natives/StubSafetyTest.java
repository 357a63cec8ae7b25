package gyre.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Stubs in JVMs that look closely, or that move everything. */
class StubSafetyTest {
    private static final String DONE = "stub, often enough\n";

    @Test
    void jniChecksFindNothing() throws Exception {
        Run run = new Jvm().with("-Xcheck:jni", "-Dgyre.natives=stub").run(ShuttleBytes.class);
        assertEquals(0, run.status(), run.output());
        assertTrue(run.output().endsWith(DONE), run.output());
        // JNA's own library has warnings; a stub would be named.
        assertFalse(run.output().contains("gyre.natives.Stubs"), run.output());
        assertFalse(run.output().contains("FATAL"), run.output());
    }

    @Test
    void theInterpreterCallsThem() throws Exception {
        shuttle("-Xint");
    }

    @Test
    void theFirstCompilerCallsThem() throws Exception {
        shuttle("-XX:TieredStopAtLevel=1");
    }

    @Test
    void theyRunBesideTheParallelCollector() throws Exception {
        shuttle("-XX:+UseParallelGC");
    }

    @Test
    void theyRunBesideAConcurrentCollector() throws Exception {
        shuttle("-XX:+UseZGC");
    }

    @Test
    void theyRunAmongManySafepoints() throws Exception {
        shuttle("-XX:+UnlockDiagnosticVMOptions", "-XX:GuaranteedSafepointInterval=1");
    }

    private static void shuttle(String... flags) throws Exception {
        Run run = new Jvm().with("-Dgyre.natives=stub").with(flags).run(ShuttleBytes.class);
        assertEquals(new Run(0, DONE), run);
    }
}
