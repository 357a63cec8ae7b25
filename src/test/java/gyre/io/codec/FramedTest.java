package gyre.io.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Futures;
import gyre.future.Next;
import gyre.future.Split;
import gyre.future.Streams;
import gyre.io.InMemory;
import gyre.io.MemoryIo;
import gyre.io.ReadHalf;
import gyre.io.ReadToEnd;
import gyre.io.Turns;
import gyre.io.WriteHalf;
import gyre.testing.ChildJvm;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both directions over ends in memory, whose transport moves what and when it likes. */
class FramedTest extends InMemory {
    @ParameterizedTest
    @MethodSource("seeds")
    void linesGoThereAndBack(long seed) throws Exception {
        MemoryIo[] ends = pair(seed);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sent.add(i + "é".repeat((i * 31) % 90));
        }
        Split<String, String> server = Lines.framed(ends[1]).split();
        turns.start(server.stream().map(line -> line + "!").forward(server.sink()));
        Split<String, String> client = Lines.framed(ends[0]).split();
        turns.start(Streams.from(sent).forward(client.sink()));
        List<String> back = turns.run(client.stream().collect());
        assertEquals(sent.stream().map(line -> line + "!").toList(), back);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void framesLargerThanThePoolsBuffersGoThereAndBack(long seed) throws Exception {
        MemoryIo[] ends = pair(seed);
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.add(bytes(i, i * i * 7));
        }
        Framed<byte[], byte[]> server = new LengthDelimited().framed(ends[1]);
        Split<byte[], byte[]> echo = server.split();
        turns.start(echo.stream().forward(echo.sink()));
        Split<byte[], byte[]> client = new LengthDelimited().framed(ends[0]).split();
        turns.start(Streams.from(sent).forward(client.sink()));
        List<byte[]> back = turns.run(client.stream().collect());
        assertArrayEquals(sent.toArray(), back.toArray());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void cancelAtAnyPointGivesTheBuffersBack(long seed) throws Exception {
        MemoryIo[] ends = pair(seed);
        Framed<String, String> server = Lines.framed(ends[1]);
        Split<String, String> echo = server.split();
        Turns.Job<Void> serving =
                turns.start(Futures.using(server, both -> echo.sink().sendAll(echo.stream())));
        turns.start(send(ends[0], "some text\n".repeat((int) seed * 7).getBytes()));
        for (int i = 0; i < seed && !serving.isDone(); i++) {
            serving.poll();
        }
        if (!serving.isDone()) {
            serving.cancel();
        }
        assertEquals(0, pool.stats().taken());
        assertTrue(ends[1].isClosed());
    }

    @Test
    void halvesOfAnIo() throws Exception {
        MemoryIo[] ends = pair();
        gyre.io.Split halves = ends[0].split();
        FramedRead<String> reader = FramedRead.of(halves.reader(), new Lines());
        FramedWrite<String> writer = FramedWrite.of(halves.writer(), new Lines());
        turns.run(writer.send("there"));
        turns.run(send(ends[1], "back\nrest".getBytes()));
        assertEquals("back", turns.run(reader.intoFuture()).item());
        assertEquals(0, writer.detach().length);
        assertArrayEquals("rest".getBytes(), reader.detach());
        assertSame(ends[0], ((ReadHalf) reader.input()).reunite((WriteHalf) writer.output()));
    }

    @Test
    void endOfTheStreamLeavesTheSinkOpen() throws Exception {
        MemoryIo[] ends = pair();
        Framed<String, String> framed = Lines.framed(ends[0]);
        turns.run(send(ends[1], "a\nb".getBytes()));
        assertEquals(List.of("a", "b"), turns.run(framed.collect()));
        turns.run(Futures.pollFn(
                task -> framed.startSend(task, "answer") ? framed.pollClose(task) : framed.pollFlush(task)));
        assertEquals("answer\n", new String(turns.run(ReadToEnd.readToEnd(ends[1], 100))));
    }

