package gyre.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void withoutAnyTheWholeReportIsMade() {
        assertEquals(new Arguments(false, false, "jmh/target/report.html"), Arguments.parse());
    }

    @Test
    void quickAndOutGoTogether() {
        assertEquals(new Arguments(true, false, "/tmp/a.html"), Arguments.parse("--out", "/tmp/a.html", "--quick"));
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        assertRefused("\"--fast\" is not understood", "--fast");
        assertRefused("--out needs the name of a file", "--out");
        assertRefused("--check takes neither --quick nor --out", "--check", "--quick");
        assertRefused("--out is for the page: the JSON goes beside it", "--out", "a.json");
    }

    @Test
    void listsOfProcessorsHaveRanges() {
        assertEquals(List.of(0, 1, 2, 3, 8, 10), Processors.parse("\t0-3,8,10\n"));
    }

    @Test
    void ratesHaveTwoDigits() {
        assertEquals(25_000, Series.rate(25_444));
        assertEquals(130_000, Series.rate(125_001));
        assertEquals(7, Series.rate(7.04));
        assertEquals(1, Series.rate(0.3));
    }

    @Test
    void progressTellsPartAndTimeLeft() {
        assertEquals("gyre:  42 %, 1:01 left, tcp/1x64x1", Progress.line(42.4, 60.2, "tcp/1x64x1"));
    }

    private static void assertRefused(String message, String... args) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Arguments.parse(args))
                        .getMessage());
    }
}
