package gyre.sys;

/** A watcher that notes what it is told and, like a source's owner with nobody waiting, gives back what it knew. */
final class Recorder implements Selector.Watcher {
    private int bits;
    int calls;

    @Override
    public int ready(int now) {
        int known = bits & now;
        bits |= now;
        calls++;
        return known;
    }

    boolean told(int wanted) {
        return (bits & wanted) == wanted;
    }

    /** Forgets what an operation has used up; what the kernel tells once and for good stays. */
    void forget(int used) {
        bits &= ~used | Ready.STICKY;
    }
}
