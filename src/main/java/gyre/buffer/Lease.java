package gyre.buffer;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/** Checked mode's memory of one loan: where the buffer was taken, where it was given back, and whether it was lost. */
final class Lease extends PhantomReference<Buf> {
    private final Buf memory;
    private final Throwable taken = new Throwable("taken here");
    private @Nullable Throwable released;

    Lease(Buf loan, Buf memory, ReferenceQueue<Buf> lost) {
        super(loan, lost);
        this.memory = memory;
    }

    Buf memory() {
        return memory;
    }

    Throwable taken() {
        return taken;
    }

    void end() {
        live("the buffer is released twice");
        released = new Throwable("released here");
    }

    void live(String otherwise) {
        if (released != null) {
            IllegalStateException e = new IllegalStateException(otherwise);
            e.addSuppressed(taken);
            e.addSuppressed(released);
            throw e;
        }
    }
}
