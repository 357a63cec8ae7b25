package gyre.buffer;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A window over off-heap memory with a read index and a write index: bytes are appended at the write index and consumed
 * at the read index, {@code 0 <= readIndex <= writeIndex <= limit <= capacity}.
 *
 * <p>The memory is kept alive by this object; native code that was given its address must end with
 * {@link Reference#reachabilityFence} on it. Numbers are big-endian. Not synchronised: one thread at a time.
 *
 * <p>What doesn't fit is an {@link IndexOutOfBoundsException} that names the value and its bounds, and changes nothing. A
 * {@code Buf} that went back to its pool has capacity 0 in checked mode, so that every access fails and says where it
 * was released.
 */
public final class Buf {
    private static final int CACHE_LINE = 64;
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);
    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;

    private ByteBuffer memory;
    private ByteBuffer view;
    private long address;
    private int capacity;
    private int limit;
    private int readIndex;
    private int writeIndex;

    // The pool's: null outside of it.
    @Nullable BufPool pool;

    @Nullable Shelf shelf;

    @Nullable Lease lease;

    boolean idle;

    Buf(ByteBuffer memory) {
        this.memory = memory;
        this.view = memory.duplicate();
        this.capacity = memory.capacity();
        this.limit = capacity;
    }

    /**
     * A new, empty buffer outside any pool; its memory goes when it is collected.
     *
     * @throws IllegalStateException if the JVM's limit on direct memory is reached; an {@code OutOfMemoryError} would close
     *     the loop
     */
    public static Buf allocate(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity must be at least 0: " + capacity);
        }
        try {
            return new Buf(memory(capacity));
        } catch (OutOfMemoryError e) {
            throw new IllegalStateException("no direct memory for " + capacity + " bytes", e);
        }
    }

    /**
     * Off-heap memory that begins with a cache line. A large malloc begins 16 bytes behind the start of a page, and there
     * the kernel's copy takes twice its time on AMD's Zen: an echo of 16 KiB 1.5 to 1.7 times the CPU, in C too.
     */
    static ByteBuffer memory(int capacity) {
        if (capacity > Integer.MAX_VALUE - CACHE_LINE) {
            return ByteBuffer.allocateDirect(capacity);
        }
        ByteBuffer memory = ByteBuffer.allocateDirect(capacity + CACHE_LINE - 1);
        int behind = memory.alignmentOffset(0, CACHE_LINE);
        return memory.slice(behind == 0 ? 0 : CACHE_LINE - behind, capacity);
    }

    /** A new buffer that holds a copy of the bytes, all of them readable, and no room for more. */
    public static Buf copyOf(byte[] bytes) {
        return allocate(bytes.length).put(bytes);
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
        Buf buf = new Buf(direct.slice());
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

    /** Where appending ends: the capacity, unless it was set lower. */
    public int limit() {
        return limit;
    }

    /** Bytes that can be consumed. */
    public int readable() {
        return writeIndex - readIndex;
    }

    /** Bytes that can be appended. */
    public int writable() {
        return limit - writeIndex;
    }

    /**
     * Lets bytes be appended only up to an index, from {@link #writeIndex} to {@link #capacity}, so that a read takes no
     * more than is wanted. {@link #clear} and {@link #compact} lift it.
     */
    public Buf limit(int index) {
        if (index < writeIndex || index > capacity) {
            throw outside("limit", index, writeIndex, capacity);
        }
        limit = index;
        return this;
    }

    /** Consumes bytes without looking at them; 0 to {@link #readable}. */
    public Buf skip(int bytes) {
        check("skip", bytes, readable());
        readIndex += bytes;
        return this;
    }

    /** Declares bytes behind the write index as appended; 0 to {@link #writable}. */
    public Buf advance(int bytes) {
        check("advance", bytes, writable());
        writeIndex += bytes;
        return this;
    }

    /** Cuts what is readable down to its first bytes; 0 to {@link #readable}. */
    public Buf truncate(int bytes) {
        check("truncate", bytes, readable());
        writeIndex = readIndex + bytes;
        return this;
    }

    /** Empties it: both indexes to 0. */
    public Buf clear() {
        readIndex = 0;
        writeIndex = 0;
        limit = capacity;
        return this;
    }

    /** Moves what is readable to the front, so that all free room is writable. */
    public Buf compact() {
        live();
        int kept = readable();
        if (readIndex > 0 && kept > 0) {
            memory.put(0, memory, readIndex, kept);
        }
        clear();
        writeIndex = kept;
        return this;
    }

    /** A readable byte, not consumed; offset from the read index, below {@link #readable}. */
    public byte at(int offset) {
        check("at", offset, readable() - 1);
        return memory.get(readIndex + offset);
    }

    /** The offset from the read index of the first readable byte of this value, or -1. */
    public int indexOf(byte value) {
        return indexOf(value, 0);
    }

    /** The same, but the search begins at an offset from the read index; 0 to {@link #readable}. */
    public int indexOf(byte value, int from) {
        check("indexOf", from, readable());
        int i = readIndex + from;
        long pattern = (value & 0xFF) * EACH_BYTE;
        for (; i <= writeIndex - Long.BYTES; i += Long.BYTES) {
            // Eight at a time: a byte that matches is 0 here, and the high bit of the first that is 0 is the first set.
            long differing = memory.getLong(i) ^ pattern;
            if (((differing - EACH_BYTE) & ~differing & EACH_BYTE << 7) != 0) {
                break;
            }
        }
        for (; i < writeIndex; i++) {
            if (memory.get(i) == value) {
                return i - readIndex;
            }
        }
        return -1;
    }

    /** Consumes one byte. */
    public byte get() {
        check("get", Byte.BYTES, readable());
        return memory.get(readIndex++);
    }

    /** Consumes two bytes. */
    public short getShort() {
        check("getShort", Short.BYTES, readable());
        readIndex += Short.BYTES;
        return memory.getShort(readIndex - Short.BYTES);
    }

    /** Consumes four bytes. */
    public int getInt() {
        check("getInt", Integer.BYTES, readable());
        readIndex += Integer.BYTES;
        return memory.getInt(readIndex - Integer.BYTES);
    }

    /** Consumes eight bytes. */
    public long getLong() {
        check("getLong", Long.BYTES, readable());
        readIndex += Long.BYTES;
        return memory.getLong(readIndex - Long.BYTES);
    }

    /** Consumes bytes into part of an array. */
    public Buf get(byte[] into, int offset, int length) {
        check("get", length, readable());
        memory.get(readIndex, into, offset, length);
        readIndex += length;
        return this;
    }

    /** Consumes bytes into a new array; 0 to {@link #readable}. */
    public byte[] bytes(int length) {
        check("bytes", length, readable());
        byte[] bytes = new byte[length];
        get(bytes, 0, length);
        return bytes;
    }

    /** Consumes all that is readable as text. */
    public String text(Charset charset) {
        return text(charset, readable());
    }

    /** Consumes bytes as text; 0 to {@link #readable}. What the charset cannot read is replaced. */
    public String text(Charset charset, int length) {
        return new String(bytes(length), charset);
    }

    /** Appends one byte. */
    public Buf put(byte value) {
        check("put", Byte.BYTES, writable());
        memory.put(writeIndex++, value);
        return this;
    }

    /** Appends two bytes. */
    public Buf putShort(short value) {
        check("putShort", Short.BYTES, writable());
        memory.putShort(writeIndex, value);
        writeIndex += Short.BYTES;
        return this;
    }

    /** Appends four bytes. */
    public Buf putInt(int value) {
        check("putInt", Integer.BYTES, writable());
        memory.putInt(writeIndex, value);
        writeIndex += Integer.BYTES;
        return this;
    }

    /** Appends eight bytes. */
    public Buf putLong(long value) {
        check("putLong", Long.BYTES, writable());
        memory.putLong(writeIndex, value);
        writeIndex += Long.BYTES;
        return this;
    }

    /** Appends an array. */
    public Buf put(byte[] from) {
        return put(from, 0, from.length);
    }

    /** Appends part of an array. */
    public Buf put(byte[] from, int offset, int length) {
        check("put", length, writable());
        memory.put(writeIndex, from, offset, length);
        writeIndex += length;
        return this;
    }

    /** Appends as much of what the other holds as there is room for, and consumes it there; returns how much that was. */
    public int transferFrom(Buf other) {
        live();
        other.live();
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
        live();
        return view.limit(writeIndex).position(readIndex);
    }

    /** The room to append, as a {@link ByteBuffer}; the same object as {@link #readView}. Its position is not followed: call {@link #advance}. */
    public ByteBuffer writeView() {
        live();
        return view.limit(limit).position(writeIndex);
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

    /** A fresh handle on the same memory: in checked mode each loan is an object of its own. */
    Buf loan() {
        Buf loan = new Buf(memory);
        loan.pool = pool;
        return loan;
    }

    void revoke() {
        memory = NOTHING;
        view = NOTHING.duplicate();
        address = 0;
        capacity = 0;
        clear();
    }

    private void live() {
        if (lease != null) {
            lease.live("the buffer is used after its release");
        }
    }

    private void check(String what, int value, int most) {
        if (value < 0 || value > most) {
            throw outside(what, value, 0, most);
        }
    }

    private IndexOutOfBoundsException outside(String what, int value, int least, int most) {
        live();
        return new IndexOutOfBoundsException(
                what + "(" + value + ") is outside " + least + " to " + most + " of " + this);
    }
}
