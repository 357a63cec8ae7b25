package gyre.natives;

import org.jspecify.annotations.Nullable;

/** Binds {@link Stubs} to machine code. */
final class StubBinder {
    private StubBinder() {}

    /** Binds and tests every stub; answers why that could not be, or null. */
    static @Nullable String bind() {
        return "not written yet";
    }
}
