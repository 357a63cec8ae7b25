package gyre.testing;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A program of the system that a test needs. Where CI is set it must be there; elsewhere the test is skipped, aloud. */
public final class Tool {
    private Tool() {}

    public static void need(String... command) throws InterruptedException {
        String problem = problem(List.of(command));
        if (problem == null) {
            return;
        }
        if (System.getenv("CI") != null) {
            throw new AssertionError("in CI this must work: " + problem);
        }
        skip(problem);
    }

    /** Skips the test, and says so on standard error. */
    public static void skip(String reason) {
        System.err.println("SKIPPED: " + reason);
        Assumptions.abort(reason);
    }

    private static String problem(List<String> command) throws InterruptedException {
        String words = String.join(" ", command);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return words + " hangs";
            }
            return process.exitValue() == 0 ? null : words + " exits with " + process.exitValue();
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
