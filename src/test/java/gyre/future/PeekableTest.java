package gyre.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeekableTest {
    private final FakeTask task = new FakeTask();

    @Test
    void peekable() throws Exception {
        assertEquals(List.of(1, 2, 3), Block.items(Streams.of(1, 2, 3).peekable()));
    }

    @Test
    void peekedItemStays() throws Exception {
        ProbeStream<Integer> source = ProbeStream.of(1, 2);
        Peekable<Integer> stream = source.peekable();
        assertEquals(1, stream.peek(task).value());
        assertEquals(1, stream.peek(task).value());
        assertEquals(1, source.polls);
        assertEquals(1, stream.poll(task).value());
        assertEquals(2, stream.poll(task).value());
        assertTrue(stream.peek(task).isPending());
        source.give(3).end();
        assertTrue(task.wakes() > 0);
        assertEquals(3, stream.peek(task).value());
        assertEquals(3, stream.poll(task).value());
        assertTrue(stream.peek(task).isEnd());
        assertTrue(stream.poll(task).isEnd());
        assertTrue(stream.poll(task).isEnd());
    }

    @Test
    void nullIsAnItem() throws Exception {
        Peekable<Integer> stream = new ProbeStream<Integer>().give(null).end().peekable();
        assertTrue(stream.peek(task).isReady());
        assertTrue(stream.poll(task).isReady());
        assertTrue(stream.poll(task).isEnd());
    }

    @Test
    void failureIsThrownOnce() throws Exception {
        Peekable<Integer> stream =
                new ProbeStream<Integer>().fail("bad").give(1).end().peekable();
        assertThrows(IOException.class, () -> stream.peek(task));
        assertEquals(1, stream.peek(task).value());
        assertEquals(1, stream.poll(task).value());
    }

    @Test
    void cancelPassesDown() throws Exception {
        ProbeStream<Integer> source = ProbeStream.of(1);
        Peekable<Integer> stream = source.peekable();
        assertEquals(1, stream.peek(task).value());
        stream.cancel();
        stream.cancel();
        assertTrue(source.cancelled);
        assertTrue(stream.poll(task).isEnd());
    }
}
