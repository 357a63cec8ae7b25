package gyre.buffer;

import static gyre.buffer.BufPoolTest.take;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a pool does when the JVM has no direct memory for it. */
class RefusedMemoryTest {
    /** Each refusal is slow (the JVM collects garbage and sleeps before it), so that it isn't repeated until a trim. */
    @Test
    void directMemoryThatTheJvmRefusesCountsAsExhausted() {
        int[] asked = {0};
        int[] allowed = {2};
        BufPool pool = new BufPool(8, 800, false, size -> {
            if (asked[0]++ >= allowed[0]) {
                throw new OutOfMemoryError("Cannot reserve direct memory");
            }
            return ByteBuffer.allocateDirect(size);
        });
        List<Buf> all = take(pool, 2);
        for (int i = 0; i < 10; i++) {
            assertNull(pool.tryTake());
        }
        assertEquals(3, asked[0]);
        pool.release(all.remove(0));
        all.addAll(take(pool, 1));
        assertNull(pool.tryTake());
        pool.trim();
        allowed[0] = 100;
        all.addAll(take(pool, 3));
        assertEquals(5, pool.stats().taken());
        all.forEach(pool::release);
    }

    @Test
    void whatTheJvmHasRefusedToWhoCannotWaitIsNotAskedForAgainUntilATrim() throws IOException {
        List<Integer> asked = new ArrayList<>();
        BufPool pool = new BufPool(8, 800, false, size -> {
            asked.add(size);
            if (size > 4) {
                throw new OutOfMemoryError("Cannot reserve direct memory");
            }
            return ByteBuffer.allocateDirect(size);
        });
        IOException e = assertThrows(IOException.class, () -> pool.allocate(8));
        assertEquals("no direct memory for 8 bytes", e.getMessage());
        assertEquals(OutOfMemoryError.class, e.getCause().getClass());
        assertThrows(IOException.class, () -> pool.allocate(16));
        assertThrows(IllegalStateException.class, pool::tryTake);
        assertEquals(4, pool.allocate(4).writable());
        assertEquals(List.of(8, 4), asked);
        assertTrue(pool.excess(), "the loop has a trim to do");
        pool.trim();
        assertFalse(pool.excess());
        assertThrows(IOException.class, () -> pool.allocate(8));
        assertEquals(List.of(8, 4, 8), asked);
        assertEquals(0, pool.stats().bytes());
    }

    /** Who asks for a small one has another way to go, or fails by itself. */
    @Test
    void noMemoryForASmallOneIsNoFailure() {
        BufPool pool = new BufPool(16 << 10, 1 << 20, false, size -> {
            if (size == 4 << 10) {
                throw new OutOfMemoryError("Cannot reserve direct memory");
            }
            return ByteBuffer.allocateDirect(size);
        });
        for (int i = 0; i < 2; i++) {
            assertNull(pool.tryTake(4 << 10));
        }
        Buf small = Objects.requireNonNull(pool.tryTake(100));
        pool.release(small);
        assertEquals(0, pool.stats().taken());
    }

    @Test
    void noMemoryForEvenOneFails() {
        BufPool pool = new BufPool(8, 800, false, size -> {
            throw new OutOfMemoryError("Cannot reserve direct memory");
        });
        IllegalStateException e = assertThrows(IllegalStateException.class, pool::tryTake);
        assertEquals("no direct memory for one buffer of 8 bytes", e.getMessage());
        assertEquals(OutOfMemoryError.class, e.getCause().getClass());
        assertEquals(0, pool.stats().taken());
    }
}
