package gyre.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Measures what {@code bounds.txt} is about, and what does not hold once more: noise seldom strikes twice. */
final class Check {
    private static final Path BOUNDS = Path.of("jmh/bounds.txt");

    private final Processors processors;
    private final Path log;
    private int widest;

    /** @param log for what JMH has to say */
    Check(Processors processors, Path log) {
        this.processors = processors;
        this.log = log;
    }

    /** Whether every bound holds; prints them all. */
    boolean passes() throws IOException {
        List<Bound> bounds = Bound.parse(Files.readAllLines(BOUNDS));
        widest = bounds.stream().mapToInt(bound -> bound.name().length()).max().orElse(0);
        Plan plan = about(Plan.check(), bounds);
        Results results = Report.measure(plan, processors, log);
        List<Bound> exceeded = judge(bounds, results, "exceeded");
        if (!exceeded.isEmpty()) {
            Report.say(exceeded.size() + " of " + bounds.size() + " do not hold; they are measured once more.");
            Results again = Report.measure(about(plan, exceeded), processors, log);
            exceeded = judge(exceeded, again, "EXCEEDED AGAIN");
        }
        for (Bound bound : exceeded) {
            Report.say(bound.name() + " does not hold: " + bound.reason());
        }
        return exceeded.isEmpty();
    }

    /** @throws IllegalArgumentException if a bound is about something that is not measured */
    private static Plan about(Plan plan, List<Bound> bounds) {
        Set<String> sources =
                bounds.stream().map(bound -> Figures.source(bound.name())).collect(Collectors.toSet());
        List<Cell> cells =
                plan.cells().stream().filter(cell -> sources.remove(cell.id())).toList();
        boolean wake = sources.remove(Figures.WAKES);
        List<String> benchmarks =
                plan.benchmarks().stream().filter(sources::remove).toList();
        if (!sources.isEmpty()) {
            throw new IllegalArgumentException(BOUNDS + " has bounds for what --check does not measure: " + sources);
        }
        return plan.only(cells, wake, benchmarks);
    }

    private List<Bound> judge(List<Bound> bounds, Results results, String verdict) {
        List<Bound> exceeded = new ArrayList<>();
        String row = "%-" + widest + "s  %8s  %8s  %s%n";
        System.out.printf(row, "figure", "measured", "at most", "");
        for (Bound bound : bounds) {
            double figure = Figures.of(bound.name(), results);
            if (!bound.holds(figure)) {
                exceeded.add(bound);
            }
            System.out.printf(
                    row,
                    bound.name(),
                    Double.isNaN(figure) ? "none" : String.format("%.3f", figure),
                    String.format("%.3f", bound.limit()),
                    bound.holds(figure) ? "holds" : verdict);
        }
        results.missing().forEach((server, why) -> Report.say("There is no " + server + " here: " + why));
        results.failures().forEach(failure -> Report.say("FAILED: " + failure));
        return exceeded;
    }
}
