package gyre.sys.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Lowers how many descriptors this process may have, by another process, which is there before they run out. */
final class DescriptorLimit implements AutoCloseable {
    private final Process limiter;
    private final BufferedReader answers;
    private final BufferedWriter orders;

    private DescriptorLimit(Process limiter) {
        this.limiter = limiter;
        this.answers = limiter.inputReader();
        this.orders = limiter.outputWriter();
    }

    /** One that can be lowered to this many. */
    static DescriptorLimit of(int descriptors) throws IOException {
        String prlimit = "prlimit --pid " + ProcessHandle.current().pid() + " --nofile=";
        return new DescriptorLimit(new ProcessBuilder(
                        "sh",
                        "-c",
                        "was=$(" + prlimit.replace("=", "") + " -o SOFT --noheadings); read go; " + prlimit
                                + descriptors + ":; echo low; read go; " + prlimit + "$was:; echo high")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    void lower() throws IOException {
        order("low");
    }

    void restore() throws IOException {
        order("high");
    }

    private void order(String expected) throws IOException {
        orders.write("go\n");
        orders.flush();
        assertEquals(expected, answers.readLine());
    }

    @Override
    public void close() throws IOException {
        orders.close();
        answers.close();
        limiter.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
