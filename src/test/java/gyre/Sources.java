package gyre;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sources of the modules, for tests about the code itself. Tests run in the engine's folder. */
final class Sources {
    static final Path ENGINE = Path.of("main/java");
    static final Path NATIVES = Path.of("../native-bindings/main/java");
    static final Path EXAMPLES = Path.of("examples/main/java");
    static final Path BENCHMARKS = Path.of("../jmh/main/java");

    private static final Pattern NOT_CODE = Pattern.compile(
            "(?s)//[^\\n]*+|/\\*.*?\\*/|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\])*+\"|'(?:\\\\.|[^'\\\\])++'");

    private Sources() {}

    /** Every Java file below a folder; a folder that is not there has none. */
    static List<Path> below(Path root) throws IOException {
        assertTrue(Files.isDirectory(ENGINE), "the test has to run in the folder of the engine's pom.xml");
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    /** A file's lines without comments and literals. */
    static List<String> code(Path file) throws IOException {
        return NOT_CODE.matcher(Files.readString(file))
                .replaceAll(match -> "\n".repeat((int)
                        match.group().chars().filter(c -> c == '\n').count()))
                .lines()
                .toList();
    }
}
