package gyre.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsKeptWaitsInABufferOfAboutItsSize(boolean checked) {
        BufPool pool = new BufPool(256 << 10, 1 << 20, checked);
        int[][] sizes = {
            {0, 1 << 10},
            {1 << 10, 1 << 10},
            {1025, 4 << 10},
            {16 << 10, 16 << 10},
            {64 << 10, 64 << 10},
            {65_537, 256 << 10}
        };
        for (int[] size : sizes) {
            Buf taken = pool.take();
            Buf kept = pool.keep(taken.advance(size[0] + 7).skip(7));
            assertEquals(size[0], kept.readable());
            assertEquals(size[1], kept.capacity());
            assertEquals(1, pool.stats().taken());
            pool.release(kept);
        }
        assertEquals((256 + 64 + 16 + 4 + 1) << 10, pool.stats().bytes(), "each was made once");
        assertEquals(5, pool.stats().idle());
    }

    @Test
    void whoHoldsLongTakesTheSmallestThatIsLargeEnough() {
        BufPool pool = new BufPool(16 << 10, 16 << 10, false);
        int[][] sizes = {{0, 1 << 10}, {1 << 10, 1 << 10}, {1025, 4 << 10}};
        for (int[] size : sizes) {
            Buf taken = pool.tryTake(size[0]);
            assertEquals(size[1], taken.capacity());
            pool.release(taken);
        }
        assertNull(pool.tryTake((16 << 10) + 1));
        Buf whole = pool.tryTake((4 << 10) + 1);
        assertEquals(16 << 10, whole.capacity());
        assertEquals(16 << 10, pool.stats().bytes(), "the idle ones made room");
        assertNull(pool.tryTake(1), "the bound");
        pool.release(whole);
    }

    @Test
    void atTheBoundAnIdleBufferMakesRoomForASmallOne() {
        BufPool pool = new BufPool(16 << 10, 32 << 10, false);
        Buf held = pool.take();
        pool.release(pool.take());
        Buf kept = pool.keep(held.put(new byte[100]));
        assertEquals(1 << 10, kept.capacity());
        assertEquals(17 << 10, pool.stats().bytes());
        pool.release(kept);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepingMovesTheBytesAndGivesBackTheBuffer(boolean checked) {
        BufPool pool = new BufPool(4 << 10, 64 << 10, checked);
        Buf taken = pool.take();
        int[] woken = {0};
        pool.whenAvailable(() -> woken[0]++);
        Buf kept = pool.keep(taken.put("some bytes".getBytes()).skip(5));
        assertNotSame(taken, kept);
        assertEquals(1, woken[0]);
        assertThrows(IllegalStateException.class, () -> pool.release(taken));
        assertSame(kept, pool.keep(kept), "none is smaller");
        Buf again = pool.take();
        again.put("other".getBytes());
        assertEquals("bytes", kept.text(StandardCharsets.US_ASCII));
        pool.release(again);
        pool.release(kept);
        assertThrows(IllegalStateException.class, () -> pool.release(kept));
        assertThrows(IllegalArgumentException.class, () -> pool.keep(Buf.allocate(9)));
        assertEquals(0, pool.stats().taken());
    }

    @Test
    void theBoundCountsAllSizes() {
        BufPool pool = new BufPool(4 << 10, 9 << 10, false);
        Buf first = pool.keep(pool.take());
        assertEquals(1 << 10, first.capacity());
        Buf second = pool.take();
        Buf third = pool.take();
        assertEquals(9 << 10, pool.stats().bytes());
        assertSame(second, pool.keep(second), "there is no memory for another one");
        assertNull(pool.tryTake());
        pool.release(second);
        pool.release(third);
        pool.release(first);
        assertEquals(9 << 10, pool.stats().bytes());
    }

    @Test
    void smallOnesMakeRoomForAWholeOne() {
        BufPool pool = new BufPool(4 << 10, 8 << 10, false);
        Buf whole = pool.take();
        List<Buf> small = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            small.add(pool.keep(whole));
            whole = pool.take();
        }
        assertNull(pool.tryTake());
        small.forEach(pool::release);
        assertEquals(7 << 10, pool.stats().bytes());
        Buf other = pool.take();
        assertEquals(8 << 10, pool.stats().bytes());
        pool.release(other);
        pool.release(whole);
    }

    @Test
    void trimLetsGoAllSmallOnesThatNobodyNeeds() {
        BufPool pool = new BufPool(4 << 10, 1 << 20, false);
        List<Buf> kept = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            kept.add(pool.keep(pool.take()));
        }
        assertFalse(pool.excess());
        kept.forEach(pool::release);
        assertTrue(pool.excess());
        pool.trim();
        pool.release(pool.keep(pool.take()));
        pool.trim();
        assertEquals(2, pool.stats().idle(), "one of each size was needed");
        pool.trim();
        assertEquals(new BufPool.Stats(4 << 10, 1 << 20, 4 << 10, 0, 1, 22, 11, 0), pool.stats());
        assertFalse(pool.excess());
    }

    @Test
    void aKeptBufferThatIsLostIsSeenAndUsedAgain() throws InterruptedException {
        BufPool pool = new BufPool(4 << 10, 8 << 10, true);
        loseOne(() -> pool.keep(pool.take()));
        for (int i = 0; i < 500 && pool.stats().leaks() == 0; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertEquals(1, pool.stats().leaks());
        assertEquals(0, pool.stats().taken());
        assertEquals(2, pool.stats().idle());
    }

    @Test
    void oneThatFailsWhenItIsWokenKeepsNobodyWaiting() {
        BufPool pool = new BufPool(8, 8, false);
        Buf only = pool.take();
        List<String> calls = new ArrayList<>();
        pool.whenAvailable(() -> {
            throw new IllegalStateException("a bad wake, as the test wants it");
        });
        pool.whenAvailable(() -> calls.add("woken"));
        pool.release(only);
        assertEquals(List.of("woken"), calls);
    }

    static List<Buf> take(BufPool pool, int count) {
        List<Buf> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(pool.take());
        }
        return all;
    }
}
