package gyre.reactor;

import gyre.future.AtomicTask;
import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Stream;
import gyre.future.Task;
import java.io.Closeable;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Signals of the operating system as a stream of their names, without {@code SIG}: {@code INT}, {@code TERM}, {@code HUP}. It
 * listens from its making until it is closed; meanwhile these signals do nothing else. Signals of one name that come before
 * the stream is polled are one.
 *
 * <p>Any number of streams, on any loops, may listen to one signal, and all are told. When the last of them is closed, the
 * handler that was there before is put back. A signal that the process was started to ignore, as by {@code nohup}, stays
 * ignored.
 *
 * <p>It needs the module {@code jdk.unsupported}, and a JVM without {@code -Xrs}.
 *
 * <p><b>Threads.</b> Made, polled and closed on any; polled on one at a time. The JVM's own thread for a signal adds a bit to
 * {@code arrived}, then wakes; a poll registers its task, then reads {@code arrived}: as {@link AtomicTask} asks for.
 */
public final class Signals implements Stream<String>, Closeable {
    private final List<String> names;
    private final boolean once;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicTask waiting = new AtomicTask();
    private volatile boolean closed;

    /** With how it is added to a signal's listeners. */
    Signals(boolean once, BiConsumer<String, Signals> adding, String... names) {
        this.names = List.of(names).stream().distinct().toList();
        this.once = once;
        if (this.names.isEmpty() || this.names.size() > Integer.SIZE) {
            throw new IllegalArgumentException("from 1 to " + Integer.SIZE + " signals, not " + this.names.size());
        }
        try {
            this.names.forEach(name -> adding.accept(name, this));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        if (closed) { // by a signal that has come already, which may have found some not yet added
            close();
        }
    }

    /**
     * Listens to these signals until closed or cancelled.
     *
     * @throws IllegalArgumentException if there is no signal of a name here, or the JVM or the system keeps it to itself, as
     *     {@code KILL} or {@code QUIT}
     * @throws UnsupportedOperationException if the JVM runs without {@code jdk.unsupported}
     */
    public static Signals of(String... names) {
        return new Signals(false, SignalHook::add, names);
    }

    /**
     * Listens to these signals until one arrives, and gives its name. The former handlers are put back right then, by the
     * signal's thread: a second signal does what it would have done, and ends a program that takes too long to close, even
     * if the loop hangs. Cancelling it puts them back too. Fails as {@link #of}, at once.
     */
    public static Future<String> first(String... names) {
        Signals signals = new Signals(true, SignalHook::add, names);
        return signals.intoFuture().map(next -> next.item());
    }

    /** On the signal's thread. */
    void arrived(String name) {
        arrived.accumulateAndGet(1 << names.indexOf(name), (bits, more) -> bits | more);
        if (once) {
            close();
        } else {
            waiting.wake();
        }
    }

    /** The name of a signal that has arrived since it was last given; the end once it is closed and all have been given. */
    @Override
    public Poll<String> poll(Task task) {
        waiting.register(task);
        boolean last = closed; // read first: what arrived before the end is given before it
        int bits = arrived.get();
        if (bits == 0) {
            return last ? Poll.end() : Poll.pending();
        }
        int bit = Integer.lowestOneBit(bits);
        arrived.accumulateAndGet(bit, (all, given) -> all & ~given);
        return Poll.ready(names.get(Integer.numberOfTrailingZeros(bit)));
    }

    /** Ends the stream, and puts the former handlers back where nobody else listens. From any thread, any number of times. */
    @Override
    public void close() {
        closed = true;
        for (String name : names) {
            SignalHook.remove(name, this);
        }
        waiting.wake();
    }

    /** Closes it. */
    @Override
    public void cancel() {
        close();
    }

    @Override
    public String toString() {
        return "Signals" + names;
    }
}
