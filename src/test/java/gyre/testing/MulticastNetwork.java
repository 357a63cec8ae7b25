package gyre.testing;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;

/** An interface with multicast, IPv4 and IPv6, and groups that nobody else uses. */
public record MulticastNetwork(NetworkInterface network, InetAddress group, InetAddress group6) {
    /** Fails where there is none: Linux has multicast on its loopback interface too, though that doesn't say so. */
    public static MulticastNetwork find() {
        try {
            List<NetworkInterface> all = NetworkInterface.networkInterfaces()
                    .filter(each -> has(each, false) && has(each, true))
                    .toList();
            NetworkInterface network = all.stream()
                    .filter(MulticastNetwork::saysSo)
                    .findFirst()
                    .or(() -> all.stream().findFirst())
                    .orElseThrow(() -> new AssertionError("no interface has an IPv4 and an IPv6 address"));
            return new MulticastNetwork(
                    network, InetAddress.getByName("239.77.9.1"), InetAddress.getByName("ff12::7709:1"));
        } catch (SocketException | UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean saysSo(NetworkInterface network) {
        try {
            return network.supportsMulticast();
        } catch (SocketException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean has(NetworkInterface network, boolean ipv6) {
        return network.inetAddresses().anyMatch(each -> fits(each, ipv6));
    }

    /** The interface's own address, at a port of the system's choice. */
    public InetSocketAddress local(boolean ipv6) {
        return new InetSocketAddress(
                network.inetAddresses()
                        .filter(each -> fits(each, ipv6))
                        .findFirst()
                        .orElseThrow(),
                0);
    }

    private static boolean fits(InetAddress address, boolean ipv6) {
        return address instanceof Inet6Address == ipv6 && !address.isLinkLocalAddress();
    }
}
