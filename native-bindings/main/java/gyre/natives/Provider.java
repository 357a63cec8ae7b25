package gyre.natives;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Settles who makes the hot calls, and why. Being made never throws, so that {@link Platform} can ask for the reason
 * before {@link Sys} is touched.
 */
final class Provider {
    /** The one of this JVM. */
    static final Provider CHOSEN = new Provider(System.getProperty("gyre.natives", "auto"), StubBinder::bind);

    private final String named;

    /** Why there are no stubs, or null if they are bound and tested. */
    private final @Nullable String refused;

    /** Tries the binder, which answers why it could not bind, unless the name rules stubs out. */
    Provider(String named, Supplier<@Nullable String> binder) {
        this.named = named;
        this.refused = switch (named) {
            case "auto", "stub" -> binder.get();
            default -> "gyre.natives=" + named;
        };
        if (named.equals("auto") && refused != null) {
            System.getLogger("gyre.natives")
                    .log(System.Logger.Level.DEBUG, "system calls go through JNA, not through stubs: {0}", refused);
        }
    }

    /** Whether stubs make the calls. */
    boolean stubs() {
        String unusable = unusable();
        if (unusable != null) {
            throw new IllegalStateException(unusable);
        }
        return refused == null;
    }

    /** Why the choice that was named can't be had, or null. */
    @Nullable String unusable() {
        return switch (named) {
            case "auto", "jna" -> null;
            case "stub" -> refused == null ? null : "gyre.natives=stub is impossible here: " + refused;
            default -> "gyre.natives=" + named + " is none of auto, stub, jna";
        };
    }
}
