package gyre.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The documents keep their word: the guide's code is code that tests run, and the tables name tests that there are. Tests
 * run in the folder of the module.
 */
class DocsTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path TOKIO_CORE = ROOT.resolve("docs/tokio-core.md");
    private static final Path BEHAVIOURS = ROOT.resolve("docs/behaviours.md");
    private static final Path GUIDE = ROOT.resolve("docs/guide.md");
    private static final Path SNIPPETS = Path.of("test/java/gyre/examples/guide");
    private static final Pattern JAVA =
            Pattern.compile("(?ms)^(?:<!-- code: (\\w+) ([\\w-]+) -->\\n)?```java\\n(.*?)^```$");
    private static final Pattern REGION = Pattern.compile("(?ms)^ *// guide: ([\\w-]+)\\n(.*?)^ *// end\\n");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test|\\w+Contract|\\w+Properties)\\.(\\w+)`");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)(?:#[^)]*)?\\)");

    @Test
    void guideShowsOnlyCodeThatTestsRun() throws IOException {
        Map<String, String> regions = regions();
        List<String> wrong = new ArrayList<>();
        int blocks = 0;
        for (Matcher block = JAVA.matcher(Files.readString(GUIDE)); block.find(); blocks++) {
            String name = block.group(1) + " " + block.group(2);
            String source = regions.remove(name);
            if (source == null) {
                wrong.add("no test has the region " + name + " of this block:\n" + block.group(3));
            } else if (!source.equals(block.group(3))) {
                wrong.add(name + " is in the guide\n" + block.group(3) + "and in the test\n" + source);
            }
        }
        regions.keySet().forEach(name -> wrong.add("the guide does not show " + name));
        assertEquals("", String.join("\n", wrong));
        assertTrue(blocks > 0, "the guide shows no code");
    }

    @Test
    void everyRowOfTheTablesNamesTestsThatThereAre() throws IOException {
        Map<String, String> tests = sources();
        List<String> wrong = new ArrayList<>();
        int rows = 0;
        for (String[] cells : rows(TOKIO_CORE, "| Original")) {
            rows++;
            if (cells.length != 5 || cells[1].isBlank() || cells[2].isBlank() || cells[3].isBlank()) {
                wrong.add("a row has three cells, none of them empty: " + String.join("|", cells));
            } else if (!namesTests(cells[3], tests, wrong) && !cells[3].contains("not in Gyre")) {
                wrong.add("a row names the test that proves it, or says \"not in Gyre\": " + String.join("|", cells));
            }
        }
        assertEquals("", String.join("\n", wrong));
        assertTrue(rows > 50, "rows: " + rows);
    }

    @Test
    void everyBehaviourHasARowWithItsTests() throws IOException {
        Map<String, String> tests = sources();
        List<String> wrong = new ArrayList<>();
        int rows = 0;
        for (String[] cells : rows(BEHAVIOURS, "| No.")) {
            rows++;
            if (cells.length != 7 || !cells[1].strip().equals("" + rows) || cells[2].isBlank() || cells[5].isBlank()) {
                wrong.add("row " + rows + " has its number and five cells: " + String.join("|", cells));
            } else if (!namesTests(cells[4], tests, wrong) && !cells[4].matches(" not yet: .{20,}")) {
                wrong.add("row " + rows + " names its tests or says \"not yet\" and why");
            }
        }
        assertEquals("", String.join("\n", wrong));
        assertEquals(54, rows);
    }

    private static List<String[]> rows(Path table, String header) throws IOException {
        return Files.readAllLines(table).stream()
                .filter(line -> line.startsWith("|") && !line.startsWith("|--") && !line.startsWith(header))
                .map(line -> line.strip().split("(?<!\\\\)\\|", -1))
                .toList();
    }

    /** Whether there are any; adds those that do not exist. */
    private static boolean namesTests(String cell, Map<String, String> tests, List<String> wrong) {
        Matcher test = TEST.matcher(cell);
        boolean any = false;
        for (; test.find(); any = true) {
            String source = tests.get(test.group(1));
            if (source == null
                    || !Pattern.compile("@\\w*(Test|Property)\\b[^;]*\\bvoid " + test.group(2) + "\\(")
                            .matcher(source)
                            .find()) {
                wrong.add("there is no test " + test.group());
            }
        }
        return any;
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> wrong = new ArrayList<>();
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            List<Path> all = new ArrayList<>(docs.toList());
            Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                    .map(ROOT::resolve)
                    .forEach(all::add);
            for (Path document : all) {
                for (Matcher link = LINK.matcher(Files.readString(document)); link.find(); ) {
                    if (!Files.exists(document.resolveSibling(link.group(1)))) {
                        wrong.add(document + ": " + link.group(1));
                    }
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    /** What stands between the marks of the guide's tests, without its indentation. */
    private static Map<String, String> regions() throws IOException {
        Map<String, String> regions = new HashMap<>();
        try (Stream<Path> files = Files.list(SNIPPETS)) {
            for (Path file : files.toList()) {
                String test = file.getFileName().toString().replace(".java", "");
                for (Matcher region = REGION.matcher(Files.readString(file)); region.find(); ) {
                    String code =
                            region.group(2).stripTrailing().stripIndent(); // a last line that is empty would count
                    regions.put(test + " " + region.group(1), code + "\n");
                }
            }
        }
        return regions;
    }

    /** All tests of the project by the names of their classes. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("src", "src/examples", "native-bindings")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("test/java"))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    sources.merge(name, Files.readString(file), String::concat); // some names are there twice
                }
            }
        }
        return sources;
    }
}
