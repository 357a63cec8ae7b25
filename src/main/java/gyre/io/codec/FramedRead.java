package gyre.io.codec;

import gyre.buffer.Buf;
import gyre.future.Poll;
import gyre.future.Stream;
import gyre.future.Task;
import gyre.io.Input;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * The frames that come from an input, as items. It reads once and decodes all that came before it reads again. Each item
 * charges the task's budget.
 *
 * <p><b>Memory.</b> What it holds is bounded by {@link FrameLimits#maxFrame} or one buffer of the loop's pool, whichever is
 * more. While it waits for bytes it holds no buffer of the pool, but what has come of a frame, and up to 4 KiB for the next
 * time. It holds one while more than 4 KiB of frames wait to be asked for.
 *
 * <p><b>Failures.</b> A {@link MalformedFrameException} is the failure of one item: the next poll goes on behind it. After
 * any other, from the decoder or the input, the stream has ended. Frames that came whole before the input failed are given
 * first. A part of a frame at the end is the decoder's to judge, see {@link Decoder#decodeEnd}.
 *
 * <p><b>Cancel</b> gives back what it holds; bytes that were read and not decoded are lost, unless {@link #detach} was called
 * first. The input stays open: it is closed by {@link #close}.
 * After its end and after cancel, a poll answers the end; after close it fails with {@link ClosedChannelException}.
 *
 * <p>Loop thread only, also to close.
 *
 * @param <T> the type of the items
 */
public final class FramedRead<T> implements Stream<T>, Closeable {
    private final Incoming incoming;
    private final Decoder<? extends T> decoder;
    private final Answers<T> answers = new Answers<>();
    private boolean undecoded; // there may be something that the decoder has not seen
    private boolean goesOn; // what is being thrown is the failure of one item
    private boolean done;
    private boolean closed;

    private FramedRead(Incoming incoming, Decoder<? extends T> decoder, boolean done) {
        this.incoming = incoming;
        this.decoder = decoder;
        this.done = done;
    }

    /** Frames of the input by {@link FrameLimits#DEFAULT}. The input is closed with the result. */
    public static <T> FramedRead<T> of(Input input, Decoder<? extends T> decoder) {
        return of(input, decoder, FrameLimits.DEFAULT);
    }

    /** Frames of the input. The input is closed with the result. */
    public static <T> FramedRead<T> of(Input input, Decoder<? extends T> decoder, FrameLimits limits) {
        return new FramedRead<>(new Incoming(input, limits.maxFrame()), decoder, false);
    }

    /** Where the bytes come from. What is read from there now is missing here. */
    public Input input() {
        return incoming.input();
    }

    /** Bytes that were read and not decoded. */
    public int buffered() {
        return incoming.bytes().readable();
    }

    @Override
    public Poll<T> poll(Task task) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (done) {
            return Poll.end();
        }
        try {
            Poll<T> answer = next(task);
            if (answer.isEnd()) {
                cancel();
            }
            return answer;
        } catch (Throwable e) {
            if (goesOn) {
                goesOn = false;
                incoming.pause();
            } else {
                cancel();
            }
            throw e;
        }
    }

    /**
     * Goes on with another decoder, which is given what was read and not decoded. This object ends; closing it still closes
     * the input and the new one. If this has ended, so has the new one.
     */
    public <U> FramedRead<U> upgrade(Decoder<? extends U> next) {
        FramedRead<U> upgraded = new FramedRead<>(incoming, next, done);
        upgraded.undecoded = true;
        done = true;
        return upgraded;
    }

    /** Ends this without closing the input; the bytes that were read and not decoded, none if it had ended. */
    public byte[] detach() {
        byte[] unread = done ? new byte[0] : incoming.bytes().bytes(buffered());
        cancel();
        return unread;
    }

    @Override
    public void cancel() {
        if (!done) {
            done = true;
            incoming.release();
        }
    }

    /** Gives back what it holds and closes the input. Any number of times. */
    @Override
    public void close() throws IOException {
        done = true;
        closed = true;
        incoming.release();
        incoming.input().close();
    }

    private Poll<T> next(Task task) throws IOException {
        for (; ; ) {
            while (undecoded) {
                if (!task.spend(1)) {
                    incoming.pause();
                    return Poll.pending();
                }
                T item = decode();
                if (item != null) {
                    incoming.pause();
                    return answers.ready(item);
                }
            }
            if (incoming.ended()) {
                return Poll.end();
            }
            if (!incoming.read(task)) {
                return Poll.pending();
            }
            undecoded = true;
        }
    }

    /** Shows the decoder no more than it is allowed to ask for: frames are judged the same however they arrive. */
    private @Nullable T decode() throws IOException {
        Buf in = incoming.bytes();
        int hidden = Math.max(0, in.readable() - incoming.max());
        int shown = in.readable() - hidden;
        boolean last = incoming.ended() && hidden == 0;
        in.truncate(shown);
        T item;
        boolean consumed;
        try {
            item = last ? decoder.decodeEnd(in) : decoder.decode(in);
        } catch (MalformedFrameException e) {
            goesOn = in.readable() < shown;
            throw e;
        } finally {
            consumed = in.readable() < shown;
            in.advance(hidden);
        }
        if (item == null) {
            if (!consumed && !last && shown == incoming.max()) {
                throw new FrameTooLargeException(shown + 1L, shown);
            }
            undecoded = hidden > 0;
        }
        return item;
    }
}
