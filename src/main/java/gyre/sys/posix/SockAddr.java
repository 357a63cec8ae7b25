package gyre.sys.posix;

import static gyre.natives.Layout.AF_INET;
import static gyre.natives.Layout.AF_INET6;
import static gyre.natives.Layout.AF_UNIX;
import static gyre.natives.Layout.SOCKADDR_FAMILY;
import static gyre.natives.Layout.SOCKADDR_IN6_ADDR;
import static gyre.natives.Layout.SOCKADDR_IN6_FLOWINFO;
import static gyre.natives.Layout.SOCKADDR_IN6_PORT;
import static gyre.natives.Layout.SOCKADDR_IN6_SCOPE_ID;
import static gyre.natives.Layout.SOCKADDR_IN6_SIZE;
import static gyre.natives.Layout.SOCKADDR_IN_ADDR;
import static gyre.natives.Layout.SOCKADDR_IN_PORT;
import static gyre.natives.Layout.SOCKADDR_IN_SIZE;
import static gyre.natives.Layout.SOCKADDR_UN_PATH;
import static gyre.natives.Layout.SOCKADDR_UN_SIZE;

import gyre.natives.Platform;
import gyre.sys.Addresses;
import gyre.sys.UnixNameAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Between the JDK's addresses and {@code sockaddr_in}, {@code sockaddr_in6} and {@code sockaddr_un}. */
final class SockAddr {
    /** A path needs a final 0 too. */
    static final int MAX_PATH = SOCKADDR_UN_SIZE - SOCKADDR_UN_PATH - 1;

    private SockAddr() {}

    /**
     * Writes an address to the scratch memory, as a socket of this domain takes it: on {@code AF_INET6} an IPv4 address
     * becomes a mapped one, and the IPv4 wildcard the wildcard of both.
     *
     * @return its length
     * @throws UnknownHostException if it is not resolved: nothing is resolved here, where a loop would wait for it
     * @throws IllegalArgumentException if it doesn't fit the domain; the message says why
     * @throws UnsupportedOperationException if it is a name without a file, and this is not Linux
     */
    static int encode(SocketAddress address, int domain, ByteBuffer scratch) throws UnknownHostException {
        if (domain == AF_UNIX && address instanceof UnixDomainSocketAddress unix) {
            return encodeUnix(unix, scratch);
        }
        if (domain == AF_UNIX && address instanceof UnixNameAddress name) {
            if (!Platform.LINUX) {
                throw new UnsupportedOperationException("only Linux has names without a file: " + name);
            }
            return encodeName(name.name(), scratch);
        }
        if (domain != AF_UNIX && address instanceof InetSocketAddress inet) {
            InetAddress host = inet.getAddress();
            if (host == null) {
                throw new UnknownHostException("the address has not been resolved: " + address);
            }
            return domain == AF_INET ? encode4(host, inet, scratch) : encode6(host, inet, scratch);
        }
        throw new IllegalArgumentException(describe(domain) + " does not take the address " + address + " (a "
                + address.getClass().getName() + ")");
    }

    /** Reads the address of this length from the scratch memory. */
    static SocketAddress decode(ByteBuffer scratch, int length) {
        int family = family(scratch, length);
        if (family == AF_INET) {
            return inet(scratch, SOCKADDR_IN_ADDR, 4, SOCKADDR_IN_PORT, 0);
        }
        if (family == AF_INET6) {
            int scope = scratch.getInt(Scratch.ADDRESS + SOCKADDR_IN6_SCOPE_ID);
            return inet(scratch, SOCKADDR_IN6_ADDR, 16, SOCKADDR_IN6_PORT, scope);
        }
        if (family == AF_UNIX) {
            return unix(scratch, length);
        }
        throw new IllegalArgumentException("an address of family " + family + " is not known here");
    }

    /** The family of the address of this length in the scratch memory; Unix sockets may have none. */
    static int family(ByteBuffer scratch, int length) {
        int at = Scratch.ADDRESS + SOCKADDR_FAMILY;
        return length < 2 ? AF_UNIX : SOCKADDR_FAMILY == 0 ? scratch.getShort(at) : scratch.get(at);
    }

    /** Linux begins with the family, others with the length and the family. */
    private static void start(ByteBuffer scratch, int family, int length) {
        if (SOCKADDR_FAMILY == 0) {
            scratch.putShort(Scratch.ADDRESS, (short) family);
        } else {
            scratch.put(Scratch.ADDRESS, (byte) length);
            scratch.put(Scratch.ADDRESS + SOCKADDR_FAMILY, (byte) family);
        }
    }

    static String describe(int domain) {
        return domain == AF_UNIX ? "a Unix socket" : domain == AF_INET ? "an IPv4 socket" : "an IPv6 socket";
    }

