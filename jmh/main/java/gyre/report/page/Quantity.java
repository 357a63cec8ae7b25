package gyre.report.page;

import java.util.Locale;

/** Numbers with three digits, as people read them. */
final class Quantity {
    private Quantity() {}

    static String digits(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        String format = size >= 100 || size == 0 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    static String ratio(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "–";
    }

    /** Per second. */
    static String rate(double value) {
        return value >= 1e6
                ? digits(value / 1e6) + " M/s"
                : value >= 1e3 ? digits(value / 1e3) + " k/s" : digits(value) + "/s";
    }

    static String micros(double value) {
        return value >= 1e3 ? digits(value / 1e3) + " ms" : digits(value) + " µs";
    }
}
