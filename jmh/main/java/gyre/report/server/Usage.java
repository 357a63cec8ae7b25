package gyre.report.server;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What this process has used up since it started. */
final class Usage {
    private static final Path THREADS = Path.of("/proc/self/task");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    private final Thread loop;

    Usage(Thread loop) {
        this.loop = loop;
    }

    /** CPU time of the process in ns, bytes that the serving thread allocated, collections, ms of compiling, resident KiB. */
    String mark() throws IOException {
        long collections = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += collector.getCollectionCount();
        }
        @SuppressWarnings("deprecation") // threadId() came after 17
        long allocated = threads.getThreadAllocatedBytes(loop.getId());
        return "mark cpu=" + cpu() + " allocated=" + allocated + " collections=" + collections + " compiling="
                + compilers.getTotalCompilationTime() + " resident=" + resident();
    }

    /**
     * Of all threads, the compilers and the collector too. A process's own clock has ticks of 10 ms; a thread's is exact while
     * it does not run, and when the process is bound to one CPU only the thread that asks does.
     */
    private long cpu() throws IOException {
        if (!Files.exists(Path.of("/proc/self/schedstat"))) {
            return system.getProcessCpuTime();
        }
        long sum = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(THREADS)) {
            for (Path thread : all) {
                try {
                    String line = Files.readString(thread.resolve("schedstat"));
                    sum += Long.parseLong(line.substring(0, line.indexOf(' ')));
                } catch (NoSuchFileException e) {
                    continue; // the thread has just ended
                }
            }
        }
        return sum;
    }

    private static long resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
    }
}
