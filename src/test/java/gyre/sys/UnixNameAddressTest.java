package gyre.sys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UnixNameAddressTest {
    @Test
    void isItsBytes() {
        byte[] bytes = {'a', 0, -1, '\\'};
        UnixNameAddress name = UnixNameAddress.of(bytes);
        bytes[0] = 'b';
        name.name()[0] = 'c';
        assertArrayEquals(new byte[] {'a', 0, -1, '\\'}, name.name());
        assertEquals(UnixNameAddress.of("a"), UnixNameAddress.of(new byte[] {'a'}));
        assertEquals(UnixNameAddress.of("a").hashCode(), UnixNameAddress.of("a").hashCode());
        assertNotEquals(UnixNameAddress.of("a"), UnixNameAddress.of("a\0"));
    }

    @Test
    void isShownAsToolsShowIt() {
        assertEquals("@/tmp/a b", UnixNameAddress.of("/tmp/a b").toString());
        assertEquals("@a\\x00\\xc3\\xbc\\x7f", UnixNameAddress.of("a\0ü\177").toString());
        assertEquals("@", UnixNameAddress.of("").toString());
    }

    @Test
    void isBoundedInBytes() {
        UnixNameAddress.of("x".repeat(107));
        for (String tooLong : new String[] {"x".repeat(108), "ü".repeat(54)}) {
            String message = assertThrows(IllegalArgumentException.class, () -> UnixNameAddress.of(tooLong))
                    .getMessage();
            assertTrue(message.contains("at most 107 bytes, this has 108"), message);
        }
    }
}
