package gyre.report;

import gyre.report.wake.Way;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What was measured, and what could not be. */
public final class Results {
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Map<String, String> missing = new LinkedHashMap<>();
    private final List<Score> scores = new ArrayList<>();
    private final List<WakeUp> wakeUps = new ArrayList<>();

    void add(Sample sample) {
        samples.add(sample);
    }

    void add(List<Score> measured) {
        scores.addAll(measured);
    }

    void add(WakeUp wakeUp) {
        wakeUps.add(wakeUp);
    }

    /** A measurement that failed. */
    void fail(Contender contender, Cell cell, String reason) {
        failures.add(contender.title() + ", " + cell.id() + ": " + reason);
    }

    /** A benchmark that failed. */
    void fail(String what) {
        failures.add(what);
    }

    /** A server that can't be had here. */
    void miss(Contender contender, Transport transport, String reason) {
        miss(contender.title() + ", " + transport.title(), reason);
    }

    /** Anything else that can't be had here. */
    void miss(String what, String reason) {
        missing.put(what, reason);
    }

    public List<Sample> samples() {
        return samples;
    }

    public List<String> failures() {
        return failures;
    }

    /** Which servers and ways there are not, and why. */
    public Map<String, String> missing() {
        return missing;
    }

    public List<Score> scores() {
        return scores;
    }

    public List<WakeUp> wakeUps() {
        return wakeUps;
    }

    public List<WakeUp> wakeUps(Way way) {
        return wakeUps.stream().filter(one -> one.way() == way).toList();
    }

    /** The cells in which something was measured, in the order of the plan. */
    public List<Cell> cells(Transport transport) {
        return samples.stream()
                .map(Sample::cell)
                .filter(cell -> cell.transport() == transport)
                .distinct()
                .toList();
    }

    /** Those that were measured, in the order of the tables. */
    public List<Contender> contenders(Transport transport) {
        return samples.stream()
                .filter(sample -> sample.cell().transport() == transport)
                .map(Sample::contender)
                .distinct()
                .sorted()
                .toList();
    }

    public Spread spread(Contender contender, Cell cell, ToDoubleFunction<Sample> figure) {
        return Spread.of(of(contender, cell).map(figure::applyAsDouble).toList());
    }

    /** Of the ratios to another server that were made within one pass. */
    public Spread ratio(Contender contender, Contender to, Cell cell, ToDoubleFunction<Sample> figure) {
        return ratio(of(contender, cell).toList(), of(to, cell).toList(), Sample::pass, figure);
    }

    /** Of the ratios of the medians of two ways to wake a thread, each made within one pass. */
    public Spread ratio(Way way, Way to) {
        return ratio(wakeUps(way), wakeUps(to), WakeUp::pass, WakeUp::median);
    }

    private static <T> Spread ratio(List<T> ones, List<T> others, ToIntFunction<T> pass, ToDoubleFunction<T> figure) {
        List<Double> ratios = new ArrayList<>();
        for (T one : ones) {
            for (T other : others) {
                if (pass.applyAsInt(one) == pass.applyAsInt(other)) {
                    ratios.add(figure.applyAsDouble(one) / figure.applyAsDouble(other));
                }
            }
        }
        return Spread.of(ratios);
    }

    /** Of all passes together, ns. */
    public Histogram latencies(Contender contender, Cell cell) {
        Histogram sum = new Histogram(3);
        of(contender, cell).forEach(sample -> sum.add(sample.latencies()));
        return sum;
    }

    private Stream<Sample> of(Contender contender, Cell cell) {
        return samples.stream()
                .filter(sample -> sample.contender() == contender)
                .filter(sample -> sample.cell().equals(cell));
    }
}
