package gyre.io.codec;

import gyre.future.Poll;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Wraps items into answers. If a decoder gives the same object each time, so does this, and allocates nothing. Otherwise it
 * keeps no item alive: the first is compared with the second through a weak reference, and then it stops looking.
 */
final class Answers<T> {
    private @Nullable WeakReference<T> first;
    private Poll<T> same = Poll.pending();
    private boolean vary;

    Poll<T> ready(T item) {
        if (vary) {
            return Poll.ready(item);
        }
        if (same.isReady() && same.value() == item) {
            return same;
        }
        Poll<T> answer = Poll.ready(item);
        if (first == null) {
            first = new WeakReference<>(item);
        } else {
            vary = same.isReady() || first.get() != item;
            same = vary ? Poll.pending() : answer;
        }
        return answer;
    }
}
