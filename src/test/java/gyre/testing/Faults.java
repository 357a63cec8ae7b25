package gyre.testing;

import java.nio.file.Path;
import java.util.List;

/**
 * What a kernel may answer and seldom does, in a JVM that {@link #command} has started: {@code test/c/faults.c} between the
 * engine and the C library. Each method works for the thread that calls it.
 */
public final class Faults {
    /** The kinds of calls. */
    public enum Call {
        RECEIVE,
        SEND,
        ACCEPT,
        WAIT,
        REGISTER,
        OPEN,
        CONNECT,
        CONFIGURE,
        ASK
    }

    /** What the calls are made on. */
    public enum Kind {
        OTHER,
        STREAM,
        DATAGRAM
    }

    private static final String PROPERTY = "gyre.test.faults";

    private Faults() {}

    /** Puts the library in front of a command that starts a JVM; null where there is no gcc. */
    public static List<String> command(List<String> classPath, Class<?> main, String... arguments) {
        Path library = CLibrary.preloaded("faults");
        if (library == null) {
            return null;
        }
        List<String> words = ChildJvm.command(
                classPath, List.of("-Dgyre.natives=jna", "-D" + PROPERTY + "=" + library), main, arguments);
        words.addAll(0, List.of("env", "LD_PRELOAD=" + library));
        return words;
    }

    /** A fault one time in so many; errors that fail an operation only if wanted, and never in calls of a kind, unless null. */
    public static void byChance(long seed, int oneIn, boolean failing, Call spared) {
        call("faults_by_chance", seed, oneIn, failing ? 1 : 0, spared == null ? -1 : spared.ordinal());
    }

    /** One error of the kernel's number, at the so many-th call of a kind, from 1. */
    public static void at(Call call, int number, int error) {
        call("fault_at", call.ordinal(), number, error);
    }

    public static void off() {
        call("faults_off");
    }

    /** How many calls have failed. */
    public static long failures(Call call, Kind kind) {
        return call("faults_failures", call.ordinal(), kind.ordinal());
    }

    /** How many calls were refused for no reason, or did less than they could. */
    public static long others() {
        return call("faults_others");
    }

    /** The errors of a call by their place, first those that fail nothing; 0 behind the last. */
    public static int error(Call call, int place) {
        return (int) call("faults_error", call.ordinal(), place);
    }

    /** Whether an error only asks for another try; of an accept none is fatal. */
    public static boolean isHarmless(Call call, int error) {
        return call("faults_is_harmless", call.ordinal(), error) != 0;
    }

    private static long call(String name, Object... arguments) {
        return (long) CFunction.call(long.class, System.getProperty(PROPERTY), name, arguments);
    }
}
