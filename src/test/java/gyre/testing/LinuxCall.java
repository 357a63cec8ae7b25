package gyre.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

/** Functions of the C library that only tests need, through JNA; by reflection, as the engine's module does not read it. */
public final class LinuxCall {
    private LinuxCall() {}

    /** What it answers, at least 0. Strings go as {@code char *}, addresses as longs. */
    public static int of(String function, Object... arguments) throws ReflectiveOperationException {
        Class<?> type = Class.forName("com.sun.jna.Function");
        Object found = type.getMethod("getFunction", String.class, String.class).invoke(null, "c", function);
        int result = (int) type.getMethod("invokeInt", Object[].class).invoke(found, (Object) arguments);
        assertTrue(result >= 0, () -> function + Arrays.toString(arguments) + " answered " + result);
        return result;
    }
}
