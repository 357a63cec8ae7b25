package gyre.report;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One CPU for the server and one for the load.
 *
 * @param server its number; -1 if nothing is bound
 * @param load its number; -1 if nothing is bound
 * @param note why nothing is bound, in one sentence; null if it is
 */
public record Processors(int server, int load, @Nullable String note) {
    private static final Path STATUS = Path.of("/proc/self/status");

    static Processors choose() throws IOException {
        if (!Files.exists(STATUS)) {
            return none("Nothing was bound to a CPU, since that is done on Linux only.");
        }
        List<Integer> allowed = allowed();
        if (allowed.size() < 2) {
            return none("Servers and load shared the one CPU there is: only figures of CPU time mean something.");
        }
        if (!onPath("taskset")) {
            return none("Nothing was bound to a CPU, since there is no taskset (Debian has it in util-linux).");
        }
        int server = allowed.get(0);
        for (int other : allowed.subList(1, allowed.size())) {
            if (!siblings(server).contains(other)) {
                return new Processors(server, other, null);
            }
        }
        return new Processors(
                server, allowed.get(1), "Server and load ran on two threads of one core, since there is no other.");
    }

    /** Whether the load has a CPU of its own. */
    boolean apart() {
        return Runtime.getRuntime().availableProcessors() > 1;
    }

    /** The start of a command line that is to run on a CPU. */
    List<String> prefix(int cpu) {
        return cpu < 0 ? List.of() : List.of("taskset", "-c", String.valueOf(cpu));
    }

    /** As in {@code 0-3,8}. */
    static List<Integer> parse(String list) {
        List<Integer> numbers = new ArrayList<>();
        for (String range : list.trim().split(",")) {
            String[] ends = range.split("-");
            for (int cpu = Integer.parseInt(ends[0]); cpu <= Integer.parseInt(ends[ends.length - 1]); cpu++) {
                numbers.add(cpu);
            }
        }
        return numbers;
    }

    private static Processors none(String why) {
        return new Processors(-1, -1, why);
    }

    private static List<Integer> allowed() throws IOException {
        String prefix = "Cpus_allowed_list:";
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(prefix)) {
                return parse(line.substring(prefix.length()));
            }
        }
        return List.of();
    }

    private static List<Integer> siblings(int cpu) throws IOException {
        Path file = Path.of("/sys/devices/system/cpu/cpu" + cpu + "/topology/thread_siblings_list");
        return Files.exists(file) ? parse(Files.readString(file)) : List.of(cpu);
    }

    private static boolean onPath(String command) {
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "" : path).split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, command))) {
                return true;
            }
        }
        return false;
    }
}
