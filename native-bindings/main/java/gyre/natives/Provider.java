package gyre.natives;

import org.jspecify.annotations.Nullable;

/**
 * Settles once who makes the hot calls, and why. Never throws while it is loaded, so that {@link Platform} can ask it
 * for the reason before {@link Sys} is touched.
 */
final class Provider {
    private static final String NAMED = System.getProperty("gyre.natives", "auto");

    /** Why there are no stubs, or null if they are bound and tested. */
    private static final @Nullable String REFUSED = refused();

    private Provider() {}

    /** Whether stubs make the calls. */
    static boolean stubs() {
        String unusable = unusable();
        if (unusable != null) {
            throw new IllegalStateException(unusable);
        }
        return REFUSED == null;
    }

    /** Why the choice that was named can't be had, or null. */
    static @Nullable String unusable() {
        return switch (NAMED) {
            case "auto", "jna" -> null;
            case "stub" -> REFUSED == null ? null : "gyre.natives=stub is impossible here: " + REFUSED;
            default -> "gyre.natives=" + NAMED + " is none of auto, stub, jna";
        };
    }

    private static @Nullable String refused() {
        if (NAMED.equals("jna")) {
            return "gyre.natives=jna";
        }
        String reason = StubBinder.bind();
        if (reason != null) {
            System.getLogger("gyre.natives")
                    .log(System.Logger.Level.DEBUG, "system calls go through JNA, not through stubs: {0}", reason);
        }
        return reason;
    }
}
