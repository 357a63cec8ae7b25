package gyre.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final String TWO = "relay [ADDRESS=127.0.0.1:81] [TARGET=127.0.0.1:80]";

    @Test
    void whatIsNotGivenHasItsDefault() {
        Arguments one = Arguments.parse(TWO, "127.0.0.1:7000");
        assertEquals("127.0.0.1:7000", Address.text(one.address()));
        assertEquals("127.0.0.1:80", Address.text(one.address(1)));
        assertEquals("127.0.0.1:81", Address.text(Arguments.parse(TWO).address()));
    }

    @Test
    void optionsGoAnywhere() {
        for (String[] args : new String[][] {
            {"--backend", "nio", "127.0.0.1:1", "127.0.0.1:2"},
            {"127.0.0.1:1", "--backend=nio", "127.0.0.1:2"},
            {"127.0.0.1:1", "127.0.0.1:2", "--backend", "nio"}
        }) {
            Arguments arguments = Arguments.parse(TWO, args);
            assertEquals("nio", arguments.backend().name());
            assertEquals("127.0.0.1:1", Address.text(arguments.address(0)));
            assertEquals("127.0.0.1:2", Address.text(arguments.address(1)));
        }
    }

    @Test
    void aNumberOfThreadsHasItsPlace() {
        String synopsis = "many [ADDRESS=127.0.0.1:80] [N=3]";
        assertEquals(3, Arguments.parse(synopsis).number());
        Arguments given = Arguments.parse(synopsis, "127.0.0.1:81", "1024");
        assertEquals(1024, given.number());
        assertEquals("127.0.0.1:81", Address.text(given.address()));
        for (String bad : new String[] {"0", "1025", "x", "1x", "99999999999"}) {
            assertRefused("N is 1 to 1024, not \"" + bad + "\"", synopsis, "127.0.0.1:81", bad);
        }
    }

    @Test
    void aSwitchIsWhereTheSynopsisHasOne() {
        String synopsis = "call ADDRESS [--loud]";
        assertTrue(Arguments.parse(synopsis, "--loud", "127.0.0.1:1").has("--loud"));
        assertFalse(Arguments.parse(synopsis, "127.0.0.1:1").has("--loud"));
        assertRefused("there is no option \"--lou\"; --help lists those that there are", synopsis, "--lou");
        assertRefused("there is no option \"--loud\"; --help lists those that there are", TWO, "--loud");
    }

    @Test
    void helpSpeaksOfAddressesWhereTheyAreTaken() {
        String form = "An address is HOST:PORT";
        assertTrue(Arguments.help(TWO, "Relays.").contains(form + ", for IPv6 [::1]:8080; where it listens on port 0"));
        assertTrue(Arguments.help("call ADDRESS", "Calls.").contains(form + ", for IPv6 [::1]:8080.\n"));
        assertFalse(Arguments.help("talk", "Talks.").contains(form));
        assertFalse(Arguments.help("talk [ADDRESS=/tmp/x]", "Talks.").contains(form));
    }

    @Test
    void refusalsSayWhatIsWrong() {
        assertRefused("ADDRESS is missing: call ADDRESS", "call ADDRESS");
        assertRefused("there is no place for \"x:1\": call ADDRESS", "call ADDRESS", "127.0.0.1:1", "x:1");
        assertRefused("there is no option \"-x\"; --help lists those that there are", TWO, "-x");
        assertRefused("--backend needs a name: auto|epoll|kqueue|nio", TWO, "--backend");
        assertRefused("a port is 0 to 65535, not 70000: \"127.0.0.1:70000\"", TWO, "127.0.0.1:70000");
    }

    private static void assertRefused(String message, String synopsis, String... args) {
        UsageException e = assertThrows(UsageException.class, () -> Arguments.parse(synopsis, args));
        assertEquals(message, e.getMessage());
    }
}
