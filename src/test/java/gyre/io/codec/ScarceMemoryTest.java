package gyre.io.codec;

import static gyre.io.codec.Frames.NOBODY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.BufPool;
import gyre.buffer.ScarceMemory;
import org.junit.jupiter.api.Test;

class ScarceMemoryTest {
    private final ScarceMemory memory = new ScarceMemory();
    private final BufPool pool = memory.pool(64 << 10, 1 << 20);
    private final Feed feed = new Feed(pool);

    /** It would give back a large buffer for a small one. */
    @Test
    void aStreamThatCannotMoveToLessMemoryGoesOnWithWhatItHas() throws Exception {
        pool.release(pool.take());
        memory.end();
        FramedRead<String> lines = FramedRead.of(feed.give("whole\npart "), new Lines());
        assertEquals("whole", lines.poll(NOBODY).value());
        assertTrue(lines.poll(NOBODY).isPending());
        feed.give("of a line\n");
        assertEquals("part of a line", lines.poll(NOBODY).value());
        lines.cancel();
        assertEquals(0, pool.stats().taken());
    }

    @Test
    void soDoesOneWhoseFrameWasLargerThanThePoolsBuffers() throws Exception {
        String large = "x".repeat(150_000);
        FramedRead<String> lines = FramedRead.of(feed.give(large), new Lines(1 << 20));
        assertTrue(lines.poll(NOBODY).isPending());
        memory.end();
        feed.give("\nrest");
        assertEquals(large, lines.poll(NOBODY).value());
        feed.give("\n");
        assertEquals("rest", lines.poll(NOBODY).value());
    }
}
