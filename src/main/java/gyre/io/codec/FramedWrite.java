package gyre.io.codec;

import gyre.buffer.Buf;
import gyre.future.Poll;
import gyre.future.Sink;
import gyre.future.Task;
import gyre.io.Io;
import gyre.io.Output;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Items into frames into an output. What it takes is encoded at once and written by a flush, or when so much has gathered
 * that it is full; see {@link FrameLimits}. {@link #pollClose} flushes and shuts the output down, so that the peer sees
 * the end.
 *
 * <p><b>Memory.</b> It holds a buffer of the loop's pool only while there are bytes that are not written: as many as the
 * high water mark and one item.
 *
 * <p><b>Failures.</b> An item that is refused, with {@link IllegalArgumentException} or by its encoder, is lost; the sink goes
 * on as if it had never been there. After a failure of the output, everything fails with {@link ClosedChannelException}.
 *
 * <p><b>Cancel</b> gives back what it holds; what was taken and not flushed is lost, perhaps in the middle of a frame. The
 * output stays open: it is closed by {@link #close}.
 *
 * <p>Loop thread only, also to close.
 *
 * @param <T> the type of the items
 */
public final class FramedWrite<T> implements Sink<T>, Closeable {
    private final Outgoing outgoing;
    private final Encoder<? super T> encoder;
    private boolean done;
    private boolean shutDown;

    private FramedWrite(Outgoing outgoing, Encoder<? super T> encoder, boolean done, boolean shutDown) {
        this.outgoing = outgoing;
        this.encoder = encoder;
        this.done = done;
        this.shutDown = shutDown;
    }

    /** Frames into the output by {@link FrameLimits#DEFAULT}. The output is closed with the result. */
    public static <T> FramedWrite<T> of(Output output, Encoder<? super T> encoder) {
        return of(output, encoder, FrameLimits.DEFAULT);
    }

    /** Frames into the output. The output is closed with the result. */
    public static <T> FramedWrite<T> of(Output output, Encoder<? super T> encoder, FrameLimits limits) {
        return new FramedWrite<>(new Outgoing(output, limits), encoder, false, false);
    }

    /** Where the bytes go. What is written there now overtakes what was taken here and not flushed. */
    public Output output() {
        return outgoing.output();
    }

    /** Bytes that were encoded and not written. */
    public int buffered() {
        return outgoing.buffered();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the item is larger than {@link FrameLimits#maxFrame}, or its encoder says so
     */
    @Override
    public boolean startSend(Task task, T item) throws IOException {
        requireOpen();
        int size = encoder.size(item);
        if (size < 0 || size > outgoing.max()) {
            throw new IllegalArgumentException("an item of " + size + " bytes, allowed are 0 to " + outgoing.max());
        }
        Buf into = room(task, size);
        if (into == null) {
            return false;
        }
        int before = into.readable();
        into.limit(into.writeIndex() + size);
        boolean taken = false;
        try {
            encoder.encode(item, into);
            taken = true;
        } finally {
            if (!taken) {
                into.truncate(before);
            }
            into.limit(into.capacity());
            if (into.readable() == 0) {
                outgoing.release();
            }
        }
        return true;
    }

    @Override
    public Poll<Void> pollFlush(Task task) throws IOException {
        requireOpen();
        try {
            if (!outgoing.drain(task)) {
                outgoing.pause();
                return Poll.pending();
            }
            return output().flush(task) == Io.NOT_READY ? Poll.pending() : Poll.done();
        } catch (Throwable e) {
            cancel();
            throw e;
        }
    }

    /** Flushes, then shuts the output down. Ready also when that was done before. */
    @Override
    public Poll<Void> pollClose(Task task) throws IOException {
        if (shutDown) {
            return Poll.done();
        }
        requireOpen();
        try {
            if (!outgoing.drain(task)) {
                outgoing.pause();
                return Poll.pending();
            }
            if (output().shutdownOutput(task) == Io.NOT_READY) {
                return Poll.pending();
            }
        } catch (Throwable e) {
            cancel();
            throw e;
        }
        done = true;
        shutDown = true;
        return Poll.done();
    }

    /**
     * Goes on with another encoder, behind what was taken and not flushed. This object ends; closing it still closes the
     * output and the new one. If this has ended, so has the new one.
     */
    public <U> FramedWrite<U> upgrade(Encoder<? super U> next) {
        FramedWrite<U> upgraded = new FramedWrite<>(outgoing, next, done, shutDown);
        done = true;
        return upgraded;
    }

    /** Ends this without closing the output; the bytes that were encoded and not written, none if it had ended. */
    public byte[] detach() {
        byte[] unwritten = done ? new byte[0] : outgoing.bytes();
        cancel();
        return unwritten;
    }

    @Override
    public void cancel() {
        if (!done) {
            done = true;
            outgoing.release();
        }
    }

    /** Gives back what it holds, without a flush, and closes the output. Any number of times. */
    @Override
    public void close() throws IOException {
        done = true;
        outgoing.release();
        output().close();
    }

    private @Nullable Buf room(Task task, int size) throws IOException {
        try {
            return outgoing.room(task, size);
        } catch (Throwable e) {
            cancel();
            throw e;
        }
    }

    private void requireOpen() throws ClosedChannelException {
        if (done) {
            throw new ClosedChannelException();
        }
    }
}
