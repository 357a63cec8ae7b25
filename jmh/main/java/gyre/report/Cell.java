package gyre.report;

/**
 * One shape of load.
 *
 * @param connections how many at a time; for UDP, how many sockets the client has
 * @param bytes in each request, and in its answer
 * @param depth closed loop: how many requests of a connection are under way at a time; 0 for an open loop
 * @param percent open loop: the rate, as a part of what the reference took in a closed loop; 0 for a closed one
 */
public record Cell(Transport transport, int connections, int bytes, int depth, int percent) {
    public static Cell closed(Transport transport, int connections, int bytes, int depth) {
        return new Cell(transport, connections, bytes, depth, 0);
    }

    public static Cell open(Transport transport, int connections, int bytes, int percent) {
        return new Cell(transport, connections, bytes, 0, percent);
    }

    public boolean isOpen() {
        return percent > 0;
    }

    /** As in {@code bounds.txt} and in the JSON: {@code tcp/64x1024x1}, {@code tcp/64x64@50%}. */
    public String id() {
        return transport.id() + "/" + shape();
    }

    /** The same without the transport. */
    public String shape() {
        return connections + "x" + bytes + (isOpen() ? "@" + percent + "%" : "x" + depth);
    }

    /** The same in words. */
    public String title() {
        String size = bytes % 1024 == 0 ? bytes / 1024 + " KiB" : bytes + " B";
        String shape = connections + (connections == 1 ? " connection, " : " connections, ") + size;
        if (isOpen()) {
            return shape + ", " + percent + " % load";
        }
        return depth == 1 ? shape : shape + ", " + depth + " deep";
    }
}
