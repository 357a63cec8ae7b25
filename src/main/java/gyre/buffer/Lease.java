package gyre.buffer;

import org.jspecify.annotations.Nullable;

/** Checked mode's memory of one loan: where the buffer was taken and where it was given back. */
final class Lease {
    private final Buf memory;
    private final Throwable taken = new Throwable("taken here");
    private @Nullable Throwable released;

    Lease(Buf memory) {
        this.memory = memory;
    }

    Buf memory() {
        return memory;
    }

    Throwable taken() {
        return taken;
    }

    void end() {
        live();
        released = new Throwable("released here");
    }

    void live() {
        if (released != null) {
            IllegalStateException e = new IllegalStateException("the buffer is used after its release");
            e.addSuppressed(taken);
            e.addSuppressed(released);
            throw e;
        }
    }
}
