package gyre.testing;

/** Calls C through JNA; by reflection, as the engine's module, which the tests are in, does not read it. */
final class CFunction {
    private CFunction() {}

    /** What a library's function answers, as an {@code int} or a {@code long}; the library's name or path. */
    static Object call(Class<?> answer, String library, String function, Object... arguments) {
        try {
            Class<?> type = Class.forName("com.sun.jna.Function");
            Object found =
                    type.getMethod("getFunction", String.class, String.class).invoke(null, library, function);
            return type.getMethod("invoke", Class.class, Object[].class).invoke(found, answer, arguments);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(function, e);
        }
    }
}
