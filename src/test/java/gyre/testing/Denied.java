package gyre.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands to which a system call or a function of the C library is denied, by {@code test/c/denied.c}. Linux only. */
public final class Denied {
    private Denied() {}

    /** The command, whose threads all get this error from this system call. */
    public static List<String> call(String name, int error, List<String> command) {
        return preloaded(List.of("DENIED_CALL=" + name, "DENIED_ERRNO=" + error), command);
    }

    /** The command, which does not find this function. */
    public static List<String> function(String name, List<String> command) {
        return preloaded(List.of("DENIED_FUNCTION=" + name), command);
    }

    private static List<String> preloaded(List<String> variables, List<String> command) {
        Path library = CLibrary.preloaded("denied");
        if (library == null) {
            Tool.skip("there is no gcc to build what denies calls");
        }
        List<String> words = new ArrayList<>(List.of("env", "LD_PRELOAD=" + library));
        words.addAll(variables);
        words.addAll(command);
        return words;
    }
}
