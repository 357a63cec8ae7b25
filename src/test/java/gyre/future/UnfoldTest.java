package gyre.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnfoldTest {
    @Test
    void unfold1() {
        Stream<Integer> stream = Streams.unfold(
                0, state -> state > 2 ? null : Futures.yieldNow().map(v -> new Unfolded<>(state * 2, state + 1)));
        assertEquals(List.of(0, 2, 4), Block.items(stream));
    }

    @Test
    void unfoldErr1() throws Exception {
        Stream<Integer> stream = Streams.unfold(
                0,
                state -> state < 2
                        ? Futures.ready(new Unfolded<>(state, state + 1))
                        : Futures.failed(new IOException("bad")));
        assertEquals(List.of(0, 1, "bad"), Block.items(stream));
        assertTrue(stream.poll(new FakeTask()).isEnd());
    }

    @Test
    void cancelPassesDown() throws Exception {
        Probe<Unfolded<Integer, Integer>> round = new Probe<>();
        Stream<Integer> stream = Streams.unfold(0, state -> round);
        assertTrue(stream.poll(new FakeTask()).isPending());
        stream.cancel();
        assertTrue(round.cancelled);
        assertTrue(stream.poll(new FakeTask()).isEnd());
    }
}
