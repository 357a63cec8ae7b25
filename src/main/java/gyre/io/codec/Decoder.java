package gyre.io.codec;

import gyre.buffer.Buf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Finds items in bytes that come in pieces of any size. One that remembers something between two calls serves one
 * connection.
 *
 * <p>It is given what was read and not consumed so far, and only consumes: it neither empties nor compacts the buffer, and
 * keeps nothing of it after the call. It may consume part of an item and remember it; what it leaves is there again,
 * from the same byte on, when it is called next.
 *
 * <p>An exception other than {@link MalformedFrameException} says that nobody knows where the next item begins: the
 * stream that asked ends with it.
 *
 * @param <T> the type of the items
 */
@FunctionalInterface
public interface Decoder<T> {
    /**
     * Consumes one item. Called again and again until it answers null, also when the buffer is empty, and then after more
     * bytes have come.
     *
     * @return the item, or null if it needs more bytes
     * @throws MalformedFrameException if one item is of no use; it has been consumed, and the next one can be found
     * @throws IOException if the bytes make no sense
     */
    @Nullable T decode(Buf in) throws IOException;

    /**
     * Consumes one item of the last bytes: no more will come. Called again and again until it answers null; the stream ends
     * then. Unless a decoder says otherwise, what is left and not an item is an error.
     *
     * @return the item, or null if there is none any more
     * @throws IOException if the bytes make no sense, or end in the middle of an item
     */
    default @Nullable T decodeEnd(Buf in) throws IOException {
        T item = decode(in);
        if (item == null && in.readable() > 0) {
            throw new IOException("bytes remaining on stream: " + in.readable());
        }
        return item;
    }
}