    private static int encode4(InetAddress host, InetSocketAddress address, ByteBuffer scratch) {
        if (host instanceof Inet6Address) {
            throw new IllegalArgumentException("an IPv4 socket does not take the IPv6 address " + address
                    + ": open it with StandardProtocolFamily.INET6");
        }
        start(scratch, AF_INET, SOCKADDR_IN_SIZE, address.getPort());
        scratch.put(Scratch.ADDRESS + SOCKADDR_IN_ADDR, host.getAddress());
        scratch.putLong(Scratch.ADDRESS + SOCKADDR_IN_ADDR + 4, 0);
        return SOCKADDR_IN_SIZE;
    }

    private static int encode6(InetAddress host, InetSocketAddress address, ByteBuffer scratch) {
        start(scratch, AF_INET6, SOCKADDR_IN6_SIZE, address.getPort());
        int at = Scratch.ADDRESS + SOCKADDR_IN6_ADDR;
        scratch.putInt(Scratch.ADDRESS + SOCKADDR_IN6_FLOWINFO, 0);
        scratch.putLong(at, 0).putLong(at + 8, 0);
        scratch.putInt(Scratch.ADDRESS + SOCKADDR_IN6_SCOPE_ID, 0);
        if (host instanceof Inet6Address six) {
            scratch.put(at, six.getAddress());
            scratch.putInt(Scratch.ADDRESS + SOCKADDR_IN6_SCOPE_ID, six.getScopeId());
        } else if (!host.isAnyLocalAddress()) {
            scratch.putShort(at + 10, (short) 0xFFFF);
            scratch.put(at + 12, host.getAddress());
        }
        return SOCKADDR_IN6_SIZE;
    }

    /** An empty path asks the kernel for a name of its choice. */
    private static int encodeUnix(UnixDomainSocketAddress address, ByteBuffer scratch) {
        byte[] path = address.getPath().toString().getBytes(Addresses.PATHS);
        if (path.length > MAX_PATH) {
            throw new IllegalArgumentException("the path of a Unix socket has at most " + MAX_PATH + " bytes, this has "
                    + path.length + ": " + address);
        }
        int length = SOCKADDR_UN_PATH + (path.length == 0 ? 0 : path.length + 1);
        start(scratch, AF_UNIX, length);
        scratch.put(Scratch.ADDRESS + SOCKADDR_UN_PATH, path);
        scratch.put(Scratch.ADDRESS + SOCKADDR_UN_PATH + path.length, (byte) 0);
        return length;
    }

    /** What a 0 in front marks is no path; it ends where the address does. */
    private static int encodeName(byte[] name, ByteBuffer scratch) {
        int length = SOCKADDR_UN_PATH + 1 + name.length;
        start(scratch, AF_UNIX, length);
        scratch.put(Scratch.ADDRESS + SOCKADDR_UN_PATH, (byte) 0);
        scratch.put(Scratch.ADDRESS + SOCKADDR_UN_PATH + 1, name);
        return length;
    }

    /** The port lies at the same place in both, in network order. */
    private static void start(ByteBuffer scratch, int family, int length, int port) {
        start(scratch, family, length);
        scratch.put(Scratch.ADDRESS + SOCKADDR_IN_PORT, (byte) (port >> 8));
        scratch.put(Scratch.ADDRESS + SOCKADDR_IN_PORT + 1, (byte) port);
    }

    private static SocketAddress inet(ByteBuffer scratch, int address, int bytes, int port, int scope) {
        byte[] host = new byte[bytes];
        scratch.get(Scratch.ADDRESS + address, host);
        int high = scratch.get(Scratch.ADDRESS + port) & 0xFF;
        int low = scratch.get(Scratch.ADDRESS + port + 1) & 0xFF;
        try {
            // The plain factory makes an IPv4 address of a mapped one, which has no scope.
            InetAddress known = InetAddress.getByAddress(host);
            if (scope != 0 && known instanceof Inet6Address) {
                known = Inet6Address.getByAddress(null, host, scope);
            }
            return new InetSocketAddress(known, high << 8 | low);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address: " + Arrays.toString(host), e);
        }
    }

    /**
     * A socket without a name has an empty path, on macOS with zeros behind it; on Linux these mark a name without a file.
     * Empty too is one that is no text in this encoding: any peer may choose such a one, the JDK has no {@code Path} for
     * it, and what looks like it may be another's.
     */
    private static SocketAddress unix(ByteBuffer scratch, int length) {
        int at = Scratch.ADDRESS + SOCKADDR_UN_PATH;
        int limit = Scratch.ADDRESS + length;
        if (Platform.LINUX && at < limit && scratch.get(at) == 0) {
            byte[] name = new byte[limit - at - 1];
            scratch.get(at + 1, name);
            return UnixNameAddress.of(name);
        }
        int end = at;
        while (end < limit && scratch.get(end) != 0) {
            end++;
        }
        byte[] path = new byte[end - at];
        scratch.get(at, path);
        String text = new String(path, Addresses.PATHS);
        return UnixDomainSocketAddress.of(Arrays.equals(text.getBytes(Addresses.PATHS), path) ? text : "");
    }
}
