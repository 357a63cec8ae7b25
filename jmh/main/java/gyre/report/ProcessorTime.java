package gyre.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What all programs together have taken of all CPUs. */
final class ProcessorTime {
    private static final Path STAT = Path.of("/proc/stat");
    private static final long TICK = 10_000_000; // USER_HZ is 100 on every Linux

    private ProcessorTime() {}

    /** ns since the system started, with what a host has taken away; 0 where there is no {@code /proc}. */
    static long total() throws IOException {
        if (!Files.exists(STAT)) {
            return 0;
        }
        try (var lines = Files.lines(STAT)) {
            String[] fields = lines.findFirst().orElseThrow().trim().split("\\s+");
            long ticks = 0;
            for (int i = 1; i <= 8; i++) {
                boolean idle = i == 4 || i == 5;
                ticks += idle ? 0 : Long.parseLong(fields[i]);
            }
            return ticks * TICK;
        }
    }
}
