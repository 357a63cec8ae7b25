package gyre.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BufPoolTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void boundedAndRecycledLastInFirstOut(boolean checked) {
        BufPool pool = new BufPool(8, 25, checked);
        Buf a = pool.take();
        Buf b = pool.take();
        Buf c = pool.take();
        assertNull(pool.tryTake());
        assertEquals(
                "all 3 buffers of 8 bytes are taken (bound: 25 bytes)",
                assertThrows(IllegalStateException.class, pool::take).getMessage());
        for (Buf buf : new Buf[] {a, b, c}) {
            long number = buf == a ? 1 : buf == b ? 2 : 3;
            pool.release(buf.putLong(number).limit(8));
        }
        Buf last = pool.take();
        assertEquals("Buf[0..0 of 8]", last.toString(), "what it held is gone");
        assertEquals(3, last.advance(8).getLong(), "the last one that came back");
        assertEquals(new BufPool.Stats(8, 25, 24, 1, 2, 4, 3, 0), pool.stats());
        pool.release(last);
    }

    @Test
    void argumentsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new BufPool(0, 10, false));
        assertThrows(IllegalArgumentException.class, () -> new BufPool(8, 7, false));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void releasingTwiceFails(boolean checked) {
        BufPool pool = new BufPool(8, 80, checked);
        Buf buf = pool.take();
        pool.release(buf);
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> pool.release(buf));
        assertTrue(e.getMessage().startsWith("the buffer is released twice"), e.getMessage());
        assertEquals(1, pool.stats().idle());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherPoolsBufferIsRefusedAndStaysUsable(boolean checked) {
        BufPool pool = new BufPool(8, 80, checked);
        BufPool other = new BufPool(8, 80, checked);
        Buf buf = other.take();
        assertThrows(IllegalArgumentException.class, () -> pool.release(buf));
        assertThrows(IllegalArgumentException.class, () -> pool.release(Buf.allocate(8)));
        buf.putInt(1);
        other.release(buf);
    }

    @Test
    void useAfterReleaseFailsAndSaysWhereBothWere() {
        BufPool pool = new BufPool(8, 80, true);
        Buf buf = pool.take().put((byte) 1);
        pool.release(buf);
        Stream.<Runnable>of(
                        buf::get,
                        buf::getLong,
                        buf::compact,
                        buf::readView,
                        buf::writeView,
                        () -> buf.put((byte) 1),
                        () -> buf.at(0),
                        () -> buf.advance(1),
                        () -> buf.transferFrom(Buf.allocate(1)),
                        () -> Buf.allocate(1).transferFrom(buf),
                        () -> buf.address(memory -> 1))
                .forEach(use -> {
                    IllegalStateException e = assertThrows(IllegalStateException.class, use::run);
                    assertEquals("the buffer is used after its release", e.getMessage());
                    assertEquals("taken here", e.getSuppressed()[0].getMessage());
                    assertEquals("released here", e.getSuppressed()[1].getMessage());
                });
        assertNotSame(buf, pool.take(), "a loan is never given out again");
    }

    @Test
    void uncheckedGivesTheSameObjectsAgain() {
        BufPool pool = new BufPool(8, 80, false);
        Buf buf = pool.take();
        pool.release(buf);
        assertSame(buf, pool.take());
    }

    @Test
    void lostBufferIsSeenAndUsedAgain() throws InterruptedException {
        BufPool pool = new BufPool(8, 8, true);
        loseOne(pool::take);
        for (int i = 0; i < 500 && pool.stats().leaks() == 0; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertEquals(new BufPool.Stats(8, 8, 8, 0, 1, 1, 1, 1), pool.stats());
        pool.release(pool.take());
    }

    @Test
    void lostBufferIsNamedByThePlaceWhereItWasTaken() throws InterruptedException {
        Loans loans = new Loans();
        Buf memory = Buf.allocate(8);
        loseOne(() -> loans.lend(memory));
        Lease lost = loans.nextLost();
        for (int i = 0; i < 500 && lost == null; i++) {
            System.gc();
            Thread.sleep(10);
            lost = loans.nextLost();
        }
        assertNotNull(lost);
        assertSame(memory, lost.memory());
        assertTrue(Stream.of(lost.taken().getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("loseOne")));
        assertNull(loans.nextLost());
    }

    private static void loseOne(Supplier<Buf> taker) {
        assertNotNull(taker.get());
    }

    @Test
    void trimReturnsToTheBaselineAndKeepsWhatIsInUse() {
        BufPool pool = new BufPool(8, 800, false);
        List<Buf> burst = take(pool, 50);
        burst.forEach(pool::release);
        assertTrue(pool.excess());
        pool.trim();
        assertEquals(50, pool.stats().idle(), "they were needed since the last time");
        take(pool, 20).forEach(pool::release);
        pool.trim();
        assertEquals(24, pool.stats().idle());
        pool.trim();
        assertEquals(4, pool.stats().idle());
        assertEquals(32, pool.stats().bytes());
        pool.trim();
        assertEquals(4, pool.stats().idle());
        assertFalse(pool.excess());
    }

    @Test
    void waitersAreCalledOnceAndMayWaitTakeAndReleaseMeanwhile() {
        BufPool pool = new BufPool(8, 8, false);
        List<String> calls = new ArrayList<>();
        Buf only = pool.take();
        pool.whenAvailable(() -> {
            calls.add("again");
            pool.whenAvailable(() -> calls.add("next time"));
        });
        pool.whenAvailable(() -> {
            calls.add("release");
            pool.release(pool.take());
        });
        pool.whenAvailable(() -> calls.add("last"));
        pool.release(only);
        assertEquals(List.of("again", "release", "last", "next time"), calls);
        pool.release(pool.take());
        assertEquals(4, calls.size());
    }

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
    void noMemoryForEvenOneFails() {
        BufPool pool = new BufPool(8, 800, false, size -> {
            throw new OutOfMemoryError("Cannot reserve direct memory");
        });
        IllegalStateException e = assertThrows(IllegalStateException.class, pool::tryTake);
        assertEquals("no direct memory for one buffer of 8 bytes", e.getMessage());
        assertEquals(OutOfMemoryError.class, e.getCause().getClass());
        assertEquals(0, pool.stats().taken());
    }

    private static List<Buf> take(BufPool pool, int count) {
        List<Buf> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(pool.take());
        }
        return all;
    }
}
