package gyre;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the package graph and the house rules that javac cannot hold. */
class ArchitectureTest {
    /** What each package may use of ours: a strict one-way graph. The README draws it. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("net", Set.of("reactor", "io", "io.codec", "sys", "future", "buffer")),
            Map.entry("reactor", Set.of("sys", "future", "buffer")),
            Map.entry("io.codec", Set.of("io", "future", "buffer")),
            Map.entry("sys.posix", Set.of("sys", "buffer", "natives")),
            Map.entry("sys.nio", Set.of("sys", "buffer")),
            Map.entry("io", Set.of("future", "buffer")),
            Map.entry("channel", Set.of("future")),
            Map.entry("sys", Set.of("buffer")),
            Map.entry("buffer", Set.of()),
            Map.entry("future", Set.of()),
            Map.entry("natives", Set.of()));

    private static final Pattern USE = Pattern.compile("\\bgyre\\.([a-z]+(?:\\.[a-z]+)*)\\.[A-Z*]");
    private static final Pattern FORBIDDEN_NAME = Pattern.compile("(?:Impl|Abstract|Manager|Utils?|Helpers?)(?![a-z])");
    private static final int MOST_LINES = 400;

    @Test
    void packagesUseOnlyThoseBelowThem() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path root : List.of(Sources.ENGINE, Sources.NATIVES)) {
            for (Path file : Sources.below(root)) {
                if (file.endsWith("module-info.java")) {
                    continue;
                }
                String own = packageOf(root, file);
                Set<String> allowed = ALLOWED.get(own);
                if (allowed == null) {
                    wrong.add(file + ": the package " + own + " is not in the graph");
                    continue;
                }
                lines(file, (number, line) -> {
                    for (Matcher use = USE.matcher(line); use.find(); ) {
                        if (!use.group(1).equals(own) && !allowed.contains(use.group(1))) {
                            wrong.add(file + ":" + number + ": " + line.strip() + " (" + own + " may use "
                                    + new TreeSet<>(allowed) + ")");
                        }
                    }
                });
            }
        }
        assertNone(wrong);
    }

    @Test
    void graphHasNoCycle() {
        Set<String> placed = new TreeSet<>();
        while (ALLOWED.entrySet().stream()
                .anyMatch(entry -> placed.containsAll(entry.getValue()) && placed.add(entry.getKey()))) {}
        assertEquals(new TreeSet<>(ALLOWED.keySet()), placed);
    }

    @Test
    void onlyNativeBindingsKnowJna() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path root : List.of(Sources.ENGINE, Sources.EXAMPLES)) {
            for (Path file : Sources.below(root)) {
                lines(file, (number, line) -> {
                    if (line.contains("com.sun.jna")) {
                        wrong.add(file + ":" + number + ": " + line.strip());
                    }
                });
            }
        }
        assertNone(wrong);
    }

    @Test
    void everyPackageIntroducesItself() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path root : List.of(Sources.ENGINE, Sources.NATIVES)) {
            for (Path file : Sources.below(root)) {
                Path folder = file.getParent();
                if (!folder.equals(root) && !Files.exists(folder.resolve("package-info.java"))) {
                    wrong.add(folder + " has no package-info.java");
                }
            }
        }
        assertNone(wrong.stream().distinct().toList());
    }

    @Test
    void filesStayShort() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : all()) {
            int lines = Files.readAllLines(file).size();
            if (lines > MOST_LINES) {
                wrong.add(file + " has " + lines + " lines, more than " + MOST_LINES);
            }
        }
        assertNone(wrong);
    }

    @Test
    void namesSayWhatThingsAre() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : all()) {
            Matcher name = FORBIDDEN_NAME.matcher(file.getFileName().toString());
            if (name.find()) {
                wrong.add(file + ": no \"" + name.group() + "\" in a name");
            }
        }
        assertNone(wrong);
    }

    private static List<Path> all() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path root : List.of(Sources.ENGINE, Sources.NATIVES, Sources.EXAMPLES, Sources.BENCHMARKS)) {
            files.addAll(Sources.below(root));
        }
        return files;
    }

    private static String packageOf(Path root, Path file) {
        String name = root.resolve("gyre").relativize(file.getParent()).toString();
        return name.replace('/', '.');
    }

    private static void lines(Path file, LineReader reader) throws IOException {
        int number = 0;
        for (String line : Sources.code(file)) {
            reader.read(++number, line);
        }
    }

    private static void assertNone(List<String> wrong) {
        assertEquals("", String.join("\n", wrong));
    }

    @FunctionalInterface
    private interface LineReader {
        void read(int number, String line);
    }
}
