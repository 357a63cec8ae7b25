package gyre.sys.posix;

import static gyre.natives.Layout.MSGHDR_SIZE;

import java.nio.ByteBuffer;

/** How {@code msghdr} and {@code cmsghdr} count: Linux by {@code size_t}, a {@code long}; others by {@code socklen_t}, an {@code int}. */
final class Size {
    private static final boolean LONG = MSGHDR_SIZE == 56;

    private Size() {}

    static void put(ByteBuffer memory, int at, int value) {
        if (LONG) {
            memory.putLong(at, value);
        } else {
            memory.putInt(at, value);
        }
    }

    static int get(ByteBuffer memory, int at) {
        return LONG ? (int) memory.getLong(at) : memory.getInt(at);
    }
}
