package gyre.buffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BufTest {
    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    /** Random operations on a Buf and on an array with two indexes; lengths reach beyond the bounds on both sides. */
    @ParameterizedTest
    @MethodSource("seeds")
    void behavesAsAnArrayWithTwoIndexes(long seed) {
        Random random = new Random(seed);
        int capacity = random.nextInt(40);
        Model model = new Model(capacity, random);
        for (int i = 0; i < 500; i++) {
            model.step();
            model.compare();
        }
    }

    @Test
    void boundsAreNamed() {
        Buf buf = Buf.allocate(10).put(new byte[3]);
        message("advance(8) is outside 0 to 7 of Buf[0..3 of 10]", () -> buf.advance(8));
        message("advance(-1) is outside 0 to 7 of Buf[0..3 of 10]", () -> buf.advance(-1));
        message("skip(4) is outside 0 to 3 of Buf[0..3 of 10]", () -> buf.skip(4));
        message("at(3) is outside 0 to 2 of Buf[0..3 of 10]", () -> buf.at(3));
        message("limit(2) is outside 3 to 10 of Buf[0..3 of 10]", () -> buf.limit(2));
        message("limit(11) is outside 3 to 10 of Buf[0..3 of 10]", () -> buf.limit(11));
        message("getInt(4) is outside 0 to 3 of Buf[0..3 of 10]", buf::getInt);
        message("putLong(8) is outside 0 to 7 of Buf[0..3 of 10]", () -> buf.putLong(1));
        message(
                "put(2147483647) is outside 0 to 7 of Buf[0..3 of 10]",
                () -> buf.put(new byte[1], 0, Integer.MAX_VALUE));
        assertEquals(
                "capacity must be at least 0: -1",
                assertThrows(IllegalArgumentException.class, () -> Buf.allocate(-1))
                        .getMessage());
    }

    @Test
    void arrayRangesAreChecked() {
        Buf buf = Buf.allocate(10).put(new byte[5]);
        assertThrows(IndexOutOfBoundsException.class, () -> buf.put(new byte[4], 2, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> buf.put(new byte[4], -1, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> buf.get(new byte[4], 2, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> buf.get(new byte[4], Integer.MAX_VALUE, 3));
        assertEquals("Buf[0..5 of 10]", buf.toString(), "a failure changes nothing");
    }

    @Test
    void numbersAreBigEndian() {
        Buf buf = Buf.allocate(15)
                .put((byte) 1)
                .putShort((short) 0x0203)
                .putInt(0x04050607)
                .putLong(-2);
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, -1, -1, -1, -1, -1, -1, -1, -2}, bytes(buf));
        assertEquals(1, buf.get());
        assertEquals(0x0203, buf.getShort());
        assertEquals(0x04050607, buf.getInt());
        assertEquals(-2, buf.getLong());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void indexOfFindsTheFirst(long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(70)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(12) - 6);
        }
        Buf buf = Buf.copyOf(bytes).skip(bytes.length / 8);
        for (byte value : new byte[] {0, 1, -1, 5, -6, 127, -128}) {
            for (int from = 0; from <= buf.readable(); from++) {
                int expected = from;
                while (expected < buf.readable() && buf.at(expected) != value) {
                    expected++;
                }
                assertEquals(expected == buf.readable() ? -1 : expected, buf.indexOf(value, from));
            }
        }
    }

    @Test
    void textIsDecodedAndWhatCannotBeIsReplaced() {
        assertEquals("grüße", Buf.copyOf("grüße").text(StandardCharsets.UTF_8));
        assertEquals("a\uFFFDb", Buf.copyOf(new byte[] {'a', -1, 'b'}).text(StandardCharsets.UTF_8));
        Buf buf = Buf.copyOf("foo bar");
        assertEquals("foo", buf.text(StandardCharsets.US_ASCII, 3));
        assertEquals(4, buf.readable());
    }

    /** A kernel's copy is slow where a large malloc begins. */
    @Test
    void memoryBeginsWithACacheLine() {
        BufPool pool = new BufPool(BufPool.DEFAULT_SIZE, BufPool.DEFAULT_MAX_BYTES, false);
        for (int i = 0; i < 8; i++) {
            assertEquals(64, pool.take().address(BufTest::alignment));
            for (int capacity : new int[] {1, 63, 64, 65, 4096, 1 << 20}) {
                Buf buf = Buf.allocate(capacity);
                assertEquals(64, buf.address(BufTest::alignment));
                assertEquals(capacity, buf.writable());
            }
        }
    }

    private static long alignment(ByteBuffer memory) {
        return 64 - memory.alignmentOffset(0, 64);
    }

    @Test
    void wrapSharesTheMemoryAndNotTheIndexes() {
        ByteBuffer direct = ByteBuffer.allocateDirect(10);
        direct.position(2).limit(6);
        Buf buf = Buf.wrap(direct);
        assertEquals("Buf[0..4 of 4]", buf.toString());
        direct.put(3, (byte) 7);
        assertEquals(7, buf.at(1));
        buf.clear().put((byte) 9);
        assertEquals(9, direct.get(2));
        assertEquals(2, direct.position());
        assertEquals(6, direct.limit());
    }

    @Test
    void wrapRefusesWhatHasNoAddressOrCannotBeWritten() {
        message("on the heap", IllegalArgumentException.class, () -> Buf.wrap(ByteBuffer.allocate(4)));
        message(
                "read-only",
                IllegalArgumentException.class,
                () -> Buf.wrap(ByteBuffer.allocateDirect(4).asReadOnlyBuffer()));
    }

    @Test
    void viewsShowTheWindow() {
        Buf buf = Buf.allocate(10).put(new byte[] {1, 2, 3}).limit(8);
        buf.skip(1);
        ByteBuffer view = buf.readView();
        assertEquals(ByteBuffer.wrap(new byte[] {2, 3}), view);
        view.get();
        assertEquals(2, buf.readable(), "the view's position is not followed");
        assertSame(view, buf.writeView());
        assertEquals(5, view.remaining());
        view.put((byte) 4);
        assertEquals(4, buf.advance(1).at(2));
    }

    @Test
    void addressIsAskedForOnce() {
        Buf buf = Buf.allocate(1);
        assertEquals(42, buf.address(memory -> 42));
        assertEquals(42, buf.address(memory -> 43));
    }

    private static byte[] bytes(Buf buf) {
        byte[] bytes = new byte[buf.readable()];
        buf.readView().get(bytes);
        return bytes;
    }

    private static void message(String expected, Executable failing) {
        assertEquals(
                expected, assertThrows(IndexOutOfBoundsException.class, failing).getMessage());
    }

    private static void message(String part, Class<? extends Exception> type, Executable failing) {
        String message = assertThrows(type, failing).getMessage();
        assertTrue(message.contains(part), message);
    }

    /** The same with the plainest means. */
    private static final class Model {
        private final Random random;
        private final Buf buf;
        private final Buf other = Buf.allocate(20);
        private final byte[] bytes;
        private int read;
        private int write;
        private int limit;

        Model(int capacity, Random random) {
            this.random = random;
            buf = Buf.allocate(capacity);
            bytes = new byte[capacity];
            limit = capacity;
        }

        void step() {
            int n = random.nextInt(bytes.length + 6) - 3;
            byte[] some = new byte[Math.max(n, 0)];
            random.nextBytes(some);
            switch (random.nextInt(10)) {
                case 0 -> apply(0 <= n && n <= limit - write, () -> buf.put(some, 0, n), () -> append(some));
                case 1 -> apply(0 <= n && n <= write - read, () -> buf.skip(n), () -> read += n);
                case 2 -> apply(0 <= n && n <= write - read, () -> buf.truncate(n), () -> write = read + n);
                case 3 -> apply(write <= n && n <= bytes.length, () -> buf.limit(n), () -> limit = n);
                case 4 -> apply(true, buf::compact, this::compact);
                case 5 -> apply(0 <= n && n <= write - read, () -> buf.get(some, 0, n), () -> take(some));
                case 6 -> apply(write < limit, () -> buf.put((byte) n), () -> append(new byte[] {(byte) n}));
                case 7 -> transfer(some);
                case 8 -> apply(0 <= n && n <= limit - write, () -> buf.advance(n), () -> write += n);
                default -> apply(true, buf::clear, this::clear);
            }
        }

        private void apply(boolean fits, Runnable real, Runnable model) {
            if (fits) {
                real.run();
                model.run();
            } else {
                assertThrows(IndexOutOfBoundsException.class, real::run);
            }
        }

        private void append(byte[] some) {
            System.arraycopy(some, 0, bytes, write, some.length);
            write += some.length;
        }

        private void take(byte[] taken) {
            for (byte b : taken) {
                assertEquals(bytes[read++], b);
            }
        }

        private void transfer(byte[] some) {
            int offered = Math.min(some.length, other.capacity());
            other.clear().put(some, 0, offered);
            int moved = buf.transferFrom(other);
            assertEquals(Math.min(offered, limit - write), moved);
            assertEquals(offered - moved, other.readable());
            append(Arrays.copyOf(some, moved));
        }

        private void compact() {
            System.arraycopy(bytes, read, bytes, 0, write - read);
            write -= read;
            read = 0;
            limit = bytes.length;
        }

        private void clear() {
            read = 0;
            write = 0;
            limit = bytes.length;
        }

        void compare() {
            assertEquals(read, buf.readIndex());
            assertEquals(write, buf.writeIndex());
            assertEquals(limit, buf.limit());
            assertEquals(bytes.length, buf.capacity());
            for (int i = read; i < write; i++) {
                assertEquals(bytes[i], buf.at(i - read));
            }
        }
    }
}
