package gyre.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A figure that must not become larger: a line of {@code bounds.txt}, {@code NAME BOUND TOLERANCE REASON}.
 *
 * @param name see {@link Figures}
 * @param tolerance what noise may add to the bound
 * @param reason why it is this one
 */
record Bound(String name, double bound, double tolerance, String reason) {
    /** The largest value that passes. */
    double limit() {
        return bound + tolerance;
    }

    /** A figure that could not be measured, NaN, does not hold. */
    boolean holds(double figure) {
        return figure <= limit();
    }

    /**
     * Empty lines, and those that begin with {@code #}, say nothing.
     *
     * @throws IllegalArgumentException if a line is not understood; the message has its number
     */
    static List<Bound> parse(List<String> lines) {
        List<Bound> bounds = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).trim();
            if (!line.isEmpty() && !line.startsWith("#")) {
                bounds.add(parse(line, i + 1));
            }
        }
        return bounds;
    }

    private static Bound parse(String line, int number) {
        String[] fields = line.split("\\s+", 4);
        if (fields.length < 4) {
            throw new IllegalArgumentException("line " + number + " has no reason: NAME BOUND TOLERANCE REASON");
        }
        try {
            Bound bound = new Bound(fields[0], Double.parseDouble(fields[1]), Double.parseDouble(fields[2]), fields[3]);
            if (!(bound.bound() >= 0 && bound.tolerance() >= 0)) {
                throw new IllegalArgumentException("line " + number + " has a negative number");
            }
            return bound;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("line " + number + " has no number where one belongs", e);
        }
    }
}
