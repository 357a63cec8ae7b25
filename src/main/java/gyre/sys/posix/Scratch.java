package gyre.sys.posix;

import static gyre.natives.Layout.IOVEC_SIZE;
import static gyre.natives.Layout.MSGHDR_IOV;
import static gyre.natives.Layout.SOCKADDR_STORAGE_SIZE;

import gyre.natives.Memory;
import java.nio.ByteBuffer;

/**
 * A thread's memory for the arguments of calls, at the offsets below. It is reachable as long as its thread runs, so
 * that it needs no fence.
 *
 * <p>What the thread keeps is a bare buffer that holds its own address: a class of ours there would keep the class
 * loader alive as long as the thread.
 */
final class Scratch {
    /** Entries of the {@code iovec} array: IOV_MAX, more are refused. */
    static final int IOV_MAX = 1024;

    /** An {@code int} by which calls tell a length. */
    static final int LENGTH = 8;

    /** An option's value. */
    static final int VALUE = 16;

    /** A {@code sockaddr}. */
    static final int ADDRESS = 32;

    /** A {@code msghdr} that points to the array below. */
    static final int MESSAGE = ADDRESS + SOCKADDR_STORAGE_SIZE;

    /** An array of {@code iovec}. */
    static final int IOV = MESSAGE + 64;

    /** Control messages: as many descriptors as one carries, and room for others that an adopted socket may ask for. */
    static final int CONTROL = IOV + IOV_MAX * IOVEC_SIZE;

    static final int CONTROL_SIZE = 2048;

    private static final int SIZE = CONTROL + CONTROL_SIZE;

    private static final ThreadLocal<ByteBuffer> OF_THREAD = ThreadLocal.withInitial(Scratch::create);

    private Scratch() {}

    /** The calling thread's. */
    static ByteBuffer get() {
        return OF_THREAD.get();
    }

    /** Where something in it lies. */
    static long address(ByteBuffer scratch, int offset) {
        return scratch.getLong(0) + offset;
    }

    private static ByteBuffer create() {
        ByteBuffer scratch = Memory.buffer(SIZE);
        scratch.putLong(0, Memory.address(scratch));
        scratch.putLong(MESSAGE + MSGHDR_IOV, address(scratch, IOV));
        return scratch;
    }
}
