package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.sys.Backends;
import gyre.testing.KqueueLibrary;
import org.junit.jupiter.api.Test;

/** Tests that name no backend run on the one that {@code scripts/test --backend} names. */
class DefaultBackendTest {
    @Test
    void theOneThatThePropertyNamesElseTheBest() throws Exception {
        KqueueLibrary.provide();
        String named = System.getProperty("gyre.backend", "auto");
        String expected = named.equals("auto") ? Backends.choose("auto").name() : named;
        try (Core core = Core.open()) {
            assertEquals(expected, core.backend());
        }
    }
}
