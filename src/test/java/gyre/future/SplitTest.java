package gyre.future;

import static gyre.future.Block.assertReady;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {
    private int cancels;
    private final List<String> sent = new ArrayList<>();
    private final Duplex<String, Integer> both = new Duplex<>() {
        private final Stream<Integer> items = Streams.of(1, 2, 3);

        @Override
        public Poll<Integer> poll(Task task) throws Exception {
            return items.poll(task);
        }

        @Override
        public boolean startSend(Task task, String item) {
            return sent.add(item);
        }

        @Override
        public Poll<Void> pollFlush(Task task) {
            return Poll.done();
        }

        @Override
        public Poll<Void> pollClose(Task task) {
            sent.add("closed");
            return Poll.done();
        }

        @Override
        public void cancel() {
            cancels++;
        }
    };

    @Test
    void testSplit() throws Exception {
        Split<String, Integer> sides = both.split();
        assertReady(null, sides.stream().map(String::valueOf).forward(sides.sink()));
        assertEquals(List.of("1", "2", "3", "closed"), sent);
    }

    @Test
    void objectIsCancelledWithItsSecondSide() {
        Split<String, Integer> sides = both.split();
        sides.stream().cancel();
        sides.stream().cancel();
        assertEquals(0, cancels);
        sides.sink().cancel();
        sides.sink().cancel();
        assertEquals(1, cancels);
    }
}
