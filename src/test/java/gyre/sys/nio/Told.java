package gyre.sys.nio;

import gyre.sys.Ready;
import gyre.sys.Selector;

/** A watcher that notes what it is told and waits for nothing: it gives back what it knew. */
final class Told implements Selector.Watcher {
    int bits;
    int reads;
    int writes;

    @Override
    public int ready(int now) {
        int known = bits & now;
        bits |= now;
        reads += (now & Ready.READ) != 0 ? 1 : 0;
        writes += (now & Ready.WRITE) != 0 ? 1 : 0;
        return known;
    }

    boolean readable() {
        return (bits & Ready.READ) != 0;
    }

    boolean writable() {
        return (bits & Ready.WRITE) != 0;
    }
}
