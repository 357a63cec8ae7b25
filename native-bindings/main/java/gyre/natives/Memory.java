package gyre.natives;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Off-heap memory and its addresses.
 *
 * <p>Where it matters use {@link #buffer}: absolute gets and puts on a direct buffer in native order are single machine
 * instructions, and {@link #address} is asked for once. What takes a bare {@code long} here is a call through JNA that
 * allocates: for filling in a structure now and then, and for memory that someone else owns.
 */
public final class Memory {
    static {
        Native.register(C.class, NativeLibrary.getProcess());
    }

    private Memory() {}

    /**
     * A direct buffer in native byte order, zeroed, at an address that is a multiple of 8. The collector frees it.
     *
     * @param bytes its capacity
     * @return the buffer
     */
    public static ByteBuffer buffer(int bytes) {
        // A multiple of 16 everywhere in HotSpot, where it comes from malloc; 8 is all that structures need.
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /**
     * Where a buffer's index 0 lies, whatever its position. It is good only while the buffer is reachable.
     *
     * @param direct a direct buffer
     * @return its address
     * @throws IllegalArgumentException if the buffer lies on the heap, where the collector moves it
     */
    public static long address(ByteBuffer direct) {
        if (!direct.isDirect()) {
            throw new IllegalArgumentException("a heap buffer has no address: use ByteBuffer.allocateDirect");
        }
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    /**
     * Shows memory as a direct buffer in native byte order. It does not own the memory.
     *
     * @param address where it begins
     * @param bytes its capacity
     * @return the buffer
     */
    public static ByteBuffer view(long address, int bytes) {
        return new Pointer(address).getByteBuffer(0, bytes).order(ByteOrder.nativeOrder());
    }

    /**
     * Takes zeroed memory that {@link #free} gives back.
     *
     * @param bytes how much
     * @return its address
     */
    public static long allocate(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("negative size: " + bytes);
        }
        long address = C.calloc(1, Math.max(1, bytes));
        if (address == 0) {
            throw new OutOfMemoryError("no " + bytes + " bytes of native memory");
        }
        return address;
    }

    /**
     * Gives back what {@link #allocate} took.
     *
     * @param address what it answered, or 0
     */
    public static void free(long address) {
        C.free(address);
    }

    /**
     * Copies bytes; the ranges may overlap.
     *
     * @param from address of the first byte
     * @param to address it goes to
     * @param bytes how many, at least 0
     */
    public static void copy(long from, long to, long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("negative size: " + bytes);
        }
        C.memmove(to, from, bytes);
    }

    /**
     * Reads a byte.
     *
     * @param address where
     * @return the value
     */
    public static byte getByte(long address) {
        return new Pointer(address).getByte(0);
    }

    /**
     * Reads two bytes in native order.
     *
     * @param address where
     * @return the value
     */
    public static short getShort(long address) {
        return new Pointer(address).getShort(0);
    }

    /**
     * Reads four bytes in native order.
     *
     * @param address where
     * @return the value
     */
    public static int getInt(long address) {
        return new Pointer(address).getInt(0);
    }

    /**
     * Reads eight bytes in native order.
     *
     * @param address where
     * @return the value
     */
    public static long getLong(long address) {
        return new Pointer(address).getLong(0);
    }

    /**
     * Writes a byte.
     *
     * @param address where
     * @param value what
     */
    public static void putByte(long address, byte value) {
        new Pointer(address).setByte(0, value);
    }

    /**
     * Writes two bytes in native order.
     *
     * @param address where
     * @param value what
     */
    public static void putShort(long address, short value) {
        new Pointer(address).setShort(0, value);
    }

    /**
     * Writes four bytes in native order.
     *
     * @param address where
     * @param value what
     */
    public static void putInt(long address, int value) {
        new Pointer(address).setInt(0, value);
    }

    /**
     * Writes eight bytes in native order.
     *
     * @param address where
     * @param value what
     */
    public static void putLong(long address, long value) {
        new Pointer(address).setLong(0, value);
    }

    /** The C functions under their own names: {@code size_t} is {@code long}. */
    private static final class C {
        static native long calloc(long count, long size);

        static native void free(long address);

        static native long memmove(long to, long from, long bytes);
    }
}
