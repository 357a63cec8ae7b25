package gyre.reactor;

import gyre.future.Poll;
import gyre.future.Stream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A stream for a thread that waits: what {@link Blocking#iterate} gives. Each call may wait for an item and fails with {@link
 * IllegalStateException} inside a {@link Core}. For one thread at a time.
 *
 * <p>The failure of an item is thrown by {@code next}, as {@link UncheckedIOException} or, for other checked exceptions, {@link
 * CompletionException}; one may go on after it. If the thread is interrupted where it would have to wait, the stream is
 * cancelled, the flag set again, and {@link CancellationException} thrown.
 *
 * @param <T> the type of the items
 */
public final class BlockingIterator<T extends @Nullable Object> implements Iterator<T>, AutoCloseable {
    private @Nullable Stream<T> source;
    /** What {@code hasNext} has found for {@code next}; pending if nothing. */
    private Poll<T> next = Poll.pending();

    private @Nullable RuntimeException failure;

    BlockingIterator(Stream<T> source) {
        this.source = source;
    }

    /** Waits until there is an item, a failure, or the end. */
    @Override
    public boolean hasNext() {
        if (next.isPending() && failure == null) {
            look();
        }
        return !next.isEnd();
    }

    /**
     * Waits for the next item.
     *
     * @throws NoSuchElementException if the stream has ended
     */
    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the stream has ended");
        }
        RuntimeException thrown = failure;
        if (thrown != null) {
            failure = null;
            throw thrown;
        }
        T item = next.value();
        next = Poll.pending();
        return item;
    }

    private void look() {
        Stream<T> items = source;
        if (items == null) {
            next = Poll.end();
            return;
        }
        Blocking.refuseLoop();
        try {
            next = Blocking.await(items::poll, items::cancel, new Parker(Long.MAX_VALUE), null);
        } catch (InterruptedException e) {
            source = null;
            next = Poll.end();
            Thread.currentThread().interrupt();
            CancellationException interrupted = new CancellationException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (IOException e) {
            failure = new UncheckedIOException(e);
        } catch (RuntimeException e) {
            failure = e;
        }
        if (next.isEnd()) {
            source = null;
        }
    }

    /** Cancels the stream, unless it has ended; an item that was looked at is lost. */
    @Override
    public void close() {
        Stream<T> items = source;
        source = null;
        failure = null;
        next = Poll.end();
        if (items != null) {
            items.cancel();
        }
    }
}
