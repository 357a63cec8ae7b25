package gyre.report.page;

import gyre.report.Cell;
import gyre.report.Contender;
import gyre.report.Results;
import gyre.report.Sample;
import gyre.report.Spread;
import gyre.report.Transport;
import java.util.List;

/** Requests per second in the closed loops: a bar for the median, a line for the quartiles; each cell has its own scale. */
final class RateChart {
    private static final double SATURATED = 0.97;
    private static final int LEFT = 250;
    private static final int RIGHT = 190;
    private static final int WIDTH = 860;
    private static final int ROW = 17;
    private static final int GAP = 12;

    private final Results results;
    private final List<Cell> cells;
    private final List<Contender> contenders;

    RateChart(Results results, Transport transport) {
        this.results = results;
        cells = results.cells(transport).stream().filter(cell -> !cell.isOpen()).toList();
        contenders = results.contenders(transport);
    }

    String draw() {
        Svg svg = new Svg(WIDTH, cells.size() * (contenders.size() * ROW + GAP), "Requests per second");
        double y = 0;
        for (Cell cell : cells) {
            double most = contenders.stream()
                    .map(contender -> results.spread(contender, cell, Sample::requestsPerSecond))
                    .filter(spread -> !spread.isEmpty())
                    .mapToDouble(Spread::upper)
                    .max()
                    .orElse(1);
            svg.text(0, y + 12, "start", "label", cell.title());
            for (Contender contender : contenders) {
                row(svg, y, contender, cell, (WIDTH - LEFT - RIGHT) / most);
                y += ROW;
            }
            y += GAP;
        }
        return svg.toString();
    }

    private void row(Svg svg, double y, Contender contender, Cell cell, double scale) {
        Spread rate = results.spread(contender, cell, Sample::requestsPerSecond);
        if (rate.isEmpty()) {
            svg.text(LEFT + 6, y + 12, "start", "tick", "none: " + contender.title());
            return;
        }
        double middle = y + ROW / 2.0 - 1;
        double end = LEFT + rate.median() * scale;
        svg.bar(LEFT, y + 1, rate.median() * scale, ROW - 4, "f-" + contender.id());
        svg.line(LEFT + rate.lower() * scale, middle, LEFT + rate.upper() * scale, middle, "whisker");
        boolean limited = results.spread(contender, cell, Sample::busy).median() > SATURATED;
        svg.text(
                Math.max(end, LEFT + rate.upper() * scale) + 6,
                y + 12,
                "start",
                "value",
                Quantity.rate(rate.median()) + (limited ? ", the load's limit" : ""));
    }
}
