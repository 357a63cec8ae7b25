package gyre.sys.posix;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import gyre.fuzz.Check;
import gyre.natives.Layout;
import gyre.sys.Addresses;
import gyre.sys.UnixNameAddress;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Addresses as the kernel gives them: any bytes are an address or an unknown family; one that was read can be written and read. */
public final class SockAddrFuzz {
    private SockAddrFuzz() {}

    public static void fuzzerTestOneInput(FuzzedDataProvider data) throws UnknownHostException {
        ByteBuffer scratch = Scratch.get();
        byte[] bytes = data.consumeBytes(Layout.SOCKADDR_UN_SIZE);
        boolean known = data.consumeBoolean();
        for (int i = 0; i < Layout.SOCKADDR_STORAGE_SIZE; i++) {
            scratch.put(Scratch.ADDRESS + i, i < bytes.length ? bytes[i] : 0);
        }
        if (known) {
            int[] families = {Layout.AF_INET, Layout.AF_INET6, Layout.AF_UNIX};
            scratch.putShort(Scratch.ADDRESS, (short) families[data.consumeInt(0, 2)]);
        }
        int family = SockAddr.family(scratch, bytes.length);
        int least = family == Layout.AF_INET
                ? Layout.SOCKADDR_IN_SIZE
                : family == Layout.AF_INET6 ? Layout.SOCKADDR_IN6_SIZE : 0;
        SocketAddress address;
        try {
            address = SockAddr.decode(scratch, Math.max(least, bytes.length));
        } catch (IllegalArgumentException e) {
            Check.holds(
                    family != Layout.AF_INET && family != Layout.AF_INET6 && family != Layout.AF_UNIX,
                    "family " + family + ": " + e);
            return;
        }
        int domain = domain(address);
        if (address instanceof UnixDomainSocketAddress unix && bytes(unix) > SockAddr.MAX_PATH) {
            refused(unix, scratch);
            return;
        }
        int length = SockAddr.encode(address, domain, scratch);
        Check.holds(length <= Layout.SOCKADDR_UN_SIZE, "written in " + length + " bytes");
        SocketAddress again = SockAddr.decode(scratch, length);
        Check.equal(address, again, "written and read");
        Check.equal(scope(address), scope(again), "its scope, which equals does not look at");
    }

    private static int scope(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address six
                ? six.getScopeId()
                : 0;
    }

    private static int bytes(UnixDomainSocketAddress address) {
        return address.getPath().toString().getBytes(Addresses.PATHS).length;
    }

    /** Linux lets a name go without its final 0. Such a peer is heard, and an answer says why it can't be sent. */
    private static void refused(UnixDomainSocketAddress address, ByteBuffer scratch) throws UnknownHostException {
        try {
            SockAddr.encode(address, Layout.AF_UNIX, scratch);
        } catch (IllegalArgumentException e) {
            Check.holds(String.valueOf(e.getMessage()).contains("at most " + SockAddr.MAX_PATH), "the bound: " + e);
            return;
        }
        Check.holds(false, "no final 0 fits behind it: " + address);
    }

    private static int domain(SocketAddress address) {
        if (address instanceof UnixDomainSocketAddress || address instanceof UnixNameAddress) {
            return Layout.AF_UNIX;
        }
        return ((InetSocketAddress) address).getAddress() instanceof Inet6Address ? Layout.AF_INET6 : Layout.AF_INET;
    }
}
