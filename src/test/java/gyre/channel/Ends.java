package gyre.channel;

import gyre.future.Block;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Stream;
import java.util.ArrayList;
import java.util.List;

/** Both ends of a channel on threads without a loop. */
final class Ends {
    private Ends() {}

    /** The next item as a future; null at the end. */
    static <T> Future<T> next(Stream<T> stream) {
        return Futures.pollFn(task -> {
            Poll<T> answer = stream.poll(task);
            return answer.isEnd() ? Poll.ready(null) : answer;
        });
    }

    /** The next item, waited for; null at the end. */
    static <T> T receive(Stream<T> stream) throws Exception {
        return Block.parking(next(stream));
    }

    /** All items until the end, waited for. */
    static <T> List<T> drain(Stream<T> stream) throws Exception {
        List<T> items = new ArrayList<>();
        for (T item; (item = receive(stream)) != null; ) {
            items.add(item);
        }
        return items;
    }

    /** Accepts an item, when there is room. */
    static <T> Future<Void> accept(Sender<T> sender, T item) {
        return Futures.pollFn(task -> sender.startSend(task, item) ? Poll.done() : Poll.pending());
    }
}
