package gyre.natives;

/**
 * In what the systems' {@code struct kevent} differ; offsets and numbers that they share are in {@link Bsd}. Each row names
 * where it was read, and a test compares it with the declaration there.
 */
enum KeventLayout {
    /** {@code sys/event.h} of macOS, packed to 4 bytes; libc crate 0.2.139, unix/bsd/apple/mod.rs. */
    MACOS(32, -10),

    /** {@code sys/event.h} of libkqueue 2.7.0, on Linux. */
    LIBKQUEUE(32, -11),

    /** {@code sys/event.h} of FreeBSD 12, which has 32 bytes more at the end; libc crate 0.2.139, unix/bsd/freebsdlike/freebsd/freebsd12. */
    FREEBSD_12(64, -11),

    /** {@code sys/event.h} of FreeBSD 11; libc crate 0.2.139, unix/bsd/freebsdlike/freebsd/freebsd11. */
    FREEBSD_11(32, -11);

    /** That of this system. */
    static final KeventLayout HERE =
            Platform.MACOS ? MACOS : !Platform.FREEBSD ? LIBKQUEUE : ofFreeBsd(System.getProperty("os.version", ""));

    private final int size;
    private final int evfiltUser;

    KeventLayout(int size, int evfiltUser) {
        this.size = size;
        this.evfiltUser = evfiltUser;
    }

    int size() {
        return size;
    }

    short evfiltUser() {
        return (short) evfiltUser;
    }

    /** By a release such as {@code 13.2-RELEASE-p4}; one that can't be read is a new one. */
    static KeventLayout ofFreeBsd(String release) {
        String major = release.replaceFirst("[^0-9].*", "");
        return major.isEmpty() || major.length() > 4 || Integer.parseInt(major) >= 12 ? FREEBSD_12 : FREEBSD_11;
    }
}
