package gyre.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void quartilesAreInterpolated() {
        Spread spread = Spread.of(List.of(4.0, 1.0, 3.0, 2.0));

        assertEquals(new Spread(4, 1, 1.75, 2.5, 3.25, 4), spread);
    }

    @Test
    void medianOfAnOddNumberIsTheMiddleOne() {
        assertEquals(7, Spread.of(List.of(100.0, 7.0, 1.0)).median());
    }

    @Test
    void oneValueIsAllOfThem() {
        assertEquals(new Spread(1, 5, 5, 5, 5, 5), Spread.of(List.of(5.0)));
    }

    @Test
    void whatFailedDoesNotCount() {
        assertEquals(Spread.of(List.of(1.0, 2.0)), Spread.of(List.of(Double.NaN, 1.0, Double.POSITIVE_INFINITY, 2.0)));
    }

    @Test
    void nothingHasNoMedian() {
        Spread spread = Spread.of(List.of());

        assertTrue(spread.isEmpty());
        assertTrue(Double.isNaN(spread.median()));
    }

    @Test
    void geometricMeanOfRatiosTakesHalfAndDoubleForLevel() {
        assertEquals(1, Spread.geometricMean(List.of(0.5, 2.0)), 1e-12);
        assertTrue(Double.isNaN(Spread.geometricMean(List.of())));
    }
}
