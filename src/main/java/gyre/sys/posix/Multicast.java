package gyre.sys.posix;

import static gyre.natives.Layout.ABSENT;
import static gyre.natives.Layout.AF_INET;
import static gyre.natives.Layout.AF_INET6;
import static gyre.natives.Layout.AF_UNIX;
import static gyre.natives.Layout.GROUP_REQ_GROUP;
import static gyre.natives.Layout.GROUP_REQ_INTERFACE;
import static gyre.natives.Layout.GROUP_REQ_SIZE;
import static gyre.natives.Layout.GROUP_SOURCE_REQ_SIZE;
import static gyre.natives.Layout.GROUP_SOURCE_REQ_SOURCE;
import static gyre.natives.Layout.IPPROTO_IP;
import static gyre.natives.Layout.IPPROTO_IPV6;
import static gyre.natives.Layout.IPV6_MULTICAST_ALL;
import static gyre.natives.Layout.IPV6_MULTICAST_IF;
import static gyre.natives.Layout.IP_MREQN_ADDRESS;
import static gyre.natives.Layout.IP_MREQN_IFINDEX;
import static gyre.natives.Layout.IP_MREQN_MULTIADDR;
import static gyre.natives.Layout.IP_MREQN_SIZE;
import static gyre.natives.Layout.IP_MULTICAST_ALL;
import static gyre.natives.Layout.IP_MULTICAST_IF;
import static gyre.natives.Layout.MCAST_JOIN_GROUP;
import static gyre.natives.Layout.MCAST_JOIN_SOURCE_GROUP;
import static gyre.natives.Layout.MCAST_LEAVE_GROUP;
import static gyre.natives.Layout.MCAST_LEAVE_SOURCE_GROUP;

import gyre.natives.Libc;
import gyre.natives.Platform;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Groups that a UDP socket joins, by calls that are the same for IPv4 and IPv6, and the interface that it sends to them by. */
final class Multicast {
    /** Where the larger structures lie in the scratch memory. */
    private static final int REQUEST = Scratch.IOV;

    private Multicast() {}

    /** Linux would else deliver the groups that any socket of the host has joined. Before 4.20 it can't but do so for IPv6. */
    static void onlyOwnGroups(PosixSource socket, int domain) throws IOException {
        if (domain != AF_UNIX && IP_MULTICAST_ALL != ABSENT) {
            SocketCalls.set(socket, IPPROTO_IP, IP_MULTICAST_ALL, 0);
        }
        if (domain == AF_INET6
                && IPV6_MULTICAST_ALL != ABSENT
                && SocketCalls.tryGet(socket.fd.number(), IPPROTO_IPV6, IPV6_MULTICAST_ALL) == 0) {
            SocketCalls.set(socket, IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0);
        }
    }

    static void join(
            PosixSource socket, int domain, InetAddress group, NetworkInterface by, @Nullable InetAddress source)
            throws IOException {
        int option = source == null ? MCAST_JOIN_GROUP : MCAST_JOIN_SOURCE_GROUP;
        change(socket, domain, "join", option, group, by, source);
    }

    static void leave(
            PosixSource socket, int domain, InetAddress group, NetworkInterface by, @Nullable InetAddress source)
            throws IOException {
        int option = source == null ? MCAST_LEAVE_GROUP : MCAST_LEAVE_SOURCE_GROUP;
        change(socket, domain, "leave", option, group, by, source);
    }

    private static void change(
            PosixSource socket,
            int domain,
            String action,
            int option,
            InetAddress group,
            NetworkInterface by,
            @Nullable InetAddress source)
            throws IOException {
        if (domain == AF_UNIX) {
            throw new UnsupportedOperationException("Unix sockets have no multicast groups: " + group);
        }
        if (!group.isMulticastAddress()) {
            throw new IllegalArgumentException("not a multicast address: " + group);
        }
        int family = group instanceof Inet4Address ? AF_INET : AF_INET6;
        if (domain == AF_INET && family == AF_INET6) {
            throw new IllegalArgumentException("an IPv4 socket can't " + action + " an IPv6 group: " + group);
        }
        if (source != null && source.getClass() != group.getClass()) {
            throw new IllegalArgumentException("the source " + source + " is not of the family of the group " + group);
        }
        ByteBuffer scratch = Scratch.get();
        scratch.putInt(REQUEST + GROUP_REQ_INTERFACE, by.getIndex());
        put(scratch, GROUP_REQ_GROUP, group, family);
        if (source != null) {
            put(scratch, GROUP_SOURCE_REQ_SOURCE, source, family);
        }
        int result = Libc.setsockopt(
                socket.fd.number(),
                family == AF_INET ? IPPROTO_IP : IPPROTO_IPV6,
                option,
                Scratch.address(scratch, REQUEST),
                source == null ? GROUP_REQ_SIZE : GROUP_SOURCE_REQ_SIZE);
        if (result < 0) {
            String text = action + " " + group.getHostAddress() + " by " + by.getName();
            throw socket.failure(result, source == null ? text : text + " from " + source.getHostAddress());
        }
    }

    private static void put(ByteBuffer scratch, int offset, InetAddress address, int family)
            throws UnknownHostException {
        int length = SockAddr.encode(new InetSocketAddress(address, 0), family, scratch);
        scratch.put(REQUEST + offset, scratch, Scratch.ADDRESS, length);
    }

    /** For IPv4 by an address as well, without which it could not be told again. */
    static void sendBy(PosixSource socket, int level, NetworkInterface network) throws IOException {
        ByteBuffer scratch = Scratch.get();
        Inet4Address address = firstIpv4(network);
        if (level == IPPROTO_IPV6) {
            SocketCalls.set(socket, IPPROTO_IPV6, IPV6_MULTICAST_IF, network.getIndex());
        } else if (address == null) {
            throw new IllegalArgumentException("the interface has no IPv4 address: " + network);
        }
        if (address != null && (level == IPPROTO_IP || Platform.LINUX)) {
            scratch.putInt(Scratch.VALUE + IP_MREQN_MULTIADDR, 0);
            scratch.put(Scratch.VALUE + IP_MREQN_ADDRESS, address.getAddress());
            scratch.putInt(Scratch.VALUE + IP_MREQN_IFINDEX, network.getIndex());
            SocketCalls.set(socket, IPPROTO_IP, IP_MULTICAST_IF, scratch, IP_MREQN_SIZE);
        }
    }

    /** Null where the system chooses. */
    static @Nullable NetworkInterface sendsBy(PosixSource socket, int level) throws IOException {
        if (level == IPPROTO_IPV6) {
            int index = SocketCalls.get(socket, IPPROTO_IPV6, IPV6_MULTICAST_IF);
            return index == 0 ? null : NetworkInterface.getByIndex(index);
        }
        SocketCalls.get(socket, IPPROTO_IP, IP_MULTICAST_IF);
        byte[] address = new byte[Integer.BYTES];
        Scratch.get().get(Scratch.VALUE, address);
        InetAddress known = InetAddress.getByAddress(address);
        return known.isAnyLocalAddress() ? null : NetworkInterface.getByInetAddress(known);
    }

    private static @Nullable Inet4Address firstIpv4(NetworkInterface network) {
        return network.inetAddresses()
                .filter(Inet4Address.class::isInstance)
                .map(Inet4Address.class::cast)
                .findFirst()
                .orElse(null);
    }
}
