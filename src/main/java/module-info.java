/** Futures-powered I/O on one event loop a thread. */
@org.jspecify.annotations.NullMarked
module gyre {
    requires gyre.natives;
    requires jdk.net;
    requires static transitive org.jspecify;

    exports gyre.buffer;
    exports gyre.channel;
    exports gyre.future;
    exports gyre.io;
    exports gyre.io.codec;
    exports gyre.net;
    exports gyre.reactor;
    exports gyre.sys;

    uses gyre.sys.Backend;

    provides gyre.sys.Backend with
            gyre.sys.nio.NioBackend,
            gyre.sys.posix.EpollBackend,
            gyre.sys.posix.KqueueBackend;
}
