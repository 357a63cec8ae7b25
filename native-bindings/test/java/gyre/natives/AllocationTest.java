package gyre.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationTest {
    /** The heap is never collected and has no room for 16 bytes a call. */
    @ParameterizedTest
    @ValueSource(strings = {"stub", "jna"})
    void aHotCallAllocatesNothing(String provider) throws Exception {
        Run run = new Jvm()
                .with("-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xlog:gc*=off", "-Xmx32m")
                .with("-Dgyre.natives=" + provider)
                .run(CallForLong.class);
        assertEquals(new Run(0, provider + " 2000000 2000000\n"), run);
    }
}
