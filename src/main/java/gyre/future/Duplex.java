package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * An object that items go into and come out of: framed connections are.
 *
 * @param <I> the type of the items that go in
 * @param <T> the type of the items that come out
 */
public interface Duplex<I extends @Nullable Object, T extends @Nullable Object> extends Sink<I>, Stream<T> {
    /** Gives up both sides, instead of another call. */
    @Override
    default void cancel() {}

    /**
     * The two sides, for two owners on the same loop: there is no lock. The object itself is not to be used any more.
     *
     * <p>Cancel: of one side does nothing, of the second cancels this object.
     */
    default Split<I, T> split() {
        return Split.of(this);
    }
}