    @Test
    void closingTheSinkLeavesTheStreamOpen() throws Exception {
        MemoryIo[] ends = pair();
        Framed<String, String> framed = Lines.framed(ends[0]);
        turns.run(Futures.pollFn(framed::pollClose));
        assertEquals(0, turns.run(ReadToEnd.readToEnd(ends[1], 1)).length);
        turns.run(send(ends[1], "late\n".getBytes()));
        assertEquals(List.of("late"), turns.run(framed.collect()));
    }

    @Test
    void closeFailsWhoWaits() throws Exception {
        Framed<String, String> framed = Lines.framed(pair()[0]);
        Turns.Job<List<String>> reading = turns.start(framed.collect());
        turns.run();
        framed.close();
        turns.run();
        assertThrows(ClosedChannelException.class, reading::value);
    }

    @Test
    void upgradeKeepsBothDirectionsInOrder() throws Exception {
        MemoryIo[] ends = pair();
        Framed<String, String> lines = Lines.framed(ends[0]);
        turns.run(send(ends[1], "UPGRADE\n\0\2hi\0\1!".getBytes()));
        Next<String> first = turns.run(lines.intoFuture());
        assertEquals("UPGRADE", first.item());
        lines.startSend(Frames.NOBODY, "OK");
        LengthDelimited binary = LengthDelimited.builder().lengthFieldLength(2).build();
        Framed<byte[], byte[]> frames = lines.upgrade(binary, binary);
        turns.run(frames.send("yo".getBytes()));
        assertEquals(List.of("hi", "!"), turns.run(frames.map(Frames::text).collect()));
        frames.close();
        assertEquals("OK\n\0\2yo", new String(turns.run(ReadToEnd.readToEnd(ends[1], 100))));
    }

    @Test
    void detachAndGoOnWithoutFrames() throws Exception {
        MemoryIo[] ends = pair();
        Framed<String, String> lines = Lines.framed(ends[0]);
        turns.start(send(ends[1], ("CONNECT\n" + "tunnel".repeat(40)).getBytes()));
        assertEquals("CONNECT", turns.run(lines.intoFuture()).item());
        FramedParts parts = lines.detach();
        assertSame(ends[0], parts.io());
        assertTrue(parts.unread().length > 0);
        assertEquals(0, parts.unwritten().length);
        assertEquals("tunnel".repeat(40), new String(turns.run(ReadToEnd.readToEnd(parts.input(), 1000))));
        assertFalse(ends[0].isClosed());
    }

    @Test
    void badItemDoesNotHurtTheOthers() throws Exception {
        MemoryIo[] ends = pair();
        Framed<byte[], byte[]> frames = new FixedLength(2).framed(ends[0]);
        assertThrows(IllegalArgumentException.class, () -> turns.run(frames.send(new byte[3])));
        turns.run(frames.send(new byte[2]));
        frames.close();
        assertEquals(2, turns.run(ReadToEnd.readToEnd(ends[1], 10)).length);
    }

    @Test
    void limitsAreChecked() {
        FrameLimits limits = FrameLimits.DEFAULT;
        assertThrows(IllegalArgumentException.class, () -> limits.maxFrame(0));
        assertThrows(IllegalArgumentException.class, () -> limits.water(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> limits.water(2, 1));
        assertThrows(IllegalArgumentException.class, () -> limits.water(0, 0));
        assertEquals(new FrameLimits(5, 1, 2), limits.maxFrame(5).water(1, 2));
    }

    /** An {@code OutOfMemoryError} would close the loop. */
    @Test
    void memoryThatTheJvmRefusesFailsTheStreamOnly() throws Exception {
        List<String> command = ChildJvm.command(
                ChildJvm.classPath(), List.of("-XX:MaxDirectMemorySize=16m", "-Xmx256m"), LittleMemoryMain.class);
        try (ChildJvm child = ChildJvm.start(command)) {
            String refused = child.line();
            assertTrue(refused.startsWith("no direct memory for"), refused);
            assertEquals("taken 0", child.line());
            assertEquals("frame 1048576", child.line());
            assertEquals("taken 0", child.line());
        }
    }
}
