package gyre.report;

import gyre.report.load.LoadMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Measures the cells of a plan. All servers of a transport are up, one at a time has load. In each pass every server has its turn
 * in every cell, in an order that is drawn anew each time, so that what the machine does meanwhile hits all alike.
 */
final class Series {
    private static final double STARTING = 0.7;
    private static final double BETWEEN = 0.06;
    private static final double COMPILED = 0.02;
    private static final int MOST_ROUNDS = 6;
    private static final double DISTURBED = 0.05;
    private static final int MOST_TRIES = 3;

    private final Plan plan;
    private final Processors processors;
    private final Results results;
    private final Progress progress;
    private final Random random = new Random();
    private final Map<Cell, Integer> rates = new HashMap<>();

    Series(Plan plan, Processors processors, Results results, Progress progress) {
        this.plan = plan;
        this.processors = processors;
        this.results = results;
        this.progress = progress;
    }

    /** About how many seconds it takes. */
    static double seconds(Plan plan) {
        double sum = 0;
        for (Transport transport : Transport.values()) {
            int cells = plan.cells(transport).size();
            double server = cells == 0 ? 0 : STARTING + cells * settling(plan);
            sum += plan.starts() * plan.contenders().size() * (server + plan.passes() * cells * each(plan));
        }
        return sum;
    }

    void run() throws IOException {
        Path folder = Files.createTempDirectory("gyre-bench");
        folder.toFile().deleteOnExit(); // after an interrupt; what is in it goes before it
        List<String> prefix = processors.prefix(processors.load());
        try (Child load = Child.start(prefix, LoadMain.class)) {
            Window window = new Window(load, processors);
            for (int start = 0; start < plan.starts(); start++) {
                for (Transport transport : Transport.values()) {
                    if (!plan.cells(transport).isEmpty()) {
                        measure(transport, start, window, folder);
                    }
                }
            }
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    private void measure(Transport transport, int start, Window window, Path folder) throws IOException {
        List<Server> servers = new ArrayList<>();
        try {
            for (Contender contender : plan.contenders()) {
                start(contender, transport, folder, servers);
            }
            settle(servers, window, transport);
            for (int pass = 0; pass < plan.passes(); pass++) {
                for (Cell cell : plan.cells(transport)) {
                    Collections.shuffle(servers, random);
                    for (Server server : List.copyOf(servers)) {
                        measure(server, cell, start * plan.passes() + pass, window, servers);
                    }
                }
            }
        } finally {
            for (Server server : servers) {
                server.close();
            }
            empty(folder);
        }
    }

    private void start(Contender contender, Transport transport, Path folder, List<Server> servers) {
        try {
            servers.add(Server.start(contender, transport, folder, processors));
        } catch (IOException e) {
            results.miss(contender, transport, String.valueOf(e.getMessage()));
        }
        progress.done(STARTING, "starting " + contender.title());
    }

    /** Closed loops first, the reference before the others: the rates of the open ones are parts of what it takes. */
    private void settle(List<Server> servers, Window window, Transport transport) throws IOException {
        servers.sort(
                (a, b) -> Boolean.compare(b.contender() == Contender.REFERENCE, a.contender() == Contender.REFERENCE));
        for (Server server : List.copyOf(servers)) {
            for (Cell cell : plan.cells(transport)) {
                try {
                    settle(server, cell, window);
                } catch (IOException e) {
                    drop(server, cell, e, servers);
                    break;
                }
                progress.done(settling(plan), "warming up " + server.contender().title());
            }
        }
    }

    /** Until the compilers have hardly anything left to do. */
    private void settle(Server server, Cell cell, Window window) throws IOException {
        Cell closed = cell.isOpen() ? Cell.closed(cell.transport(), cell.connections(), cell.bytes(), 1) : cell;
        Sample sample;
        int rounds = 0;
        do {
            sample = window.measure(server, closed, -1, 0, plan.warm(), plan.settle());
        } while (sample.compiling() > COMPILED && ++rounds < MOST_ROUNDS);
        if (cell.isOpen()) {
            int rate = rate(sample.requestsPerSecond() * cell.percent() / 100);
            rates.putIfAbsent(cell, rate);
        }
    }

    /** Once more if compilers had their hands in it. */
    private void measure(Server server, Cell cell, int pass, Window window, List<Server> servers) throws IOException {
        try {
            int rate = cell.isOpen() ? rates.get(cell) : 0;
            Sample sample;
            int tries = 0;
            do {
                sample = window.measure(server, cell, pass, rate, plan.warm(), plan.window());
            } while (sample.compiling() > DISTURBED && ++tries < MOST_TRIES);
            results.add(sample);
        } catch (IOException e) {
            drop(server, cell, e, servers);
        }
        progress.done(each(plan), cell.id() + " on " + server.contender().title());
    }

    /** A server that has failed is out until the next start. */
    private void drop(Server server, Cell cell, IOException why, List<Server> servers) throws IOException {
        results.fail(server.contender(), cell, String.valueOf(why.getMessage()));
        servers.remove(server);
        server.close();
    }

    /** Two digits, the same for everyone. */
    static int rate(double exact) {
        double unit = Math.pow(10, Math.floor(Math.log10(exact)) - 1);
        return (int) Math.max(1, Math.round(exact / unit) * unit);
    }

    private static double each(Plan plan) {
        return (plan.warm() + plan.window()) / 1e3 + BETWEEN;
    }

    private static double settling(Plan plan) {
        return 2 * ((plan.warm() + plan.settle()) / 1e3 + BETWEEN);
    }

    private static void empty(Path folder) throws IOException {
        try (Stream<Path> sockets = Files.list(folder)) {
            for (Path socket : sockets.toList()) {
                Files.deleteIfExists(socket);
            }
        }
    }
}
