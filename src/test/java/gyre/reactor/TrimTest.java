package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@EveryBackend
class TrimTest {
    private final Backend backend;

    TrimTest(Backend backend) {
        this.backend = backend;
    }

    @Test
    void aBurstsBuffersGoBackWhenNoOneHasNeededThemForASecond() throws Exception {
        try (Core core = Core.builder().backend(backend).bufferSize(1024).open()) {
            BufPool buffers = core.handle().pinned().buffers();
            burst(buffers);
            assertEquals(100, buffers.stats().idle());
            core.run(core.handle().sleep(Duration.ofMillis(2_500)));
            assertTrue(buffers.stats().idle() < 10, () -> "kept: " + buffers.stats());
        }
    }

    @Test
    void whatIsNeededAllTheTimeIsNotGivenBackAndTakenAnew() throws Exception {
        try (Core core = Core.builder().backend(backend).bufferSize(1024).open()) {
            BufPool buffers = core.handle().pinned().buffers();
            Interval often = Interval.every(Duration.ofMillis(20), core.handle());
            core.run(often.take(120).forEach(tick -> burst(buffers)));
            assertEquals(100, buffers.stats().misses(), () -> "memory was taken anew: " + buffers.stats());
        }
    }

    private static void burst(BufPool buffers) {
        List<Buf> taken = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            taken.add(buffers.take());
        }
        taken.forEach(buffers::release);
    }
}
