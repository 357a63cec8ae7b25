package gyre.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What the figures were made on. */
final class Machine {
    private Machine() {}

    /** Titles and values, for a table. */
    static Map<String, String> describe(Processors processors) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Date", DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx").format(ZonedDateTime.now()));
        facts.put("Processor", field("/proc/cpuinfo", "model name", System.getProperty("os.arch")));
        facts.put("CPUs", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put(
                "Bound",
                processors.note() != null
                        ? processors.note()
                        : "servers to CPU " + processors.server() + ", the load to CPU " + processors.load());
        facts.put(
                "Frequency governor",
                content("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "not told by this machine"));
        facts.put("Memory", field("/proc/meminfo", "MemTotal", "not told by this machine"));
        facts.put("Virtual machine", field("/proc/cpuinfo", "flags", "").contains("hypervisor") ? "yes" : "not seen");
        facts.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("JDK", System.getProperty("java.vm.name") + " " + Runtime.version());
        facts.put("Flags of every JVM", String.join(" ", Child.flags()));
        return facts;
    }

    /** The load average of the last minute; empty where there is none. */
    static String load() throws IOException {
        return content("/proc/loadavg", "").split(" ")[0];
    }

    private static String content(String file, String otherwise) throws IOException {
        Path path = Path.of(file);
        return Files.isReadable(path) ? Files.readString(path).trim() : otherwise;
    }

    private static String field(String file, String name, String otherwise) throws IOException {
        if (!Files.isReadable(Path.of(file))) {
            return otherwise;
        }
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .orElse(otherwise);
        }
    }
}
