package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.io.Io;
import gyre.reactor.JoinHandle;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@EveryBackend
class ReadTest extends OnLoop {
    ReadTest(Backend backend) {
        super(backend);
    }

    @Test
    void intoAFullBufferIsAnArgumentError() throws Exception {
        Pair pair = pair();
        pair.send("there is something");
        Buf full = Buf.copyOf("full");
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> run(read(pair.ours(), full)));
        assertTrue(e.getMessage().contains(full.toString()), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> run(peek(pair.ours(), full)));
        assertEquals("there", run(expect(pair.ours(), "there")), "and costs nothing");
    }

    @Test
    void noMoreThanTheBufferHasRoomFor() throws Exception {
        Pair pair = pair();
        pair.send("abcdef");
        Buf small = Buf.allocate(4).put((byte) 'x');
        for (int room = 3; room > 0; room = small.writable()) {
            int n = run(read(pair.ours(), small));
            assertEquals(room - small.writable(), n);
        }
        assertEquals("xabc", small.text(StandardCharsets.US_ASCII));
        assertEquals("def", run(expect(pair.ours(), "def")), "a full buffer is not the end of what there is");
    }

    @Test
    void aReadThatFillsExactlyDoesNotStall() throws Exception {
        Pair pair = pair();
        for (int i = 0; i < 100; i++) {
            pair.send("1234");
            assertEquals("1234", run(expect(pair.ours(), "1234")));
        }
    }

    @Test
    void everyTaskThatWaitsIsWoken() throws Exception {
        for (int tasks : new int[] {2, 3, 70}) {
            Pair pair = pair();
            JoinHandle<?>[] readers = new JoinHandle<?>[tasks];
            for (int i = 0; i < tasks; i++) {
                readers[i] = handle.spawn(read(pair.ours(), Buf.allocate(1)));
            }
            settle();
            // Whoever comes second has to wait again, and is woken again.
            for (int i = 0; i < tasks; i++) {
                pair.send("x");
                settle();
            }
            for (JoinHandle<?> reader : readers) {
                assertEquals(1, run(reader));
            }
        }
    }

    @Test
    void twoTasksAreBothWokenByTheEnd() throws Exception {
        Pair pair = pair();
        JoinHandle<Integer> one = handle.spawn(read(pair.ours(), Buf.allocate(1)));
        JoinHandle<Integer> two = handle.spawn(read(pair.ours(), Buf.allocate(1)));
        settle();
        pair.theirs().close();
        assertEquals(Io.END, run(one));
        assertEquals(Io.END, run(two));
    }

    @Test
    void peekLeavesTheBytes() throws Exception {
        Pair pair = pair();
        JoinHandle<Integer> waiting = handle.spawn(peek(pair.ours(), Buf.allocate(2)));
        settle();
        assertEquals(false, waiting.isDone());
        pair.send("peeked");
        assertEquals(2, run(waiting));
        Buf all = Buf.allocate(10);
        assertEquals(6, run(peek(pair.ours(), all)));
        assertEquals("peeked", all.text(StandardCharsets.US_ASCII));
        assertEquals("pee", run(expect(pair.ours(), "pee")));
        assertEquals(3, run(peek(pair.ours(), all.clear())));
        assertEquals("ked", run(expect(pair.ours(), "ked")));
        pair.theirs().close();
        assertEquals(Io.END, run(peek(pair.ours(), all.clear())));
        assertEquals(Io.END, run(read(pair.ours(), all.clear())));
    }

    @Test
    void anEmptyWriteIsACount() throws Exception {
        Pair pair = pair();
        assertEquals(0, run(write(pair.ours(), Buf.allocate(4))));
        assertEquals(0, run(Futures.<Integer>pollFn(task -> {
            int n = pair.ours().write(task, new Buf[] {Buf.allocate(1), Buf.allocate(0)}, 0, 2);
            return n == Io.NOT_READY ? Poll.pending() : Poll.ready(n);
        })));
    }

    @Test
    void offTheLoop() throws Exception {
        Pair pair = pair();
        Throwable e = aside(() -> pair.ours().read(() -> {}, Buf.allocate(1)))
                .handle((n, error) -> error)
                .get();
        assertTrue(e instanceof IllegalStateException && e.getMessage().contains("spawnFn"), "" + e);
    }

    private static Future<Integer> peek(TcpStream from, Buf into) {
        return Futures.pollFn(task -> {
            int n = from.peek(task, into);
            return n == Io.NOT_READY ? Poll.pending() : Poll.ready(n);
        });
    }
}
