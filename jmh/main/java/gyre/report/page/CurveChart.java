package gyre.report.page;

import gyre.report.Cell;
import gyre.report.Contender;
import gyre.report.Results;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Latencies of one cell by percentile. Both axes are logarithmic: to the right each step leaves a tenth of the requests. */
final class CurveChart {
    private static final int WIDTH = 420;
    private static final int HEIGHT = 250;
    private static final int LEFT = 62;
    private static final int BOTTOM = 216;
    private static final int TOP = 12;
    private static final int RIGHT = 408;
    private static final List<String> NINES = List.of("0", "90 %", "99 %", "99.9 %", "99.99 %");
    private static final int FEWEST = 10; // requests that are left, for a percentile to mean something
    private static final int STEPS = 160;

    private final Results results;
    private final Cell cell;
    private final List<Contender> contenders;

    CurveChart(Results results, Cell cell) {
        this.results = results;
        this.cell = cell;
        contenders = results.contenders(cell.transport()).stream()
                .filter(contender -> results.latencies(contender, cell).getTotalCount() > 0)
                .toList();
    }

    String draw() {
        double low = Double.MAX_VALUE;
        double high = 0;
        for (Contender contender : contenders) {
            Histogram latencies = results.latencies(contender, cell);
            low = Math.min(low, latencies.getValueAtPercentile(1));
            high = Math.max(high, latencies.getValueAtPercentile(percentile(last(latencies))));
        }
        double bottom = Math.log10(low) - 0.05;
        double top = Math.max(Math.log10(high) + 0.05, bottom + 0.5);
        Svg svg = new Svg(WIDTH, HEIGHT, "Latency by percentile, " + cell.title());
        for (int i = 0; i < NINES.size(); i++) {
            svg.line(x(i), TOP, x(i), BOTTOM, "grid");
            svg.text(x(i), BOTTOM + 16, "middle", "tick", NINES.get(i));
        }
        for (int power = (int) Math.floor(bottom); power <= top; power++) {
            for (int digit : new int[] {1, 2, 5}) {
                double y = y(Math.log10(digit) + power, bottom, top);
                if (y <= BOTTOM && y >= TOP) {
                    svg.line(LEFT, y, RIGHT, y, "grid");
                    svg.text(
                            LEFT - 6,
                            y + 4,
                            "end",
                            "tick",
                            Quantity.micros(digit * Math.pow(10, power) / 1e3).replaceFirst("\\.0+ ", " "));
                }
            }
        }
        for (Contender contender : contenders) {
            svg.curve(points(results.latencies(contender, cell), bottom, top), "curve s-" + contender.id());
        }
        svg.text((LEFT + RIGHT) / 2.0, HEIGHT - 2, "middle", "tick", "percentile of the requests");
        return svg.toString();
    }

    private String points(Histogram latencies, double bottom, double top) {
        StringBuilder points = new StringBuilder();
        double last = last(latencies);
        for (int i = 0; i <= STEPS; i++) {
            double nines = last * i / STEPS;
            double value = Math.log10(Math.max(1, latencies.getValueAtPercentile(percentile(nines))));
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(nines), Math.min(BOTTOM, y(value, bottom, top))));
        }
        return points.toString().trim();
    }

    private static double last(Histogram latencies) {
        double resolved = Math.log10((double) latencies.getTotalCount() / FEWEST);
        return Math.max(0.3, Math.min(NINES.size() - 1, resolved));
    }

    private static double percentile(double nines) {
        return 100 * (1 - Math.pow(10, -nines));
    }

    private static double x(double nines) {
        return LEFT + nines / (NINES.size() - 1) * (RIGHT - LEFT);
    }

    private static double y(double log, double bottom, double top) {
        return BOTTOM - (log - bottom) / (top - bottom) * (BOTTOM - TOP);
    }
}
