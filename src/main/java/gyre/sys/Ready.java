package gyre.sys;

/** What a {@link Selector} tells about a source, as bits of an int. */
public final class Ready {
    /** A read or an accept is worth a try. */
    public static final int READ = 1;

    /** A write is worth a try, or a connect is decided. */
    public static final int WRITE = 2;

    /** The peer has ended its output, though bytes may be left to read; stays set. Comes with {@link #READ}. */
    public static final int READ_CLOSED = 4;

    /** Writing is over; stays set. Comes with {@link #WRITE}. */
    public static final int WRITE_CLOSED = 8;

    /** An error waits to be fetched by the next operation; stays set. Comes with {@link #READ} and {@link #WRITE}. */
    public static final int ERROR = 16;

    /** Urgent data; stays set. Comes with {@link #READ}. */
    public static final int PRIORITY = 32;

    /** The bits that are never cleared: with one of them, only a read that finds nothing shows that all has been read. */
    public static final int STICKY = READ_CLOSED | WRITE_CLOSED | ERROR | PRIORITY;

    private Ready() {}
}
