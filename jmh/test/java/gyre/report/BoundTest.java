package gyre.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundTest {
    @Test
    void aLineIsNameBoundToleranceAndReason() {
        List<Bound> bounds =
                Bound.parse(List.of("# a comment", "", "  cpu:tcp/1x64x1:nio/nio  1.0   0.05 \t because of it"));

        assertEquals(List.of(new Bound("cpu:tcp/1x64x1:nio/nio", 1.0, 0.05, "because of it")), bounds);
    }

    @Test
    void aBoundWithoutAReasonIsRefusedByTheNumberOfItsLine() {
        assertRefused("line 2 has no reason: NAME BOUND TOLERANCE REASON", "", "cpu:tcp/1x64x1:nio/nio 1.0 0.05");
    }

    @Test
    void whatIsNoNumberIsRefused() {
        assertRefused("line 1 has no number where one belongs", "name 1.0 5% because");
    }

    @Test
    void aNegativeNumberIsRefused() {
        assertRefused("line 1 has a negative number", "name 1.0 -0.1 because");
        assertRefused("line 1 has a negative number", "name NaN 0.1 because");
    }

    @Test
    void theToleranceIsPartOfTheLimit() {
        Bound bound = new Bound("name", 1, 0.5, "because");

        assertTrue(bound.holds(1.5));
        assertFalse(bound.holds(1.501));
    }

    @Test
    void whatWasNotMeasuredDoesNotHold() {
        assertFalse(new Bound("name", 1, 0.5, "because").holds(Double.NaN));
    }

    @Test
    void everyCommittedBoundIsAboutSomethingThatIsMeasured() throws IOException {
        List<Bound> bounds = Bound.parse(Files.readAllLines(Path.of("bounds.txt")));
        Plan plan = Plan.check();

        assertFalse(bounds.isEmpty());
        for (Bound bound : bounds) {
            String source = Figures.source(bound.name());
            assertTrue(
                    plan.benchmarks().contains(source)
                            || source.equals(Figures.WAKES) && plan.wakes() > 0
                            || plan.cells().stream().anyMatch(cell -> cell.id().equals(source)),
                    bound.name());
            assertTrue(Double.isNaN(Figures.of(bound.name(), new Results())), bound.name());
        }
    }

    private static void assertRefused(String message, String... lines) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Bound.parse(List.of(lines)))
                        .getMessage());
    }
}
