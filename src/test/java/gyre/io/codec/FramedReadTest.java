package gyre.io.codec;

import static gyre.io.codec.Frames.NOBODY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FramedReadTest {
    private final BufPool pool = new BufPool(64 << 10, 4 * (64 << 10), true);
    private final Feed feed = new Feed(pool);

    @AfterEach
    void everyBufferIsBack() {
        assertEquals(0, pool.stats().taken());
    }

    @Test
    void oneReadGivesAllItsFrames() throws Exception {
        FramedRead<String> lines = FramedRead.of(feed.give("a\nb\nc\n"), new Lines());
        assertEquals("a", lines.poll(NOBODY).value());
        assertEquals("b", lines.poll(NOBODY).value());
        assertEquals("c", lines.poll(NOBODY).value());
        assertEquals(1, feed.reads);
        assertTrue(lines.poll(NOBODY).isPending());
        assertEquals(2, feed.reads);
    }

    @Test
    void partOfAFrameHoldsNoBufferOfThePool() throws Exception {
        for (int length : new int[] {1, 5000, 60_000}) {
            FramedRead<String> lines = FramedRead.of(new Feed(pool).give("x".repeat(length)), new Lines());
            assertTrue(lines.poll(NOBODY).isPending());
            assertEquals(0, pool.stats().taken());
            assertEquals(length, lines.buffered());
        }
    }

    @Test
    void framesThatWaitToBeAskedForHoldABufferOnlyIfTheyAreMany() throws Exception {
        FramedRead<String> few = FramedRead.of(new Feed(pool).give("line\n".repeat(800)), new Lines());
        few.poll(NOBODY);
        assertEquals(0, pool.stats().taken());
        FramedRead<String> many = FramedRead.of(new Feed(pool).give("line\n".repeat(2000)), new Lines());
        many.poll(NOBODY);
        assertEquals(1, pool.stats().taken());
        many.cancel();
        assertEquals(0, pool.stats().taken());
        assertEquals(
                799,
                Frames.all(FramedRead.of(new Feed(pool).give(few.detach()).end(), new Lines()))
                        .size());
    }

    @Test
    void frameThatIsLargerThanThePoolsBuffers() throws Exception {
        String large = "x".repeat(300_000);
        feed.give(large + "\n" + large + large, "\nend").end();
        FramedRead<String> lines = FramedRead.of(feed, new Lines(1 << 20));
        assertEquals(List.of(large, large + large, "end"), Frames.all(lines));
    }

    @Test
    void memoryGrowsWithWhatHasComeAndNotWithWhatWasAnnounced() throws Exception {
        byte[] header = {0, 0x7F, (byte) 0xFF, (byte) 0xFF};
        FramedRead<byte[]> frames = FramedRead.of(feed.give(header), new LengthDelimited());
        assertTrue(frames.poll(NOBODY).isPending());
        feed.give(new byte[100_000]);
        assertTrue(frames.poll(NOBODY).isPending());
        assertEquals(100_004, frames.buffered());
        feed.largestRoom = 0;
        feed.give(new byte[1]);
        assertTrue(frames.poll(NOBODY).isPending());
        assertTrue(feed.largestRoom <= 100_004, "room: " + feed.largestRoom);
    }

    @Test
    void oneByteAtATimeTakesTimeInProportion() throws Exception {
        long early = Long.MAX_VALUE;
        long late = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) { // others use this machine too
            Feed feed = new Feed(new BufPool(64 << 10, 64 << 10, false)); // checks take longer than reads
            FramedRead<String> lines = FramedRead.of(feed, new Lines(1_000_000));
            early = Math.min(early, nanosByteByByte(feed, lines, 100_000));
            late = Math.min(late, nanosByteByByte(feed, lines, 800_000));
            feed.give("\n");
            assertEquals(810_000, lines.poll(NOBODY).value().length());
        }
        assertTrue(late < 4 * early, early + " ns at first, and " + late + " with eight times as much before them");
    }

    /** How long 10 000 bytes take, once so many have come. */
    private static long nanosByteByByte(Feed feed, FramedRead<String> lines, int before) throws Exception {
        byte[] one = {'x'};
        feed.give("x".repeat(before - lines.buffered()));
        assertTrue(lines.poll(NOBODY).isPending());
        long start = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            feed.give(one);
            assertTrue(lines.poll(NOBODY).isPending());
        }
        long took = System.nanoTime() - start;
        assertEquals(before + 10_000, lines.buffered());
        return took;
    }

    @Test
    void tooLargeAFrameEndsTheStream() throws Exception {
        FrameLimits limits = FrameLimits.DEFAULT.maxFrame(10);
        FramedRead<byte[]> frames = FramedRead.of(
                feed.give("ok..", "0123456789", "ok.."),
                in -> in.readable() > 0 && in.at(0) == 'o' ? in.bytes(4) : null,
                limits);
        assertEquals("ok..", Frames.text(frames.poll(NOBODY).value()));
        FrameTooLargeException e = assertThrows(FrameTooLargeException.class, () -> frames.poll(NOBODY));
        assertEquals("a frame of 11 bytes or more, allowed are 10", e.getMessage());
        assertEquals(11, e.size());
        assertEquals(10, e.bound());
        assertEquals(0, pool.stats().taken());
        assertTrue(frames.poll(NOBODY).isEnd());
        assertTrue(frames.poll(NOBODY).isEnd());
    }

    @Test
    void decoderThatConsumesAsItGoesIsNotTooLarge() throws Exception {
        Decoder<String> skipsDots = in -> {
            while (in.readable() > 0) {
                if (in.get() != '.') {
                    return "!";
                }
            }
            return null;
        };
        feed.give(".".repeat(1000) + "!", ".".repeat(35)).end();
        FramedRead<String> marks = FramedRead.of(feed, skipsDots, FrameLimits.DEFAULT.maxFrame(10));
        assertEquals(List.of("!"), Frames.all(marks));
    }

    @Test
    void maximumIsJudgedTheSameHoweverTheBytesArrive() {
        byte[] bytes = "0123456789\n01234567890\n".getBytes();
        Decoder<byte[]> kept = Delimited.kept(100, new byte[] {'\n'});
        FrameLimits limits = FrameLimits.DEFAULT.maxFrame(11);
        List<String> expected = List.of("0123456789\n", "FrameTooLargeException");
        assertEquals(expected, Frames.of(kept, limits, pool, bytes));
        for (int cut = 0; cut < bytes.length; cut++) {
            assertEquals(
                    expected,
                    Frames.of(Delimited.kept(100, new byte[] {'\n'}), limits, pool, bytes, cut),
                    "cut " + cut);
        }
    }

    @Test
    void framesBeforeAFailureOfTheInputComeFirst() throws Exception {
        IOException reset = new IOException("reset");
        FramedRead<String> lines = FramedRead.of(feed.give("a\nb\npart").fail(reset), new Lines());
        assertEquals("a", lines.poll(NOBODY).value());
        assertEquals("b", lines.poll(NOBODY).value());
        assertSame(reset, assertThrows(IOException.class, () -> lines.poll(NOBODY)));
        assertTrue(lines.poll(NOBODY).isEnd());
    }

    @Test
    void failureOfTheDecoderEndsTheStream() throws Exception {
        for (Exception bug : new Exception[] {new IOException("nonsense"), new IllegalStateException("bug")}) {
            FramedRead<String> stream = FramedRead.of(new Feed(pool).give("abc"), in -> {
                in.skip(1);
                if (bug instanceof IOException e) {
                    throw e;
                }
                throw (IllegalStateException) bug;
            });
            assertSame(bug, assertThrows(Exception.class, () -> stream.poll(NOBODY)));
            assertEquals(0, pool.stats().taken());
            assertTrue(stream.poll(NOBODY).isEnd());
        }
    }

    @Test
    void malformedFrameIsTheFailureOfOneItem() throws Exception {
        feed.give("a\n".getBytes())
                .give(new byte[] {'b', (byte) 0xC3, '\n', 'c', '\n'})
                .end();
        FramedRead<String> lines = FramedRead.of(feed, new Lines());
        assertEquals(List.of("a", "MalformedFrameException", "c"), Frames.all(lines));
    }

    @Test
    void malformedFrameThatWasNotConsumedEndsTheStream() {
        FramedRead<String> stream = FramedRead.of(feed.give("abc"), in -> {
            throw new MalformedFrameException("and again");
        });
        assertEquals(List.of("MalformedFrameException"), Frames.all(stream));
    }

    @Test
    void remainsAtTheEndAreAnError() throws Exception {
        FramedRead<byte[]> frames = FramedRead.of(feed.give("abcdef").end(), new FixedLength(4));
        assertEquals("abcd", Frames.text(frames.poll(NOBODY).value()));
        IOException e = assertThrows(IOException.class, () -> frames.poll(NOBODY));
        assertEquals("bytes remaining on stream: 2", e.getMessage());
        assertTrue(frames.poll(NOBODY).isEnd());
    }

    @Test
    void decoderMayGoOnAtTheEndWithoutBytes() {
        Decoder<String> counts = new Decoder<>() {
            private int seen;

            @Override
            public String decode(Buf in) {
                seen += in.readable();
                in.skip(in.readable());
                return null;
            }

            @Override
            public String decodeEnd(Buf in) {
                decode(in);
                return seen-- > 0 ? "item" : null;
            }
        };
        assertEquals(
                List.of("item", "item", "item"),
                Frames.all(FramedRead.of(feed.give("ab", "c").end(), counts)));
    }

    @Test
    void emptyInputIsAnEmptyStream() throws Exception {
        FramedRead<byte[]> frames = FramedRead.of(feed.end(), new LengthDelimited());
        assertTrue(frames.poll(NOBODY).isEnd());
        assertTrue(frames.poll(NOBODY).isEnd());
        assertEquals(1, feed.reads, "read again after the end");
    }

    @Test
    void eachItemChargesTheBudget() throws Exception {
        FramedRead<String> lines = FramedRead.of(feed.give("\n".repeat(60_000)), new Lines());
        int[] budget = {100};
        int[] wakes = {0};
        Task task = new Task() {
            @Override
            public void wake() {
                wakes[0]++;
            }

            @Override
            public boolean spend(int cost) {
                if (budget[0] <= 0) {
                    wake();
                    return false;
                }
                budget[0] -= cost;
                return true;
            }
        };
        int items = 0;
        while (lines.poll(task).isReady()) {
            items++;
        }
        assertTrue(items > 0 && items <= 100, "items: " + items);
        assertEquals(1, wakes[0]);
        lines.close();
    }

    @Test
    void goesOnWithMemoryOfItsOwnWhenThePoolIsEmpty() throws Exception {
        List<Buf> all = new ArrayList<>();
        for (Buf buf; (buf = pool.tryTake()) != null; ) {
            all.add(buf);
        }
        String large = "x".repeat(200_000);
        FramedRead<String> lines =
                FramedRead.of(feed.give("a\nb", "c\n" + large).end(), new Lines(1 << 20));
        assertEquals(List.of("a", "bc", large), Frames.all(lines));
        all.forEach(pool::release);
    }

    /** What it offers to the next read shows what it has, as the pool has nothing. */
    @Test
    void memoryOfALargeFrameGoesWithIt() throws Exception {
        FramedRead<String> lines = FramedRead.of(feed.give("x".repeat(400_000) + "\nrest"), new Lines(1 << 20));
        assertEquals(400_000, lines.poll(NOBODY).value().length());
        List<Buf> all = new ArrayList<>();
        for (Buf buf; (buf = pool.tryTake()) != null; ) {
            all.add(buf);
        }
        feed.largestRoom = 0;
        assertTrue(lines.poll(NOBODY).isPending());
        assertTrue(feed.largestRoom <= 4096, "room: " + feed.largestRoom);
        all.forEach(pool::release);
        lines.cancel();
        assertEquals(0, lines.buffered());
    }

    @Test
    void cancelGivesBackAndLeavesTheInputOpen() throws Exception {
        FramedRead<String> lines = FramedRead.of(feed.give("line\n".repeat(2000)), new Lines());
        lines.poll(NOBODY);
        lines.cancel();
        lines.cancel();
        assertEquals(0, pool.stats().taken());
        assertFalse(feed.isClosed());
        assertTrue(lines.poll(NOBODY).isEnd());
        assertEquals(0, lines.detach().length);
    }

    @Test
    void closeGivesBackAndClosesTheInput() throws Exception {
        FramedRead<String> lines = FramedRead.of(feed.give("line\n".repeat(2000)), new Lines());
        lines.poll(NOBODY);
        lines.close();
        lines.close();
        assertEquals(0, pool.stats().taken());
        assertTrue(feed.isClosed());
        assertThrows(ClosedChannelException.class, () -> lines.poll(NOBODY));
    }

    @Test
    void upgradeGivesTheNextDecoderWhatIsLeft() throws Exception {
        for (String rest : new String[] {"", "x", "y".repeat(20_000)}) {
            FramedRead<String> lines =
                    FramedRead.of(new Feed(pool).give("upgrade\n" + rest).end(), new Lines());
            assertEquals("upgrade", lines.poll(NOBODY).value());
            FramedRead<byte[]> raw = lines.upgrade(new Bytes());
            lines.cancel();
            assertTrue(lines.poll(NOBODY).isEnd());
            assertEquals(rest, String.join("", Frames.all(raw)));
        }
    }

    @Test
    void upgradeAtTheEndStillGivesWhatIsLeft() throws Exception {
        FramedRead<byte[]> first = FramedRead.of(feed.give("ab12").end(), in -> in.readable() < 4 ? null : in.bytes(2));
        first.poll(NOBODY);
        assertEquals(List.of("12"), Frames.all(first.upgrade(new FixedLength(2))));
    }

    @Test
    void closingTheOldOneClosesTheUpgradedOne() throws Exception {
        FramedRead<String> lines = FramedRead.of(feed.give("line\n".repeat(2000)), new Lines());
        lines.poll(NOBODY);
        FramedRead<String> upgraded = lines.upgrade(new Lines());
        upgraded.poll(NOBODY);
        assertEquals(1, pool.stats().taken());
        lines.close();
        assertEquals(0, pool.stats().taken());
        assertThrows(ClosedChannelException.class, () -> upgraded.poll(NOBODY));
    }

    @Test
    void upgradeOfWhatHasEndedHasEnded() throws Exception {
        FramedRead<String> lines = FramedRead.of(feed.end(), new Lines());
        assertTrue(lines.poll(NOBODY).isEnd());
        assertTrue(lines.upgrade(new Bytes()).poll(NOBODY).isEnd());
    }

    @Test
    void detachGivesWhatWasNotDecoded() throws Exception {
        FramedRead<String> lines = FramedRead.of(feed.give("a\nrest"), new Lines());
        lines.poll(NOBODY);
        assertEquals("rest", Frames.text(lines.detach()));
        assertFalse(feed.isClosed());
        assertTrue(lines.poll(NOBODY).isEnd());
    }

    @Test
    void aThousandSlowPeersHoldNoBufferOfThePool() throws Exception {
        List<FramedRead<String>> slow = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Feed peer = new Feed(pool);
            FramedRead<String> lines = FramedRead.of(peer, new Lines());
            for (int j = 0; j < 1 + i % 20; j++) {
                peer.give("part of a frame ");
                assertTrue(lines.poll(NOBODY).isPending());
            }
            slow.add(lines);
        }
        assertEquals(0, pool.stats().taken());
        assertEquals(1, pool.stats().idle(), "one buffer served all");
        for (FramedRead<String> lines : slow) {
            ((Feed) lines.input()).give("\n");
            assertEquals(0, lines.poll(NOBODY).value().length() % 16);
        }
    }
}
