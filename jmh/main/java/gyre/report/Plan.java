package gyre.report;

import static gyre.report.Transport.TCP;
import static gyre.report.Transport.UDP;
import static gyre.report.Transport.UNIX;

import java.util.List;

/**
 * What is measured, and how long.
 *
 * @param starts how often all servers are started anew, since one run of a JVM differs from the next
 * @param passes how often each start goes through all cells
 * @param warm ms of load before each window
 * @param window ms
 * @param settle ms of load on each cell after a server has started, several times if need be, until it is compiled
 * @param wakes passes through all ways to wake a thread, in each start; 0 for none
 * @param benchmarks JMH benchmarks, as regular expressions
 * @param iterations of each of them, of 100 ms, half of them to warm up
 */
public record Plan(
        List<Contender> contenders,
        List<Cell> cells,
        int starts,
        int passes,
        int warm,
        int window,
        int settle,
        int wakes,
        List<String> benchmarks,
        int iterations) {

    private static final List<Contender> ALL = List.of(Contender.values());

    private static final List<String> COSTS = List.of(
            "SpawnBenchmark", "WakeBenchmark", "TimerWheelBenchmark", "TaskQueueBenchmark", "ChannelLatencyBenchmark");

    /** The report: some 20 minutes. */
    static Plan full() {
        List<Cell> cells = List.of(
                Cell.closed(TCP, 1, 64, 1),
                Cell.closed(TCP, 64, 64, 1),
                Cell.closed(TCP, 64, 64, 16),
                Cell.closed(TCP, 64, 1_024, 1),
                Cell.closed(TCP, 64, 16_384, 1),
                Cell.closed(TCP, 64, 16_384, 16),
                Cell.closed(TCP, 1_000, 64, 1),
                Cell.open(TCP, 64, 64, 25),
                Cell.open(TCP, 64, 64, 50),
                Cell.open(TCP, 64, 64, 75),
                Cell.closed(UDP, 1, 64, 1),
                Cell.closed(UDP, 64, 64, 1),
                Cell.closed(UDP, 64, 1_024, 1),
                Cell.open(UDP, 64, 64, 50),
                Cell.closed(UNIX, 1, 64, 1),
                Cell.closed(UNIX, 64, 64, 1),
                Cell.closed(UNIX, 64, 16_384, 1),
                Cell.open(UNIX, 64, 64, 50));
        return new Plan(ALL, cells, 2, 4, 100, 700, 500, 30, COSTS, 10);
    }

    /** A look, in a minute or two. */
    static Plan quick() {
        List<Cell> cells = List.of(
                Cell.closed(TCP, 1, 64, 1),
                Cell.closed(TCP, 64, 64, 1),
                Cell.closed(TCP, 64, 16_384, 1),
                Cell.open(TCP, 64, 64, 50),
                Cell.closed(UDP, 64, 64, 1),
                Cell.closed(UNIX, 64, 64, 1));
        return new Plan(ALL, cells, 1, 3, 50, 300, 300, 5, List.of("SpawnBenchmark", "TaskQueueBenchmark"), 4);
    }

    /** What {@code bounds.txt} is about. */
    static Plan check() {
        List<Cell> cells = List.of(
                Cell.closed(TCP, 1, 64, 1),
                Cell.closed(TCP, 64, 64, 1),
                Cell.closed(TCP, 64, 64, 16),
                Cell.closed(TCP, 64, 16_384, 1),
                Cell.closed(UDP, 1, 64, 1),
                Cell.closed(UDP, 64, 64, 1),
                Cell.closed(UNIX, 1, 64, 1),
                Cell.closed(UNIX, 64, 64, 1));
        List<String> benchmarks = List.of("TaskQueueBenchmark", "TimerWheelBenchmark");
        return new Plan(
                List.of(Contender.GYRE_EPOLL, Contender.GYRE_NIO, Contender.NIO),
                cells,
                1,
                5,
                100,
                500,
                500,
                40,
                benchmarks,
                10);
    }

    /** The same for fewer cells and benchmarks, and perhaps no wake-ups. */
    Plan only(List<Cell> some, boolean wake, List<String> others) {
        return new Plan(contenders, some, starts, passes, warm, window, settle, wake ? wakes : 0, others, iterations);
    }

    List<Cell> cells(Transport transport) {
        return cells.stream().filter(cell -> cell.transport() == transport).toList();
    }
}
