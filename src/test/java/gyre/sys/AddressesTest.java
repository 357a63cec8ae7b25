package gyre.sys;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** When two addresses mean the same peer. */
class AddressesTest {
    @Test
    void scopesTellAddressesApartUnlessOneHasNone() throws UnknownHostException {
        assertTrue(Addresses.same(local(1, 80), local(1, 80)));
        assertFalse(Addresses.same(local(1, 80), local(2, 80)));
        assertFalse(Addresses.same(local(1, 80), local(1, 81)));
        assertTrue(Addresses.same(local(1, 80), local(0, 80)));
        assertTrue(Addresses.same(local(0, 80), local(2, 80)));
    }

    @Test
    void othersHaveNoScopes() throws UnknownHostException {
        InetSocketAddress four = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 80);
        assertTrue(Addresses.same(four, new InetSocketAddress("127.0.0.1", 80)));
        assertFalse(Addresses.same(four, local(1, 80)));
        assertTrue(Addresses.same(UnixDomainSocketAddress.of("a"), UnixDomainSocketAddress.of("a")));
        assertFalse(Addresses.same(UnixDomainSocketAddress.of("a"), UnixDomainSocketAddress.of("b")));
    }

    private static InetSocketAddress local(int scope, int port) throws UnknownHostException {
        byte[] host = new byte[16];
        host[0] = (byte) 0xFE;
        host[1] = (byte) 0x80;
        host[15] = 1;
        return new InetSocketAddress(Inet6Address.getByAddress(null, host, scope), port);
    }
}
