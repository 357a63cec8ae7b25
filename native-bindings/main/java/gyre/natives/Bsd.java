package gyre.natives;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import org.jspecify.annotations.Nullable;

/**
 * kqueue, by JNA's direct mapping: the system's own on macOS and FreeBSD, and anywhere that of the library which the
 * property {@code gyre.kqueue.library} names. On Linux there is no other.
 *
 * <p>The numbers are those of every BSD; what differs is in {@code KeventLayout}.
 */
public final class Bsd {
    /** {@code kevent}: {@code IDENT}, {@code DATA} and {@code UDATA} are {@code long}s, {@code FFLAGS} an {@code int}, the rest {@code short}s. */
    public static final int KEVENT_SIZE = KeventLayout.HERE.size(),
            KEVENT_IDENT = 0,
            KEVENT_FILTER = 8,
            KEVENT_FLAGS = 10,
            KEVENT_FFLAGS = 12,
            KEVENT_DATA = 16,
            KEVENT_UDATA = 24;

    /** Who is at the other end of a Unix socket: a level, and options, of which FreeBSD has only the first. */
    public static final int SOL_LOCAL = 0, LOCAL_PEERCRED = 1, LOCAL_PEERPID = Platform.MACOS ? 2 : Layout.ABSENT;

    /** {@code xucred}: {@code UID}, {@code GROUPS}, whose first is the effective one, and {@code PID} are {@code int}s. */
    public static final int XUCRED_SIZE = Platform.FREEBSD ? 88 : 76,
            XUCRED_UID = 4,
            XUCRED_GROUPS = 12,
            XUCRED_PID = Platform.FREEBSD ? 80 : Layout.ABSENT;

    /** Filters. */
    public static final short EVFILT_READ = -1, EVFILT_WRITE = -2, EVFILT_USER = KeventLayout.HERE.evfiltUser();

    /** What to do with a filter. */
    public static final int EV_ADD = 1, EV_DELETE = 2, EV_ONESHOT = 0x10, EV_CLEAR = 0x20, EV_RECEIPT = 0x40;

    /** What an event says: {@code DATA} is an error, or the direction is over. */
    public static final int EV_ERROR = 0x4000, EV_EOF = 0x8000;

    /** In {@code FFLAGS}: fires an {@code EVFILT_USER}. */
    public static final int NOTE_TRIGGER = 0x01000000;

    private static final String PROPERTY = "gyre.kqueue.library";

    private Bsd() {}

    /**
     * Whether a library was named.
     *
     * @return whether the property {@code gyre.kqueue.library} is set
     */
    public static boolean libraryNamed() {
        return !library().isEmpty();
    }

    /**
     * Why there is no kqueue here. Never throws; asks {@link Platform#unusable} first.
     *
     * @return one sentence, or null if there is one
     */
    @SuppressWarnings("CatchingUnchecked") // whatever loading does, the next backend must still be reached
    public static @Nullable String unusable() {
        String reason = Platform.unusable();
        if (reason != null) {
            return reason;
        }
        if (Platform.LINUX && !libraryNamed()) {
            return "Linux has no kqueue of its own: -D" + PROPERTY + "=PATH names a library that offers it";
        }
        try {
            C.load();
            return null;
        } catch (Throwable e) {
            String why = String.valueOf(e.getCause() != null ? e.getCause().getMessage() : e.getMessage());
            return "kqueue can't be loaded" + (libraryNamed() ? " from " + library() : "") + ": "
                    + why.lines().findFirst().orElse("");
        }
    }

    /**
     * Creates a queue of events.
     *
     * @return its descriptor, or −errno
     */
    public static int kqueue() {
        return Libc.result(C.kqueue());
    }

    /**
     * Makes changes, then waits for events. A change that fails is an event with {@code EV_ERROR} if there is room for it,
     * and with {@code EV_RECEIPT} so is one that succeeds; then it does not wait. Does not allocate.
     *
     * @param kq the queue
     * @param changes an array of {@code kevent}, {@link #KEVENT_SIZE} bytes each
     * @param changeCount how many
     * @param events where events go; may be the same array
     * @param room for so many; with 0 it does not wait
     * @param timeout how long to wait, a {@code timespec}; 0 for ever
     * @return how many came, or −errno; after −EINTR all changes are made
     */
    public static int kevent(int kq, long changes, int changeCount, long events, int room, long timeout) {
        return Libc.result(C.kevent(kq, changes, changeCount, events, room, timeout));
    }

    private static String library() {
        return System.getProperty(PROPERTY, "");
    }

    /** The C functions under their own names. */
    private static final class C {
        static {
            Native.register(
                    C.class, libraryNamed() ? NativeLibrary.getInstance(library()) : NativeLibrary.getProcess());
        }

        /** Has them bound. */
        static void load() {}

        static native int kqueue();

        static native int kevent(int kq, long changes, int changeCount, long events, int room, long timeout);
    }
}
