package gyre.testing;

import java.nio.file.Path;

/** The kqueue that tests have on Linux: what {@code gyre.kqueue.library} names, else the emulation in {@code test/c}. */
public final class KqueueLibrary {
    static final String PROPERTY = "gyre.kqueue.library";

    private KqueueLibrary() {}

    /** Sees to it that the property names a library. Without gcc it stays as it is, and the backend says that it can't be used. */
    public static synchronized void provide() {
        if (System.getProperty("os.name").equals("Linux") && System.getProperty(PROPERTY) == null) {
            Path library = emulation("");
            if (library != null) {
                System.setProperty(PROPERTY, library.toString());
            }
        }
    }

    /**
     * Has calls of this thread fail, and then additions of filters, with an error; EINTR comes once the changes are made. A
     * test that needs it is skipped, aloud, over any other library.
     */
    public static void fail(int calls, int additions, int error) {
        String library = System.getProperty(PROPERTY);
        if (!library.equals(String.valueOf(emulation("")))) {
            Tool.skip("only the emulation fails when asked to: " + library);
        }
        CFunction.call(void.class, library, "kqueue_fail", calls, additions, error);
    }

    /** The emulation as this macro, if any, makes it; null where there is no gcc. */
    public static Path emulation(String macro) {
        return CLibrary.of("kqueue", macro);
    }
}
