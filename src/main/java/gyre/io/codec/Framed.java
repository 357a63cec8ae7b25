package gyre.io.codec;

import gyre.future.Duplex;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.io.Io;
import java.io.Closeable;
import java.io.IOException;

/**
 * A connection as items: a stream of those that come and a sink for those that go. It is a {@link FramedRead} and a {@link
 * FramedWrite} over one {@link Io}; what they say about memory, failures and cancel holds for each direction by itself.
 *
 * <pre>{@code
 * Framed<String, String> lines = Lines.framed(socket);
 * handle.spawn(Futures.using(lines, both -> {
 *     Split<String, String> halves = both.split();
 *     return halves.sink().sendAll(halves.stream());
 * }));
 * }</pre>
 *
 * <p>After the end of the stream the sink goes on. After {@link #pollClose} the stream goes on: the connection is half closed.
 * An adapter that ends the stream early, such as {@code take}, cancels this as a whole; where that may be, {@link #split} it first.
 * {@link #cancel} gives back what both hold and leaves the {@code Io} open; {@link #close} closes it too. Loop thread only.
 *
 * @param <I> the type of the items that go in
 * @param <O> the type of the items that come out
 */
public final class Framed<I, O> implements Duplex<I, O>, Closeable {
    private final Io io;
    private final FramedRead<O> reader;
    private final FramedWrite<I> writer;

    private Framed(Io io, FramedRead<O> reader, FramedWrite<I> writer) {
        this.io = io;
        this.reader = reader;
        this.writer = writer;
    }

    /** Frames by one codec and {@link FrameLimits#DEFAULT}. The {@code Io} is closed with the result. */
    public static <I, O, C extends Decoder<O> & Encoder<I>> Framed<I, O> of(Io io, C codec) {
        return of(io, codec, codec);
    }

    /** Frames by {@link FrameLimits#DEFAULT}. The {@code Io} is closed with the result. */
    public static <I, O> Framed<I, O> of(Io io, Decoder<? extends O> decoder, Encoder<? super I> encoder) {
        return of(io, decoder, encoder, FrameLimits.DEFAULT);
    }

    /** Frames within limits. The {@code Io} is closed with the result. */
    public static <I, O> Framed<I, O> of(
            Io io, Decoder<? extends O> decoder, Encoder<? super I> encoder, FrameLimits limits) {
        return new Framed<>(io, FramedRead.of(io, decoder, limits), FramedWrite.of(io, encoder, limits));
    }

    /** What it reads from and writes to: for its options and addresses. */
    public Io io() {
        return io;
    }

    /** Bytes that were read and not decoded. */
    public int buffered() {
        return reader.buffered();
    }

    @Override
    public Poll<O> poll(Task task) throws IOException {
        return reader.poll(task);
    }

    @Override
    public boolean startSend(Task task, I item) throws IOException {
        return writer.startSend(task, item);
    }

    @Override
    public Poll<Void> pollFlush(Task task) throws IOException {
        return writer.pollFlush(task);
    }

    /** Flushes, then shuts the output down; the stream goes on. Ready also when that was done before. */
    @Override
    public Poll<Void> pollClose(Task task) throws IOException {
        return writer.pollClose(task);
    }

    /**
     * Goes on with another codec, when the peers have agreed on one. Bytes that were read and not decoded go to the new
     * decoder, those that were encoded and not written go out first. This object ends; closing it still closes the {@code Io}
     * and the new one. A direction that has ended stays so.
     */
    public <J, P> Framed<J, P> upgrade(Decoder<? extends P> decoder, Encoder<? super J> encoder) {
        return new Framed<>(io, reader.upgrade(decoder), writer.upgrade(encoder));
    }

    /** Ends this, without closing the {@code Io}, and takes it apart. To go on without frames, flush first. */
    public FramedParts detach() {
        return new FramedParts(io, reader.detach(), writer.detach());
    }

    @Override
    public void cancel() {
        reader.cancel();
        writer.cancel();
    }

    /** Gives back what it holds, without a flush, and closes the {@code Io}. Any number of times. */
    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } finally {
            writer.close();
        }
    }
}
