package gyre.net;

import gyre.buffer.Buf;
import java.net.InetSocketAddress;

/**
 * A datagram that was sent or received, with the socket and the buffer for the next one.
 *
 * @param socket the one it went through
 * @param buf where it is, or was
 * @param count its bytes in the buffer
 * @param peer who sent it, or whom it was sent to
 * @param truncated whether it was received in part, for want of room
 */
public record Datagram(UdpSocket socket, Buf buf, int count, InetSocketAddress peer, boolean truncated) {}
