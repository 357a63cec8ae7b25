package gyre.sys;

/**
 * Two sockets that are connected to each other.
 *
 * @param first one end
 * @param second the other end
 */
public record SocketPair<S>(S first, S second) {}
