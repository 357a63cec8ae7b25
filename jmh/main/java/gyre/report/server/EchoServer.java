package gyre.report.server;

/** A running echo server. */
interface EchoServer {
    /** Where it listens: a port of 127.0.0.1, or a path. */
    String address();

    /** The one thread that serves. */
    Thread loop();
}
