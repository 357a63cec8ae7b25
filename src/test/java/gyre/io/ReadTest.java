package gyre.io;

import static gyre.io.Read.read;
import static gyre.io.ReadExact.readExact;
import static gyre.io.ReadToEnd.readToEnd;
import static gyre.io.ReadUntil.readUntil;
import static gyre.io.WriteAll.writeAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gyre.buffer.Buf;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadTest extends InMemory {
    private static final byte NEWLINE = '\n';

    @Test
    void readAnswersOnceAndThenTheEnd() throws Exception {
        MemoryIo from = source("foo".getBytes());
        Buf buf = Buf.allocate(10);
        assertEquals(3, turns.run(read(from, buf)));
        assertEquals(Io.END, turns.run(read(from, buf)));
        assertEquals("foo", buf.text(StandardCharsets.UTF_8));
    }

    @Test
    void readIntoAFullBufferIsAnArgumentError() {
        MemoryIo from = source("foo".getBytes());
        assertThrows(IllegalArgumentException.class, () -> turns.run(read(from, Buf.allocate(0))));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void exactlyAsManyAsThereIsRoomFor(long seed) throws Exception {
        pair(seed);
        byte[] bytes = bytes(seed, 400);
        MemoryIo from = source(bytes);
        for (int at = 0, length = 0; at + length <= bytes.length; at += length, length++) {
            Buf buf = turns.run(readExact(from, Buf.allocate(length)));
            assertArrayEquals(Arrays.copyOfRange(bytes, at, at + length), buf.bytes(length));
        }
    }

    @Test
    void exactAtEverySplitOffset() throws Exception {
        byte[] bytes = "foo bar baz".getBytes();
        for (int split = 0; split <= bytes.length; split++) {
            MemoryIo[] ends = pair(0);
            Turns.Job<Buf> reading = turns.start(readExact(ends[0], Buf.allocate(bytes.length)));
            turns.run(writeAll(ends[1], Buf.wrap(direct(bytes).limit(split))));
            assertEquals(split == bytes.length, reading.isDone());
            turns.run(writeAll(ends[1], Buf.wrap(direct(bytes).position(split))));
            assertArrayEquals(bytes, reading.value().bytes(bytes.length));
        }
    }

    @Test
    void earlyEndSaysHowManyCame() {
        Buf into = Buf.allocate(20).limit(11);
        EOFException e = assertThrows(EOFException.class, () -> turns.run(readExact(source("foo".getBytes()), into)));
        assertEquals("early eof: 3 of 11 bytes came", e.getMessage());
        assertEquals("foo", into.text(StandardCharsets.UTF_8), "what came is in the buffer");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void toEndUpToTheBound(long seed) throws Exception {
        pair(seed);
        byte[] bytes = bytes(seed, (int) seed * 20);
        assertArrayEquals(bytes, turns.run(readToEnd(source(bytes), bytes.length)));
        if (bytes.length > 0) {
            IOException e =
                    assertThrows(IOException.class, () -> turns.run(readToEnd(source(bytes), bytes.length - 1)));
            assertEquals("more than the allowed " + (bytes.length - 1) + " bytes", e.getMessage());
        }
    }

    @Test
    void toEndHoldsNoBufferWhileItWaits() throws Exception {
        MemoryIo[] ends = pair();
        Turns.Job<byte[]> reading = turns.start(readToEnd(ends[0], 100));
        turns.run(writeAll(ends[1], Buf.copyOf("foo")));
        assertFalse(reading.isDone());
        assertEquals(0, pool.stats().taken());
        turns.run(send(ends[1], "bar".getBytes()));
        assertArrayEquals("foobar".getBytes(), reading.value());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void untilLosesNothingBehindTheDelimiter(long seed) throws Exception {
        pair(seed);
        BufferedInput from = new BufferedInput(source("a\n\nfoo bar\nrest".getBytes()), 9 + (int) seed);
        assertArrayEquals("a\n".getBytes(), turns.run(readUntil(from, NEWLINE, 9)));
        assertArrayEquals("\n".getBytes(), turns.run(readUntil(from, NEWLINE, 9)));
        assertArrayEquals("foo bar\n".getBytes(), turns.run(readUntil(from, NEWLINE, 8)));
        assertArrayEquals("rest".getBytes(), turns.run(readUntil(from, NEWLINE, 9)));
        assertArrayEquals(new byte[0], turns.run(readUntil(from, NEWLINE, 9)));
    }

    @Test
    void untilAtEverySplitOffset() throws Exception {
        byte[] bytes = "foo bar\nbaz".getBytes();
        for (int split = 0; split <= bytes.length; split++) {
            MemoryIo[] ends = pair(0);
            BufferedInput from = new BufferedInput(ends[0]);
            Turns.Job<byte[]> line = turns.start(readUntil(from, NEWLINE, 8));
            turns.run(writeAll(ends[1], Buf.wrap(direct(bytes).limit(split))));
            assertEquals(split >= 8, line.isDone());
            turns.run(writeAll(ends[1], Buf.wrap(direct(bytes).position(split))));
            assertArrayEquals("foo bar\n".getBytes(), line.value());
            assertArrayEquals(
                    "baz".getBytes(),
                    turns.run(readExact(from, Buf.allocate(3))).bytes(3));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void untilTheBoundFailsAndLosesNothing(long seed) throws Exception {
        pair(seed);
        BufferedInput from = new BufferedInput(source("foo bar\n".getBytes()));
        assertThrows(IOException.class, () -> turns.run(readUntil(from, NEWLINE, 7)));
        assertArrayEquals("foo bar\n".getBytes(), turns.run(readUntil(from, NEWLINE, 8)));
        assertThrows(IllegalArgumentException.class, () -> readUntil(from, NEWLINE, 0));
        assertThrows(IllegalArgumentException.class, () -> readUntil(from, NEWLINE, from.capacity() + 1));
    }

    @Test
    void untilCancelledLosesNothing() throws Exception {
        MemoryIo[] ends = pair();
        BufferedInput from = new BufferedInput(ends[0]);
        Turns.Job<byte[]> given = turns.start(readUntil(from, NEWLINE, 100));
        turns.run(writeAll(ends[1], Buf.copyOf("foo")));
        given.cancel();
        turns.run(writeAll(ends[1], Buf.copyOf("bar\n")));
        assertArrayEquals("foobar\n".getBytes(), turns.run(readUntil(from, NEWLINE, 100)));
    }

    @Test
    void pollsAfterAnAnswerOrFailureAreRefused() throws Exception {
        ReadExact done = readExact(source(new byte[1]), Buf.allocate(1));
        turns.run(done);
        assertThrows(IllegalStateException.class, () -> turns.run(done));
        ReadExact failed = readExact(source(new byte[0]), Buf.allocate(1));
        assertThrows(EOFException.class, () -> turns.run(failed));
        assertThrows(IllegalStateException.class, () -> turns.run(failed));
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
