package gyre.io.codec;

import gyre.buffer.Buf;
import java.io.IOException;

/**
 * Turns items into bytes. One that remembers something between two calls serves one connection.
 *
 * @param <T> the type of the items
 */
public interface Encoder<T> {
    /**
     * How many bytes {@link #encode} will append at most. Memory for so many is taken, so it should be close. Called before
     * each try to take the item, so it changes nothing.
     *
     * @throws IllegalArgumentException if the item can't be encoded
     * @throws IOException if it can't be for another reason
     */
    int size(T item) throws IOException;

    /**
     * Appends the item, and does nothing else to the buffer. If it throws, what it has appended is taken back; the sink goes
     * on without the item.
     *
     * @param into has room for as many bytes as {@link #size} has said, no more
     * @throws IOException if the item can't be encoded
     */
    void encode(T item, Buf into) throws IOException;
}
