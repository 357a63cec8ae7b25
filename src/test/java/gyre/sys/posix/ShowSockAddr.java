package gyre.sys.posix;

import gyre.natives.Layout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** Prints addresses as this system's {@code sockaddr}, and what is read back. Makes no native call. */
final class ShowSockAddr {
    private ShowSockAddr() {}

    public static void main(String[] args) throws Exception {
        show(Layout.AF_INET, new InetSocketAddress("10.1.2.3", 0x1234));
        show(Layout.AF_INET6, new InetSocketAddress("2001:db8::1", 443));
        show(Layout.AF_INET6, new InetSocketAddress(InetAddress.getByName("10.1.2.3"), 443));
        show(Layout.AF_UNIX, UnixDomainSocketAddress.of("/tmp/s"));
        show(Layout.AF_UNIX, UnixDomainSocketAddress.of(""));
        System.out.println(SockAddr.MAX_PATH);
    }

    private static void show(int domain, SocketAddress address) throws Exception {
        ByteBuffer scratch = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());
        int length = SockAddr.encode(address, domain, scratch);
        String bytes = HexFormat.of().formatHex(scratch.array(), Scratch.ADDRESS, Scratch.ADDRESS + length);
        System.out.println(bytes + " " + SockAddr.decode(scratch, length));
    }
}
