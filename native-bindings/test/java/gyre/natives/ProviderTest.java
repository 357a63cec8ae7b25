package gyre.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderTest {
    @Test
    void stubsAreTakenWhereTheyCanBeHad() {
        assertTrue(new Provider("auto", () -> null).stubs());
        assertTrue(new Provider("stub", () -> null).stubs());
    }

    @Test
    void jnaIsTakenWhereTheyCanNot() {
        Provider provider = new Provider("auto", () -> "no page");
        assertNull(provider.unusable());
        assertEquals(false, provider.stubs());
    }

    @Test
    void whoNamesJnaGetsNoExecutablePage() {
        Provider provider = new Provider("jna", () -> fail("bound"));
        assertNull(provider.unusable());
        assertEquals(false, provider.stubs());
    }

    @Test
    void whoNamesStubsIsToldWhyThereAreNone() {
        Provider provider = new Provider("stub", () -> "no page");
        assertEquals("gyre.natives=stub is impossible here: no page", provider.unusable());
        assertThrows(IllegalStateException.class, provider::stubs);
    }

    @Test
    void anUnknownNameIsRefused() {
        Provider provider = new Provider("ffm", () -> fail("bound"));
        assertEquals("gyre.natives=ffm is none of auto, stub, jna", provider.unusable());
    }

    @Test
    void theReasonIsLoggedOnce(@TempDir Path folder) throws Exception {
        String console = "java.util.logging.ConsoleHandler";
        String settings = "handlers=%s\n%s.level=ALL\ngyre.natives.level=FINE\n".formatted(console, console);
        Path file = Files.writeString(folder.resolve("logging.properties"), settings);
        Run run = new Jvm()
                .with("-Djava.util.logging.config.file=" + file)
                .with("-Djava.util.logging.SimpleFormatter.format=%4$s %5$s%n")
                .run(LogProvider.class);
        assertEquals(new Run(0, "FINE system calls go through JNA, not through stubs: no page\nfalse false\n"), run);
    }
}
