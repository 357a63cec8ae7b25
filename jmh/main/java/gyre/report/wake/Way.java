package gyre.report.wake;

/** A way to hand something to a thread that sleeps. */
public enum Way {
    SPAWN("spawn", "Gyre, a task to its first poll"),
    CHANNEL("channel", "Gyre, a channel between two loops"),
    NETTY_EPOLL("nettyEpoll", "Netty, epoll, EventLoop.execute"),
    NETTY_NIO("nettyNio", "Netty, NIO, EventLoop.execute"),
    QUEUE("linkedTransferQueue", "LinkedTransferQueue");

    private final String id;
    private final String title;

    Way(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** As in {@code bounds.txt}. */
    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    /** @throws IllegalArgumentException if there is none */
    public static Way of(String id) {
        for (Way way : values()) {
            if (way.id.equals(id)) {
                return way;
            }
        }
        throw new IllegalArgumentException("there is no way \"" + id + "\"");
    }
}
