package gyre.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:0",
                "127.0.0.1:65535",
                "[::1]:8080",
                "[::]:80",
                "[1::]:80",
                "[2001:db8::1]:80",
                "[1:0:0:2::3]:80",
                "[1:2:3:4:5:6:7:8]:80",
                "[1:2:0:4:5:6:7:8]:80",
                "[fe80::1%1]:80"
            })
    void isPrintedAsItWasWritten(String text) {
        assertEquals(text, Address.text(Address.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "8080",
                ":8080",
                "127.0.0.1",
                "127.0.0.1:",
                "127.0.0.1:http",
                "127.0.0.1:-1",
                "127.0.0.1:+1",
                "127.0.0.1:65536",
                "127.0.0.1:99999999999",
                "127.0.0.1:٨٠",
                "127.0.0.1:80 ",
                "::1:80",
                "[::1]",
                "[::1:80",
                "[127.0.0.1]:80",
                "[]:80",
                "[::g]:80",
                "1.2.3.4.5:80",
                "nobody.invalid:80"
            })
    void isRefusedWithItself(String text) {
        UsageException e = assertThrows(UsageException.class, () -> Address.parse(text));
        assertTrue(e.getMessage().contains('"' + text + '"'), e.getMessage());
    }

    @Test
    void unresolvedOneIsPrintedByName() {
        assertEquals("there:80", Address.text(InetSocketAddress.createUnresolved("there", 80)));
    }
}
