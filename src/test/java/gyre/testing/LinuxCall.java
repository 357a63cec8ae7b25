package gyre.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

/** Functions of the C library that only tests need. */
public final class LinuxCall {
    private LinuxCall() {}

    /** What it answers, at least 0. Strings go as {@code char *}, addresses as longs. */
    public static int of(String function, Object... arguments) {
        int result = (int) CFunction.call(int.class, "c", function, arguments);
        assertTrue(result >= 0, () -> function + Arrays.toString(arguments) + " answered " + result);
        return result;
    }
}
