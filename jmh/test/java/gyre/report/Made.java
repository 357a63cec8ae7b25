package gyre.report;

import gyre.report.wake.Way;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Results that nobody measured. */
final class Made {
    static final Cell CELL = Cell.closed(Transport.TCP, 64, 64, 1);

    private Made() {}

    /** Two passes: Gyre takes 90 and 80 ns a request, plain NIO 100 and 160. A spawn takes 0.8 and 1.2 of a queue. */
    static Results results() {
        Results results = new Results();
        results.add(sample(Contender.GYRE_EPOLL, CELL, 0, 90));
        results.add(sample(Contender.NIO, CELL, 0, 100));
        results.add(sample(Contender.NIO, CELL, 1, 160));
        results.add(sample(Contender.GYRE_EPOLL, CELL, 1, 80));
        results.add(sample(Contender.NETTY_NIO, Cell.open(Transport.UDP, 1, 64, 50), 0, 200));
        results.add(List.of(
                new Score("TimerWheelBenchmark.wheel", "waiting=100", 10, Double.NaN, "ns/op", 0),
                new Score("TimerWheelBenchmark.heap", "waiting=100", 40, 1, "ns/op", 24)));
        results.add(new WakeUp(Way.SPAWN, 0, 40_000, 90_000));
        results.add(new WakeUp(Way.QUEUE, 0, 50_000, 80_000));
        results.add(new WakeUp(Way.QUEUE, 1, 40_000, 80_000));
        results.add(new WakeUp(Way.SPAWN, 1, 48_000, 70_000));
        results.miss(Contender.NETTY_EPOLL, Transport.UNIX, "no <library> & no \"reason\"");
        results.fail(Contender.NETTY_NIO, CELL, "3 answers are missing");
        return results;
    }

    private static Sample sample(Contender contender, Cell cell, int pass, long cpuPerRequest) {
        Histogram latencies = new Histogram(100, 60_000_000_000L, 3);
        for (int i = 1; i <= 1_000; i++) {
            latencies.recordValue(i * 1_000L);
        }
        int rate = cell.isOpen() ? 2_000 : 0;
        return new Sample(
                contender,
                cell,
                pass,
                rate,
                1_000,
                500_000_000,
                1_000 * cpuPerRequest,
                3_000,
                0,
                0,
                40_000,
                0,
                0.5,
                1,
                0,
                0,
                latencies);
    }
}
