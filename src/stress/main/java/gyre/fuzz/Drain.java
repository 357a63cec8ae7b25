package gyre.fuzz;

import static gyre.io.Io.NOT_READY;

import gyre.buffer.Buf;
import gyre.buffer.BufPool;
import gyre.future.Task;
import gyre.io.Output;
import java.io.ByteArrayOutputStream;

/** A peer that takes as many bytes a call as its paces say, in turn; none at a pace of 0. */
final class Drain implements Output {
    private final BufPool pool;
    private final byte[] paces;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private int calls;
    private boolean ended;

    Drain(BufPool pool, byte[] paces) {
        this.pool = pool;
        this.paces = paces;
    }

    @Override
    public int write(Task task, Buf from) {
        Check.holds(!ended, "a write behind the end");
        int count = Math.min(pace(), from.readable());
        if (count == 0 && from.readable() > 0) {
            return NOT_READY;
        }
        taken.writeBytes(from.bytes(count));
        return count;
    }

    /** Every so many calls some are taken, or nothing would ever end. */
    private int pace() {
        int call = calls++;
        return paces.length == 0 || call % 16 == 15 ? 2_048 : (paces[call % paces.length] & 0x7F) << 3;
    }

    @Override
    public int flush(Task task) {
        return pace() == 0 ? NOT_READY : 0;
    }

    @Override
    public int shutdownOutput(Task task) {
        ended = true;
        return 0;
    }

    @Override
    public boolean pollWrite(Task task) {
        return true;
    }

    @Override
    public BufPool buffers() {
        return pool;
    }

    @Override
    public void close() {}

    boolean ended() {
        return ended;
    }

    byte[] bytes() {
        return taken.toByteArray();
    }
}
