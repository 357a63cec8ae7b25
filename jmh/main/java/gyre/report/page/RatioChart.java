package gyre.report.page;

import gyre.report.Cell;
import gyre.report.Contender;
import gyre.report.Results;
import gyre.report.Sample;
import gyre.report.Spread;
import gyre.report.Transport;
import java.util.List;

/** CPU time per request beside the reference's: a dot for the median, a thick line for the quartiles, a thin one for the rest. */
final class RatioChart {
    private static final int LEFT = 250;
    private static final int RIGHT = 60;
    private static final int WIDTH = 860;
    private static final int ROW = 15;
    private static final int GAP = 14;
    private static final double CAP = 3;

    private final Results results;
    private final List<Cell> cells;
    private final List<Contender> contenders;
    private double low = 0.9;
    private double high = 1.1;

    RatioChart(Results results, Transport transport) {
        this.results = results;
        cells = results.cells(transport);
        contenders = results.contenders(transport).stream()
                .filter(contender -> contender != Contender.REFERENCE)
                .toList();
        for (Cell cell : cells) {
            for (Contender contender : contenders) {
                Spread spread = spread(contender, cell);
                if (!spread.isEmpty()) {
                    low = Math.min(low, Math.floor(spread.min() * 10) / 10);
                    high = Math.max(high, Math.min(CAP, Math.ceil(spread.max() * 10) / 10));
                }
            }
        }
    }

    String draw() {
        int block = contenders.size() * ROW + GAP;
        int height = 34 + cells.size() * block;
        Svg svg = new Svg(WIDTH, height, "CPU time per request, over that of " + Contender.REFERENCE.title());
        double step = high - low > 1.2 ? 0.5 : high - low > 0.6 ? 0.2 : 0.1;
        for (double tick = Math.ceil(low / step - 1e-9) * step; tick <= high + 1e-9; tick += step) {
            boolean one = Math.abs(tick - 1) < 1e-9;
            svg.line(x(tick), 20, x(tick), height - GAP / 2, one ? "one" : "grid");
            svg.text(x(tick), 13, "middle", "tick", Quantity.ratio(tick));
        }
        if (step == 0.2 || step == 0.5) {
            svg.line(x(1), 20, x(1), height - GAP / 2, "one");
        }
        double y = 34;
        for (Cell cell : cells) {
            svg.text(0, y + 4, "start", "label", cell.title());
            for (Contender contender : contenders) {
                row(svg, y, contender, spread(contender, cell));
                y += ROW;
            }
            y += GAP;
        }
        return svg.toString();
    }

    private void row(Svg svg, double y, Contender contender, Spread spread) {
        if (spread.isEmpty()) {
            svg.text(WIDTH - RIGHT + 10, y + 4, "start", "tick", "none");
            return;
        }
        svg.line(x(spread.min()), y, x(spread.max()), y, "thin s-" + contender.id());
        svg.line(x(spread.lower()), y, x(spread.upper()), y, "thick s-" + contender.id());
        svg.dot(x(spread.median()), y, "f-" + contender.id());
        svg.text(WIDTH - RIGHT + 10, y + 4, "start", "value", Quantity.ratio(spread.median()));
    }

    private Spread spread(Contender contender, Cell cell) {
        return results.ratio(contender, Contender.REFERENCE, cell, Sample::cpuPerRequest);
    }

    private double x(double ratio) {
        return LEFT + (Math.min(ratio, high) - low) / (high - low) * (WIDTH - LEFT - RIGHT);
    }
}
