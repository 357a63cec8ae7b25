package gyre.report.page;

import gyre.report.Cell;
import gyre.report.Contender;
import gyre.report.Results;
import gyre.report.Sample;
import gyre.report.Spread;
import gyre.report.Transport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Gyre beside the best of the others, cell by cell: where it is ahead, level and behind. */
final class Verdicts {
    /** A figure that the smaller is the better. */
    enum Figure {
        CPU("CPU time per request", Sample::cpuPerRequest, cell -> true),
        TIME(
                "Time per request in a closed loop (throughput, upside down)",
                sample -> 1 / sample.requestsPerSecond(),
                cell -> !cell.isOpen()),
        P50("Median latency", sample -> sample.latency(50), cell -> true),
        P99("99th percentile of latency", sample -> sample.latency(99), cell -> true);

        private final String title;
        private final ToDoubleFunction<Sample> of;
        private final Predicate<Cell> counts;

        Figure(String title, ToDoubleFunction<Sample> of, Predicate<Cell> counts) {
            this.title = title;
            this.of = of;
            this.counts = counts;
        }
    }

    private final Results results;
    private final Contender gyre;

    Verdicts(Results results, Contender gyre) {
        this.results = results;
        this.gyre = gyre;
    }

    /** The rows of a table. */
    String rows() {
        StringBuilder rows = new StringBuilder();
        for (Figure figure : Figure.values()) {
            rows.append(row(figure));
        }
        return rows.toString();
    }

    private String row(Figure figure) {
        List<String> ahead = new ArrayList<>();
        List<String> level = new ArrayList<>();
        List<String> behind = new ArrayList<>();
        for (Transport transport : Transport.values()) {
            for (Cell cell : results.cells(transport)) {
                Contender best = figure.counts.test(cell) ? best(cell, figure) : null;
                if (best == null) {
                    continue;
                }
                Spread ratio = results.ratio(gyre, best, cell, figure.of);
                if (ratio.isEmpty()) {
                    continue;
                }
                (ratio.upper() < 1 ? ahead : ratio.lower() > 1 ? behind : level)
                        .add(cell.id() + " (" + Quantity.ratio(ratio.median()) + " of " + best.title() + ")");
            }
        }
        return "<tr><th scope=\"row\">" + figure.title + "</th>" + column("ahead", ahead) + column("level", level)
                + column("behind", behind) + "</tr>\n";
    }

    /** Of the servers that are not Gyre's; null if none was measured. */
    private @Nullable Contender best(Cell cell, Figure figure) {
        return results.contenders(cell.transport()).stream()
                .filter(contender -> !contender.isGyre())
                .filter(contender -> !results.spread(contender, cell, figure.of).isEmpty())
                .min(Comparator.comparingDouble(
                        contender -> results.spread(contender, cell, figure.of).median()))
                .orElse(null);
    }

    private static String column(String style, List<String> cells) {
        StringBuilder column = new StringBuilder("<td class=\"" + style + "\"><b>" + cells.size() + "</b>");
        for (String cell : cells) {
            column.append("<br/>").append(Svg.escape(cell));
        }
        return column + "</td>";
    }
}
