package gyre.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void ratiosAreMadeWithinAPass() {
        Spread ratio = Made.results().ratio(Contender.GYRE_EPOLL, Contender.NIO, Made.CELL, Sample::cpuPerRequest);

        assertEquals(2, ratio.count());
        assertEquals(0.5, ratio.min(), 1e-12);
        assertEquals(0.9, ratio.max(), 1e-12);
    }

    @Test
    void figuresAreFoundByName() {
        assertEquals(0.7, Figures.of("cpu:tcp/64x64x1:gyre-epoll/nio", Made.results()), 1e-12);
        assertEquals(3, Figures.of("allocated:tcp/64x64x1:gyre-epoll", Made.results()), 1e-12);
        assertEquals(0.25, Figures.of("jmh:TimerWheelBenchmark:wheel/heap:waiting=100", Made.results()), 1e-12);
        assertEquals(1, Figures.of("wake:p50:spawn/linkedTransferQueue", Made.results()), 1e-12);
    }

    @Test
    void whatWasNotMeasuredIsNaN() {
        assertTrue(Double.isNaN(Figures.of("cpu:tcp/1x64x1:gyre-epoll/nio", Made.results())));
        assertTrue(Double.isNaN(Figures.of("cpu:tcp/64x64x1:gyre-nio/nio", Made.results())));
        assertTrue(Double.isNaN(Figures.of("jmh:TimerWheelBenchmark:wheel/heap:waiting=7", Made.results())));
        assertTrue(Double.isNaN(Figures.of("wake:p50:channel/linkedTransferQueue", Made.results())));
    }

    @Test
    void namesThatMeanNothingAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Figures.of("speed:tcp/64x64x1:nio", Made.results()));
        assertThrows(IllegalArgumentException.class, () -> Figures.of("cpu:tcp/64x64x1", Made.results()));
        assertThrows(IllegalArgumentException.class, () -> Figures.of("cpu:tcp/64x64x1:nio", Made.results()));
        assertThrows(IllegalArgumentException.class, () -> Figures.of("cpu:tcp/64x64x1:nio/apache", Made.results()));
        assertThrows(IllegalArgumentException.class, () -> Figures.of("wake:p50:spawn/semaphore", Made.results()));
    }
}
