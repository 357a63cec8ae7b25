package gyre.buffer;

import java.nio.ByteBuffer;

/** Memory for a pool, that a test can declare to be used up. */
public final class ScarceMemory {
    private boolean gone;

    public ScarceMemory() {}

    /** A pool of it. */
    public BufPool pool(int size, long maxBytes) {
        return new BufPool(size, maxBytes, false, this::allocate);
    }

    /** From now on all is refused. */
    public void end() {
        gone = true;
    }

    private ByteBuffer allocate(int size) {
        if (gone) {
            throw new OutOfMemoryError("Cannot reserve direct memory");
        }
        return ByteBuffer.allocateDirect(size);
    }
}
