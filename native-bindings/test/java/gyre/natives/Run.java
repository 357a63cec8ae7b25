package gyre.natives;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that has run: its exit status, and what it wrote to both outputs. */
record Run(int status, String output) {
    /** Runs a program to its end; an IOException says that it does not exist. */
    static Run of(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("gyre", ".out"); // a pipe could fill up
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(50, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end: " + Files.readString(output));
            }
            return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }
}
