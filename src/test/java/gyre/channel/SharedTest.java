package gyre.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Where two threads meet, one step after the other. */
class SharedTest {
    private final Shared<Integer> shared = new Shared<>(0);

    @Test
    void nothingIsAcceptedOnceTheLastSenderHasGone() {
        shared.removeSender();
        assertTrue(shared.hasEnded());
        assertFalse(shared.offer(1, new Place()), "a send that began before the close, and came too late");
        assertNull(shared.take());
    }

    @Test
    void whatHasEndedGetsNoFurtherSender() {
        shared.removeSender();
        assertFalse(shared.addSender());
        assertTrue(shared.hasEnded());
    }

    @Test
    void whatWasAcceptedComesBeforeTheEnd() {
        assertTrue(shared.offer(1, new Place()));
        shared.removeSender();
        shared.close();
        assertFalse(shared.hasEnded());
        assertEquals(1, shared.take());
        assertTrue(shared.hasEnded());
    }

    @Test
    void aPlaceTakenInTheMiddleOfClosingIsFreed() {
        Place place = new Place();
        shared.close();
        assertFalse(shared.offer(1, place));
        assertFalse(place.isTaken());
        assertTrue(shared.isClosed());
    }
}
