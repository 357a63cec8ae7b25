package gyre.channel;

import gyre.future.AtomicTask;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What both ends of a {@link Oneshot} see: nothing yet, the value, or a mark of who has closed it. The first of them to be
 * set stays, but for a value that is taken out.
 *
 * <p><b>Ordering.</b> Each change is a compare-and-set or a volatile write, followed by a wake; each look is a volatile read, preceded by a
 * registration: as {@link AtomicTask} asks for.
 */
final class OneshotState<T> {
    /** The sender was closed without a value. */
    static final Object UNSENT = new Object();

    /** The receiver was closed before there was a value, or has taken it. */
    static final Object CLOSED = new Object();

    private static final VarHandle CONTENT;

    static {
        try {
            CONTENT = MethodHandles.lookup().findVarHandle(OneshotState.class, "content", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final AtomicTask sender = new AtomicTask();
    final AtomicTask receiver = new AtomicTask();
    private volatile @Nullable Object content;

    @Nullable Object content() {
        return content;
    }

    /** Sets it, if nothing was set. */
    boolean set(Object value) {
        return CONTENT.compareAndSet(this, null, value);
    }

    /** Ends it, whatever it holds. */
    void end() {
        content = CLOSED;
        sender.wake();
    }
}
