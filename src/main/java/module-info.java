/** Futures-powered I/O on one event loop a thread. */
@org.jspecify.annotations.NullMarked
module gyre {
    requires gyre.natives;
    requires static org.jspecify;

    exports gyre.future;
}
