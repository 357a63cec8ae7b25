package gyre.report;

/** The servers, in the order of the tables. */
public enum Contender {
    GYRE_EPOLL("gyre-epoll", "Gyre, epoll"),
    GYRE_NIO("gyre-nio", "Gyre, NIO"),
    NIO("nio", "plain NIO"),
    NETTY_EPOLL("netty-epoll", "Netty, epoll"),
    NETTY_NIO("netty-nio", "Netty, NIO");

    /** The one that the ratios are made with: what the JDK gives without a library. */
    public static final Contender REFERENCE = NIO;

    private final String id;
    private final String title;

    Contender(String id, String title) {
        this.id = id;
        this.title = title;
    }

    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    public boolean isGyre() {
        return this == GYRE_EPOLL || this == GYRE_NIO;
    }

    /** @throws IllegalArgumentException if there is none */
    public static Contender of(String id) {
        for (Contender contender : values()) {
            if (contender.id.equals(id)) {
                return contender;
            }
        }
        throw new IllegalArgumentException("there is no server \"" + id + "\"");
    }
}
