package gyre;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code unfit.txt} leaves out has to exist: a row that is out of date would be a reason for nothing. */
class UnfitTestsTest {
    @Test
    void eachRowNamesATest() throws IOException {
        List<Path> sources = Sources.below(Path.of("test/java"));
        List<String> rows = Files.readAllLines(Path.of("test/resources/gyre/testing/unfit.txt"));
        List<String> unknown = new ArrayList<>();
        for (String row : rows.subList(1, rows.size())) {
            String[] names = row.split(" +", 3)[1].split("\\.");
            boolean found = false;
            for (Path source : sources) {
                found |= source.endsWith(names[0] + ".java")
                        && Files.readString(source).contains("void " + names[1] + "(");
            }
            if (!found) {
                unknown.add(row);
            }
        }
        assertEquals(List.of(), unknown);
    }
}
