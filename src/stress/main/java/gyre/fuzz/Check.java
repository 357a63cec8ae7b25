package gyre.fuzz;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What has to hold for every input. */
public final class Check {
    private Check() {}

    public static void holds(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    public static void equal(Object expected, @Nullable Object found, String what) {
        holds(Objects.equals(expected, found), what + ": " + found + ", and not " + expected);
    }
}
