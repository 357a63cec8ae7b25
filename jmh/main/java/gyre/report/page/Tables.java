package gyre.report.page;

import gyre.report.Cell;
import gyre.report.Contender;
import gyre.report.Results;
import gyre.report.Sample;
import gyre.report.Score;
import gyre.report.Spread;
import gyre.report.Transport;
import gyre.report.WakeUp;
import gyre.report.wake.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The figures of the page that are not drawn. */
final class Tables {
    private Tables() {}

    /** Geometric means of the ratios, a row for each server and a column for each transport. */
    static String means(Results results) {
        List<List<String>> rows = new ArrayList<>();
        for (Contender contender : Contender.values()) {
            List<String> row = new ArrayList<>(List.of(contender.title()));
            for (Transport transport : Transport.values()) {
                List<Double> ratios = results.cells(transport).stream()
                        .map(cell -> results.ratio(contender, Contender.REFERENCE, cell, Sample::cpuPerRequest))
                        .filter(spread -> !spread.isEmpty())
                        .map(Spread::median)
                        .toList();
                row.add(Quantity.ratio(Spread.geometricMean(ratios)));
            }
            rows.add(row);
        }
        return table(List.of("Server", "TCP", "UDP", "Unix socket"), rows);
    }

    /** All figures of a transport's cells, medians of the passes. */
    static String figures(Results results, Transport transport) {
        List<List<String>> rows = new ArrayList<>();
        for (Cell cell : results.cells(transport)) {
            for (Contender contender : results.contenders(transport)) {
                if (!results.spread(contender, cell, Sample::nanos).isEmpty()) {
                    rows.add(figures(results, contender, cell));
                }
            }
        }
        return table(
                List.of(
                        "Cell",
                        "Server",
                        "CPU ns a request",
                        "requests/s",
                        "p50",
                        "p99",
                        "p99.9",
                        "bytes allocated a request",
                        "collections",
                        "lost",
                        "fairness",
                        "load busy",
                        "load late, p99",
                        "resident MiB"),
                rows);
    }

    private static List<String> figures(Results results, Contender contender, Cell cell) {
        ToDoubleFunction<ToDoubleFunction<Sample>> median =
                figure -> results.spread(contender, cell, figure).median();
        ToDoubleFunction<ToDoubleFunction<Sample>> most =
                figure -> results.spread(contender, cell, figure).max();
        return List.of(
                cell.id(),
                contender.title(),
                Quantity.digits(median.applyAsDouble(Sample::cpuPerRequest)),
                Quantity.rate(median.applyAsDouble(Sample::requestsPerSecond)),
                Quantity.micros(median.applyAsDouble(sample -> sample.latency(50))),
                Quantity.micros(median.applyAsDouble(sample -> sample.latency(99))),
                Quantity.micros(median.applyAsDouble(sample -> sample.latency(99.9))),
                Quantity.digits(median.applyAsDouble(Sample::allocatedPerRequest)),
                Quantity.digits(most.applyAsDouble(Sample::collections)),
                Quantity.digits(most.applyAsDouble(Sample::lost)),
                Quantity.ratio(median.applyAsDouble(Sample::fairness)),
                Quantity.ratio(median.applyAsDouble(Sample::busy)),
                cell.isOpen() ? Quantity.micros(median.applyAsDouble(sample -> sample.lag99() / 1e3)) : "–",
                Quantity.digits(most.applyAsDouble(Sample::residentKib) / 1024));
    }

    /** Wake-ups by all ways: medians of the passes. */
    static String wakeUps(Results results) {
        List<List<String>> rows = new ArrayList<>();
        for (Way way : Way.values()) {
            List<WakeUp> all = results.wakeUps(way);
            if (!all.isEmpty()) {
                Spread ratio = results.ratio(way, Way.QUEUE);
                rows.add(List.of(
                        way.title(),
                        micros(all, WakeUp::median),
                        micros(all, WakeUp::p99),
                        Quantity.ratio(ratio.median()),
                        Quantity.ratio(ratio.lower()) + " to " + Quantity.ratio(ratio.upper())));
            }
        }
        return table(List.of("Way", "p50", "p99", "p50 ÷ " + Way.QUEUE.title(), "quartiles"), rows);
    }

    private static String micros(List<WakeUp> all, ToDoubleFunction<WakeUp> nanos) {
        return Quantity.micros(
                Spread.of(all.stream().map(nanos::applyAsDouble).toList()).median() / 1e3);
    }

    static String scores(List<Score> scores) {
        List<List<String>> rows = new ArrayList<>();
        for (Score score : scores) {
            rows.add(List.of(
                    score.group(),
                    score.method(),
                    score.params().isEmpty() ? "–" : score.params(),
                    Quantity.digits(score.score()),
                    Quantity.digits(score.error()),
                    Quantity.digits(score.allocated())));
        }
        return table(List.of("Benchmark", "Method", "With", "ns", "± (99.9 %)", "bytes allocated"), rows);
    }

    static String facts(Map<String, String> facts) {
        StringBuilder table = new StringBuilder("<table class=\"facts\">\n");
        facts.forEach((name, value) -> table.append("<tr><th scope=\"row\">")
                .append(Svg.escape(name))
                .append("</th><td>")
                .append(Svg.escape(value))
                .append("</td></tr>\n"));
        return table + "</table>\n";
    }

    private static String table(List<String> head, List<List<String>> rows) {
        StringBuilder table = new StringBuilder("<div class=\"wide\"><table>\n<thead><tr>");
        head.forEach(title ->
                table.append("<th scope=\"col\">").append(Svg.escape(title)).append("</th>"));
        table.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            table.append("<tr>");
            row.forEach(value -> table.append("<td>").append(Svg.escape(value)).append("</td>"));
            table.append("</tr>\n");
        }
        return table + "</tbody></table></div>\n";
    }
}
