package gyre.report;

import java.util.Collection;

/**
 * What several measurements of one thing came to. The quartiles are interpolated, as R and NumPy do by default.
 *
 * @param count how many there were; with none, every other value is NaN
 */
public record Spread(int count, double min, double lower, double median, double upper, double max) {
    /** Of the values that are finite: a measurement that failed has none. */
    public static Spread of(Collection<Double> values) {
        double[] sorted = values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return new Spread(
                sorted.length,
                quantile(sorted, 0),
                quantile(sorted, 0.25),
                quantile(sorted, 0.5),
                quantile(sorted, 0.75),
                quantile(sorted, 1));
    }

    /** Of positive values; NaN if there are none. */
    public static double geometricMean(Collection<Double> values) {
        return Math.exp(values.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
    }

    public boolean isEmpty() {
        return count == 0;
    }

    private static double quantile(double[] sorted, double part) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
