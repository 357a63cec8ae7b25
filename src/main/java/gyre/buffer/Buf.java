package gyre.buffer;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A window over off-heap memory with a read index and a write index: bytes are appended at the write index and consumed
 * at the read index, {@code 0 <= readIndex <= writeIndex <= capacity}.
 *
 * <p>The memory is kept alive by this object; native code that was given its address must end with
 * {@link Reference#reachabilityFence} on it. Numbers are big-endian. Not synchronised: one thread at a time.
 *
 * <p>A {@code Buf} that went back to its pool has capacity 0 in checked mode, so that every access fails and says where
 * it was released.
 */
public final class Buf {
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private ByteBuffer memory;
    private ByteBuffer view;
    private long address;
    private int capacity;
    private int readIndex;
    private int writeIndex;
    final @Nullable Lease lease;

    @Nullable BufPool pool;

    boolean idle;

    Buf(ByteBuffer memory, @Nullable Lease lease) {
        this.memory = memory;
        this.view = memory.duplicate();
        this.capacity = memory.capacity();
        this.lease = lease;
    }

    /** A new, empty buffer outside any pool; its memory goes when it is collected. */
    public static Buf allocate(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity must be at least 0: " + capacity);
        }
        return new Buf(ByteBuffer.allocateDirect(capacity), null);
    }

    /** A new buffer that holds a copy of the bytes, all of them readable, and no room for more. */
    public static Buf copyOf(byte[] bytes) {
        Buf buf = allocate(bytes.length);
        buf.put(bytes, 0, bytes.length);
        return buf;
    }

    /** A new buffer that holds the text in UTF-8, and no room for more. */
    public static Buf copyOf(String text) {
        return copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The caller's memory between position and limit, not copied, all of it readable; {@link #clear} makes it room to
     * write. The given buffer's own position and limit are neither followed nor changed.
     *
     * @throws IllegalArgumentException if it is a heap buffer (it has no address) or read-only
     */
    public static Buf wrap(ByteBuffer direct) {
        if (!direct.isDirect() || direct.isReadOnly()) {
            throw new IllegalArgumentException("only a writable direct buffer can be wrapped, this is "
                    + (direct.isDirect() ? "read-only" : "on the heap") + ": " + direct);
        }
        Buf buf = new Buf(direct.slice(), null);
        buf.writeIndex = buf.capacity;
        return buf;
    }

    /** Bytes in the window. */
    public int capacity() {
        return capacity;
    }

    /** Where the next byte is consumed. */
    public int readIndex() {
        return readIndex;
    }

    /** Where the next byte is appended. */
    public int writeIndex() {
        return writeIndex;
    }

    /** Bytes that can be consumed. */
    public int readable() {
        return writeIndex - readIndex;
    }

    /** Bytes that can be appended. */
    public int writable() {
        return capacity - writeIndex;
    }

    /** Consumes bytes without looking at them; 0 to {@link #readable}. */
    public Buf skip(int bytes) {
        check(bytes, readable(), "skip");
        readIndex += bytes;
        return this;
    }

    /** Declares bytes behind the write index as appended; 0 to {@link #writable}. */
    public Buf advance(int bytes) {
        check(bytes, writable(), "advance");
        writeIndex += bytes;
        return this;
    }

    /** Cuts what is readable down to its first bytes; 0 to {@link #readable}. */
    public Buf truncate(int bytes) {
        check(bytes, readable(), "truncate");
        writeIndex = readIndex + bytes;
        return this;
    }

    /** Empties it: both indexes to 0. */
    public Buf clear() {
        readIndex = 0;
        writeIndex = 0;
        return this;
    }

    /** Moves what is readable to the front, so that all free room is writable. */
    public Buf compact() {
        int kept = readable();
        if (readIndex > 0 && kept > 0) {
            memory.put(0, memory, readIndex, kept);
        }
        readIndex = 0;
        writeIndex = kept;
        return this;
    }

    /** A readable byte, not consumed; offset from the read index, below {@link #readable}. */
    public byte at(int offset) {
        check(offset, readable() - 1, "at");
        return memory.get(readIndex + offset);
    }

    /** The offset from the read index of the first readable byte of this value, or -1. */
    public int indexOf(byte value) {
        for (int i = readIndex; i < writeIndex; i++) {
            if (memory.get(i) == value) {
                return i - readIndex;
            }
        }
        return -1;
    }

    /** Consumes one byte. */
    public byte get() {
        check(1, readable(), "get");
        return memory.get(readIndex++);
    }

    /** Consumes bytes into part of an array. */
    public Buf get(byte[] into, int offset, int length) {
        check(length, readable(), "get");
        memory.get(readIndex, into, offset, length);
        readIndex += length;
        return this;
    }

    /** Consumes all that is readable as text. */
    public String text(Charset charset) {
        CharBuffer chars = charset.decode(readView());
        readIndex = writeIndex;
        return chars.toString();
    }

    /** Appends one byte. */
    public Buf put(byte value) {
        check(1, writable(), "put");
        memory.put(writeIndex++, value);
        return this;
    }

    /** Appends part of an array. */
    public Buf put(byte[] from, int offset, int length) {
        check(length, writable(), "put");
        memory.put(writeIndex, from, offset, length);
        writeIndex += length;
        return this;
    }

    /** Appends as much of what the other holds as there is room for, and consumes it there; returns how much that was. */
    public int transferFrom(Buf other) {
        int bytes = Math.min(writable(), other.readable());
        memory.put(writeIndex, other.memory, other.readIndex, bytes);
        writeIndex += bytes;
        other.readIndex += bytes;
        return bytes;
    }

    /**
     * What is readable, as a {@link ByteBuffer} over the same memory. Always the same object, set anew by each call of
     * this method or {@link #writeView}; its position is not followed: call {@link #skip}.
     */
    public ByteBuffer readView() {
        return view.limit(writeIndex).position(readIndex);
    }

    /** The free room, as a {@link ByteBuffer}; the same object as {@link #readView}. Its position is not followed: call {@link #advance}. */
    public ByteBuffer writeView() {
        return view.limit(capacity).position(writeIndex);
    }

    /**
     * The address of the first byte of the window (not of the read index), for native code of a backend.
     *
     * @param resolver finds the address of a direct buffer's first byte; asked once in the life of the memory
     */
    public long address(ToLongFunction<ByteBuffer> resolver) {
        if (address == 0) {
            live();
            address = resolver.applyAsLong(memory);
        }
        return address;
    }

    @Override
    public String toString() {
        return "Buf[" + readIndex + ".." + writeIndex + " of " + capacity + "]";
    }

    void live() {
        if (lease != null) {
            lease.live();
        }
    }

    /** A fresh handle on the same memory: in checked mode each lease is an object of its own. */
    Buf leased(Lease next) {
        Buf buf = new Buf(memory, next);
        buf.address = address;
        buf.pool = pool;
        return buf;
    }

    void revoke() {
        memory = NOTHING;
        view = NOTHING.duplicate();
        address = 0;
        capacity = 0;
        clear();
    }

    private void check(int bytes, int bound, String what) {
        if (bytes < 0 || bytes > bound) {
            live();
            throw new IndexOutOfBoundsException(what + "(" + bytes + ") is outside 0 to " + bound + " of " + this);
        }
    }
}
